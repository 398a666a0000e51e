"""One version of a model as the registry knows it, and the tags that say so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.boosting import Effort, effort_named

VERSION_TAG = "qualifox.version"
POLICY_TAG = "qualifox.policy"
CODE_TAG, TRAINING_TAG = "qualifox.code", "qualifox.training"
EFFORT_TAG = "qualifox.effort"
ROLLED_BACK_TAG = "qualifox.rolled_back"
PROVISIONAL_TAG = "qualifox.provisional"
RECALIBRATED_TAG = "qualifox.recalibrated"
RECALIBRATED_FROM_TAG = "qualifox.recalibrated_from"

YES, NO = "true", "false"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One version of a model in the registry.

    ``artifact`` is the version of its folder, and ``policy`` the fingerprint of the policy that it
    was trained under. ``code`` is the version of Qualifox that trained it, ``training`` what
    identifies the training (deals, policy, seed, effort and code), ``rolled_back`` whether people
    took it back; empty where it is not known. ``effort`` is how much its training tried.
    ``provisional`` says that it took the seat without proof, ``recalibrated`` is the last closing
    day that moved its intercept, None where none did.
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
    provisional: bool = False
    recalibrated: date | None = None
    effort: Effort = "normal"

    @staticmethod
    def of_tags(
        tags: Mapping[str, str], *, name: str, number: str, run_id: str, created: int
    ) -> "Published":
        """Return a version with what its tags say of it."""
        moved = tags.get(RECALIBRATED_TAG, "")
        return Published(
            name=name,
            number=number,
            run_id=run_id,
            artifact=tags.get(VERSION_TAG, ""),
            policy=tags.get(POLICY_TAG, ""),
            created=created,
            code=tags.get(CODE_TAG, ""),
            training=tags.get(TRAINING_TAG, ""),
            rolled_back=tags.get(ROLLED_BACK_TAG, "") == YES,
            provisional=tags.get(PROVISIONAL_TAG, "") == YES,
            recalibrated=date.fromisoformat(moved) if moved else None,
            effort=effort_named(tags.get(EFFORT_TAG, "")),
        )

    def learned_until(self, trained_on: date | None) -> date | None:
        """Return the last closing day that anything of it was learned from.

        ``trained_on`` is that of its model, None where nothing says.
        """
        days = [day for day in (trained_on, self.recalibrated) if day is not None]
        return max(days, default=None)
