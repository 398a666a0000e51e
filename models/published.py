"""One version of a model in the registry, and the tags that say what it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.boosting import Effort, effort_named

VERSION_TAG = "qualifox.version"
POLICY_TAG = "qualifox.policy"
CODE_TAG, TRAINING_TAG = "qualifox.code", "qualifox.training"
EFFORT_TAG = "qualifox.effort"
ROLLED_BACK_TAG = "qualifox.rolled_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One version of a model in the registry.

    ``artifact`` is the version of its folder, and ``policy`` the fingerprint of the policy that it
    was trained under. ``code`` is the version of Qualifox that trained it, ``training`` what
    identifies the training (deals, policy, seed, effort and code), ``rolled_back`` whether people
    took it back; empty where it is not known. ``effort`` is how much its training tried.
    """

    name: str
    number: str
    run_id: str
    artifact: str
    policy: str
    created: int
    code: str = ""
    training: str = ""
    rolled_back: bool = False
    effort: Effort = "normal"

    @staticmethod
    def of_tags(
        tags: Mapping[str, str], *, name: str, number: str, run_id: str, created: int
    ) -> "Published":
        """Return the version that carries some tags."""
        return Published(
            name=name,
            number=number,
            run_id=run_id,
            artifact=tags.get(VERSION_TAG, ""),
            policy=tags.get(POLICY_TAG, ""),
            created=created,
            code=tags.get(CODE_TAG, ""),
            training=tags.get(TRAINING_TAG, ""),
            rolled_back=tags.get(ROLLED_BACK_TAG, "") == "true",
            effort=effort_named(tags.get(EFFORT_TAG, "")),
        )
