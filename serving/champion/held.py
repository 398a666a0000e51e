"""A version in this process's memory, loaded beside the one that answers."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from features.deal import Deal
from features.errors import ArtifactError
from features.texts import LANGUAGES
from models.artifact import is_whole, load_artifact
from models.qualifier import Qualifier
from reports.answer import answer
from serving.champion.canary import Golden, golden, require_golden
from serving.champion.pointer import Tried

NOTHING_KNOWN = Deal(as_of=date(2000, 1, 1), facts={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What answers: read it once for each request, so that one answer comes from one version.

    ``version`` is the digest of the artifact and ``number`` what the registry calls it; both are
    None where the policy answers alone. ``policy`` is the fingerprint of the policy.
    """

    qualifier: Qualifier
    policy: str
    loaded_at: datetime
    version: str | None = None
    number: str | None = None

    @staticmethod
    def of(qualifier: Qualifier, number: str | None = None) -> "Serving":
        """Return a qualifier that has answered once in every language: ready means ready."""
        (decision,) = qualifier.decide([NOTHING_KNOWN])
        for language in LANGUAGES:
            answer(decision, qualifier.policy, language)
        return Serving(
            qualifier=qualifier,
            policy=qualifier.policy.fingerprint,
            loaded_at=datetime.now(UTC),
            version=None if qualifier.model is None else qualifier.model.version,
            number=number,
        )


def load_tried(folder: Path, tried: Tried, expected: Golden) -> Serving:
    """Return the version that a pointer names, after hashes and canary deals.

    ``expected`` is what it answered to them in its trial.

    Raises
    ------
    ArtifactError
        When it is not whole, or does not answer as it did in its trial.
    """
    if not is_whole(folder, tried.version):
        raise ArtifactError("its files are not those that its version names")
    serving = Serving.of(load_artifact(folder), tried.number)
    if (serving.version, serving.policy) != (tried.version, tried.policy):
        raise ArtifactError("it is another version, or has another policy, than was tried")
    require_golden(golden(serving.qualifier), expected)
    return serving
