"""How sure a recommendation is: what lies so close that the evidence does not settle it.

Neither reason changes the recommendation, which flips exactly at its threshold. They say that it
may well have been the other one: because comparable deals were won about as often as it takes, or
because a fifth more cost, or a fifth less that a won deal brings, would turn it.
"""

from collections.abc import Iterator

from features.policy import GoAt
from models.decision import Estimate, Reason, Worth
from models.reason_codes import ReasonCode

CHANGE = 0.2
"""The share by which cost, and what a won deal brings, are moved (R-DEC-4 of the research)."""


def closeness(estimate: Estimate, worth: Worth | None, go_at: GoAt) -> Iterator[Reason]:
    """Return why the recommendation may as well have been the other one.

    Nothing is said where something else settles it: a probability or value that is too low
    whatever the comparable deals say.
    """
    yield from _close_calls(estimate, worth, go_at)
    if worth is not None and (go_at.p_win is None or estimate.p_win >= go_at.p_win):
        yield from _sensitive(estimate, worth, go_at)


def deciding_levels(worth: Worth | None, go_at: GoAt) -> dict[str, float]:
    """Return the win probabilities at which the recommendation flips, by what they are about.

    That of an expected value is where ``p_win`` x what a won deal brings, less the remaining cost,
    reaches what the policy asks for: the break-even probability where it asks for zero.
    """
    levels = {} if go_at.p_win is None else {"go_at": go_at.p_win}
    if worth is None or go_at.expected_value is None:
        return levels
    if worth.if_won is None or worth.remaining_cost is None or worth.if_won <= 0:
        return levels
    return levels | {"break_even": (worth.remaining_cost + go_at.expected_value) / worth.if_won}


def _close_calls(estimate: Estimate, worth: Worth | None, go_at: GoAt) -> Iterator[Reason]:
    band, levels = estimate.band, deciding_levels(worth, go_at)
    if band is None or _never_worth(worth, go_at):
        return
    low, high = band.interval
    if any(at > high for at in levels.values()):
        return  # too unlikely, surely
    for about, at in levels.items():
        if low <= at <= high and 0 < at < 1:
            yield Reason(
                code=ReasonCode.CLOSE_CALL,
                about=about,
                contribution=0.0,
                unit="verdict",
                fact=at,
                figures={
                    "at": at,
                    "p_win": estimate.p_win,
                    "low": low,
                    "high": high,
                    "deals": band.deals,
                    "won": band.won,
                },
            )


def _never_worth(worth: Worth | None, go_at: GoAt) -> bool:
    """Return whether the value is too low even if the deal is won for sure, or for any fact."""
    if worth is None or go_at.expected_value is None:
        return False
    if worth.if_won is not None and worth.if_won <= 0:
        return True
    return worth.bounds[1] < go_at.expected_value and worth.expected_value is None


def _sensitive(estimate: Estimate, worth: Worth, go_at: GoAt) -> Iterator[Reason]:
    asked, value = go_at.expected_value, worth.expected_value
    if asked is None or value is None or worth.if_won is None or worth.remaining_cost is None:
        return
    brings = estimate.p_win * worth.if_won
    for about, per_change in (("remaining_cost", -worth.remaining_cost), ("if_won", brings)):
        for change in (CHANGE, -CHANGE):
            changed = value + change * per_change
            if (changed >= asked) is not (value >= asked):
                yield Reason(
                    code=ReasonCode.VALUE_SENSITIVE,
                    about=about,
                    contribution=changed,
                    unit="money",
                    fact=change,
                    figures={"change": change, "value": value, "changed": changed},
                )
