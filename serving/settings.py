"""What the service is told by its environment, read once at start-up."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ARTIFACT_VARIABLE = "QUALIFOX_ARTIFACT"
POLICY_VARIABLE = "QUALIFOX_POLICY"
LARGEST_BODY = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the model folder is, or the policy where there is no model yet; one of the two."""

    artifact: Path | None = None
    policy: Path | None = None
    largest_body: int = LARGEST_BODY

    @staticmethod
    def of(environment: Mapping[str, str]) -> "Settings":
        """Return the settings that an environment holds.

        >>> Settings.of({"QUALIFOX_ARTIFACT": "/models/3"}).artifact.as_posix()
        '/models/3'
        """
        artifact, policy = environment.get(ARTIFACT_VARIABLE), environment.get(POLICY_VARIABLE)
        return Settings(
            artifact=Path(artifact) if artifact else None,
            policy=Path(policy) if policy else None,
        )
