"""How a deal ended, in the five words of the house."""

from enum import StrEnum

from features.errors import Problem
from features.policy import OutcomeColumn


class Outcome(StrEnum):
    """What happened to a deal.

    Only won, lost and no decision teach: a deal that we declined was never tried, and one that is
    open has not ended.
    """

    WON = "won"
    LOST = "lost"
    NO_DECISION = "no_decision"
    DECLINED_BY_US = "declined_by_us"
    OPEN = "open"

    @property
    def teaches(self) -> bool:
        """Whether the deal was pursued to its end."""
        return self in {Outcome.WON, Outcome.LOST, Outcome.NO_DECISION}


def outcome_words(column: OutcomeColumn) -> dict[str, Outcome]:
    """Return the outcome that each word of the file means.

    >>> words = outcome_words(OutcomeColumn(column="Status", won=("Won",), lost=("Lost",)))
    >>> words["Won"].value, words[""].value
    ('won', 'open')
    """
    words = {"": Outcome.OPEN}
    for outcome in Outcome:
        words |= dict.fromkeys(getattr(column, outcome.value), outcome)
    return words


def outcome_problems(found: dict[str, int], column: OutcomeColumn, where: str) -> list[Problem]:
    """Return a problem for each word that the policy gives no meaning; ``found`` counts them."""
    words = outcome_words(column)
    return [
        Problem(
            where=where,
            what=f"the outcome '{word[:40]}' ({count} deals) has no meaning in the policy",
            hint="add it under deals.outcome: won, lost, no_decision, declined_by_us or open",
        )
        for word, count in found.items()
        if word not in words
    ]
