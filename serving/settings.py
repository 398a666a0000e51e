"""What the service is told by its environment, read once at start-up."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ARTIFACT_VARIABLE = "QUALIFOX_ARTIFACT"
POLICY_VARIABLE = "QUALIFOX_POLICY"
POINTER_VARIABLE = "QUALIFOX_POINTER"
WORKERS_VARIABLE = "QUALIFOX_WORKERS"
LARGEST_BODY = 1_000_000
MOST_WORKERS = 64
BAKED = Path(__file__).resolve().parent.parent / "baked"
"""Where a built bento carries its model, beside the packages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What answers: what ``pointer`` names, else the folder ``artifact``, else the ``policy``.

    ``pointer`` is followed while the service runs; until it names something, ``artifact`` or
    ``policy`` answers. ``workers`` is how many processes answer.
    """

    pointer: Path | None = None
    artifact: Path | None = None
    policy: Path | None = None
    workers: int = 1
    largest_body: int = LARGEST_BODY

    @staticmethod
    def of(environment: Mapping[str, str], baked: Path = BAKED) -> "Settings":
        """Return the settings that an environment holds; without any, what a bento carries.

        >>> Settings.of({"QUALIFOX_ARTIFACT": "/models/3"}).artifact.as_posix()
        '/models/3'
        """
        pointer, artifact, policy = (
            Path(environment[name]) if environment.get(name) else None
            for name in (POINTER_VARIABLE, ARTIFACT_VARIABLE, POLICY_VARIABLE)
        )
        if pointer is artifact is policy is None and baked.is_dir():
            artifact = baked
        return Settings(
            pointer=pointer,
            artifact=artifact,
            policy=policy,
            workers=_workers(environment.get(WORKERS_VARIABLE, "")),
        )


def _workers(text: str) -> int:
    """Return a number of workers, one where nothing sensible is said.

    >>> _workers("3"), _workers(""), _workers("many"), _workers("0")
    (3, 1, 1, 1)
    """
    return min(max(int(text), 1), MOST_WORKERS) if text.isdecimal() else 1
