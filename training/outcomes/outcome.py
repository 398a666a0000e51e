"""How a deal ended, in the five words of the house."""

from enum import StrEnum

from features.policy import OutcomeColumn, OutcomeFlags


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


def loss_meanings(flags: OutcomeFlags) -> dict[str, Outcome]:
    """Return what each word of the loss reason makes of a lost deal.

    >>> flags = OutcomeFlags(closed="IsClosed", won="IsWon", reason="Why", no_decision=("Budget",))
    >>> loss_meanings(flags)["Budget"].value
    'no_decision'
    """
    words = dict.fromkeys(flags.no_decision, Outcome.NO_DECISION)
    return words | dict.fromkeys(flags.declined_by_us, Outcome.DECLINED_BY_US)
