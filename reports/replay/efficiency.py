"""The efficiency curves of a replay: how much of the wins a share of the work would have kept."""

from typing import Literal, TypeAlias

from reports.replay.parts import Figure, Part

OrderName: TypeAlias = Literal[
    "pursue_all", "knockouts", "scorecard", "model", "expected_value", "knockouts_then_model",
    "best_possible",
]  # fmt: skip
ORDERS: tuple[OrderName, ...] = (
    "pursue_all", "knockouts", "scorecard", "model", "expected_value", "knockouts_then_model",
    "best_possible",
)  # fmt: skip
GRID = 101
"""Points of a track: what is kept at 0 %, 1 %, ... 100 % of the work."""
MARKS = (0.25, 0.5, 0.75)
"""Shares of the work at which a curve has its interval."""
ENOUGH = 0.9


class Track(Part):
    """What is kept along one curve: ``kept[n]`` at n % of the work, from 0 to 1 each.

    ``marks`` is what is kept at 25, 50 and 75 % of the work, with the interval; ``enough_at`` the
    share of the work at which 90 % is kept.
    """

    kept: tuple[float, ...]
    marks: tuple[Figure, ...]
    enough_at: Figure | None


class Curve(Part):
    """One order in which the deals are worked, the best first.

    Work is counted in deals or in hours, and what is kept in wins or in what the won deals
    brought; a track is None where hours or money are not known. Deals that the order does not tell
    apart are worked in no particular order: there the line is straight, so ``pursue_all`` is the
    diagonal. Each track of ``best_possible`` is the best there can be on its own axes. ``net`` is
    the money left at 0 ... 100 % of the deals, what they brought less their cost. ``left_out``
    counts deals without the figure that the order goes by; they are worked last.
    """

    order: OrderName
    wins_by_deals: Track | None
    wins_by_hours: Track | None
    value_by_deals: Track | None
    value_by_hours: Track | None
    net_by_deals: tuple[float, ...] | None
    left_out: int = 0


class OperatingPoint(Part):
    """Where a policy stands among the curves: its shares of the work, and what it keeps of it.

    Over the same deals as the curves, with intervals by the accounts of these.
    """

    deals: Figure
    hours: Figure | None
    wins: Figure | None
    value: Figure | None
    net: Figure | None


class Efficiency(Part):
    """All curves over the same deals.

    ``hours_deals`` and ``money_deals`` are how many deals the tracks by hours and of value are
    over, those of which hours or money are known: else they are over all ``deals``.
    """

    deals: int
    hours_deals: int
    money_deals: int
    curves: tuple[Curve, ...]
    if_stopped: OperatingPoint
    if_pursued: OperatingPoint
