"""What a replay says: past deals run through a policy as they were known at the time, as data.

The page, the terminal and the JSON twin are all made from this, so they cannot disagree. All but
`DeclinedDeals` speaks of deals that were pursued to their end: nobody knows how others would have
ended. Intervals are of 90 % and come from draws of whole accounts. ``kept`` is what the policy
would have pursued, ``saved`` what it would have stopped.
"""

from typing import Any, Literal, TypeAlias

from features.texts import Text
from reports.replay.efficiency import Curve, Efficiency, OperatingPoint, OrderName, Track
from reports.replay.parts import (
    RECOMMENDATIONS,
    Count,
    Effect,
    Figure,
    Move,
    NamedDeal,
    Part,
    RecommendationName,
    Side,
    StoppedBy,
)

__all__ = [
    "RECOMMENDATIONS",
    "Changed",
    "Combination",
    "Count",
    "Curve",
    "DeclinedDeals",
    "Effect",
    "Efficiency",
    "Figure",
    "Flip",
    "HoursBasis",
    "KnockoutReplay",
    "Move",
    "NamedDeal",
    "NetBenefit",
    "OperatingPoint",
    "OrderName",
    "OtherCombinations",
    "PolicyReplay",
    "Population",
    "ProbabilityMethod",
    "ProbabilitySource",
    "RecommendationName",
    "Replay",
    "Side",
    "StoppedBy",
    "SwapSet",
    "Track",
    "WinBounds",
]

ProbabilityMethod: TypeAlias = Literal["rolling_origin", "cross_fit", "none"]
HoursBasis: TypeAlias = Literal["actual", "estimated", "mixed", "none"]
Changed: TypeAlias = Literal["cost", "margin"]


class KnockoutReplay(Part):
    """One knockout over the past.

    ``fires`` are the deals where it is true (in effect, not waived); ``alone`` those that it
    stops and nothing else would: dropped, they are no longer no-go. ``unknown`` are those where it
    needs facts. ``dropped`` says what would become of the deals whose recommendation changes
    without it, given all else. ``value_back`` is the value that the deals in ``alone`` left:
    above zero, the knockout costs more than it saves.
    """

    id: str
    label: Text
    stops: bool
    on_unknown: Literal["find_out", "ignore", "no_go"]
    fires: Count
    unknown: Count
    alone: Count
    dropped: tuple[Move, ...]
    value_back: Figure | None


class Combination(Part):
    """The deals where exactly these knockouts fire; ``alone`` are those stopped by them only.

    ``dropped`` says what would become of its deals without all of these knockouts.
    """

    knockouts: tuple[str, ...]
    fires: Count
    alone: Count
    dropped: tuple[Move, ...]


class OtherCombinations(Part):
    """The rest of the combinations, summed."""

    combinations: int
    fires: Count
    alone: Count


class NetBenefit(Part):
    """Monetary net benefit of several ways to choose among the deals pursued.

    ``people`` is what people did: all these deals were pursued, so it equals ``pursue_all``; what
    they declined has no outcome. ``best_possible`` pursues the deals that left a value above zero.
    """

    if_stopped: Figure
    if_pursued: Figure
    pursue_all: Figure
    pursue_none: Figure
    people: Figure
    best_possible: Figure


class Flip(Part):
    """Recommendations that change where cost or margin is ``factor`` times what was thought."""

    changed: Changed
    factor: float
    deals: int
    moves: tuple[Move, ...]


class WinBounds(Part):
    """Declined deals, and how many of them might have been won: nobody knows.

    From none to all, and at half, once and one and a half times the win rate of the deals
    pursued. ``value_lowest`` and ``value_highest`` are what they would have left if none, and if
    all had been won; None where money is not counted.
    """

    deals: int
    lowest: int
    highest: int
    at_half: float | None
    at_base_rate: float | None
    at_one_and_a_half: float | None
    value_lowest: float | None = None
    value_highest: float | None = None
    money_unknown: int = 0


class DeclinedDeals(Part):
    """What the policy says of deals that we declined, or whose end nobody recorded, bounded."""

    deals: int
    base_rate: float | None
    would_stop: WinBounds
    would_find_out: WinBounds
    would_pursue: WinBounds


class PolicyReplay(Part):
    """One policy over the past.

    Of deals to find out first nobody knows what would have been found: ``if_stopped`` has all of
    them stopped, ``if_pursued`` all pursued, and the truth is in between. ``lost_wins`` are won
    deals that are stopped (no_go), the most valuable first; ``asked_wins`` those to find out
    first.
    """

    name: str
    title: Text
    version: str | None
    fingerprint: str
    go: Side
    conditional_go: Side
    find_out: Side
    no_go: Side
    if_stopped: Effect
    if_pursued: Effect
    net_benefit: NetBenefit | None
    lost_wins: tuple[NamedDeal, ...]
    asked_wins: tuple[NamedDeal, ...]
    knockouts: tuple[KnockoutReplay, ...]
    combinations: tuple[Combination, ...]
    other_combinations: OtherCombinations | None
    sensitivity: tuple[Flip, ...]
    declined: DeclinedDeals
    unrecorded: DeclinedDeals | None = None


class SwapSet(Part):
    """Two policies over the same deals.

    ``cells`` are the 16 moves from each recommendation of the other policy (``before``) to each
    of this one (``after``), in the order of `RECOMMENDATIONS`, row by row. In the four counts, a
    deal is stopped where it is no-go. ``wins_lost`` and ``wins_back`` are the won deals of
    ``newly_stopped`` and ``newly_kept`` by name. The ``gain`` figures are this policy less the
    other, in what is saved or kept; by draws of the same accounts for both.
    """

    cells: tuple[Move, ...]
    kept_by_both: Count
    newly_stopped: Count
    newly_kept: Count
    stopped_by_both: Count
    wins_lost: tuple[NamedDeal, ...]
    wins_back: tuple[NamedDeal, ...]
    stopped_gain: Figure
    wins_kept_gain: Figure
    hours_saved_gain: Figure | None
    net_benefit_gain: Figure | None

    @property
    def moved(self) -> int:
        """How many deals have another recommendation under the other policy."""
        return sum(cell.deals.deals for cell in self.cells if cell.before != cell.after)


class Population(Part):
    """Which deals a replay speaks of: ``pursued`` are those with an end, won, lost or undecided.

    ``open`` and ``unrecorded`` (open for longer than 99 closed deals of 100 took) are not counted,
    ``declined`` apart. ``first_day`` and ``last_day`` are of the decisions on pursued deals,
    None where the file has no days; ``accounts`` is None where it names none.
    """

    on_file: int
    pursued: int
    won: int
    lost: int
    no_decision: int
    declined: int
    open: int
    unrecorded: int
    accounts: int | None
    first_day: str | None
    last_day: str | None


class ProbabilitySource(Part):
    """Where the probabilities come from: a model never saw the deal that it judges.

    At each of the ``origins`` a model learned from what had closed before that day, and judged
    the deals decided from then on until the next; a deal ``without`` a probability was decided
    before there was enough to learn from, and the points decide. ``cross_fit`` stands where the
    file has no days: a model learned from the deals of other accounts, and ``origins`` counts
    the folds.
    """

    method: ProbabilityMethod
    origins: int
    first_origin: str | None
    last_origin: str | None
    deals: int
    without: int


class Replay(Part):
    """The whole report: one policy over the past, beside another where there is one.

    ``hours`` says whether hours are those of the file or the policy's estimate; ``currency`` is
    None where the policy names none, and ``counts_money`` says whether it counts any.
    """

    as_of: str
    population: Population
    currency: str | None
    hours: HoursBasis
    hours_actual: int
    hours_estimated: int
    hours_unknown: int
    counts_money: bool
    money_unknown: int
    probability: ProbabilitySource
    everything: Side
    policy: PolicyReplay
    against: PolicyReplay | None
    against_probability: ProbabilitySource | None
    swap: SwapSet | None
    efficiency: Efficiency | None

    def to_data(self) -> dict[str, Any]:
        """Return the report as plain data, for its JSON twin."""
        return self.model_dump(mode="json")
