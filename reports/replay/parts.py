"""The parts that a replay is made of: figures, counted deals, deals by name, and moves."""

from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from features.texts import Text

RecommendationName: TypeAlias = Literal["go", "conditional_go", "find_out", "no_go"]
RECOMMENDATIONS: tuple[RecommendationName, ...] = ("go", "conditional_go", "find_out", "no_go")
"""From the best to the last; rows and columns of a swap table are in this order."""

ReasonKind: TypeAlias = Literal[
    "knockout",
    "unknown_knockout",
    "p_win",
    "expected_value",
    "points",
    "too_little_known",
    "open_figure",
]


class Part(BaseModel):
    """A frozen part of a report."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Figure(Part):
    """A figure with its 90 % interval; no interval where there is one account only."""

    value: float
    low: float | None = None
    high: float | None = None


class Count(Part):
    """Some deals, and what they were: how they ended, hours, cost, and the value they left.

    ``value`` is what the won ones brought less the cost of all, over the deals of which it is
    known; ``money_unknown`` says of how many it is not, ``hours_unknown`` likewise. ``cost`` and
    ``value`` are None where the policy counts no money, ``hours`` where it knows none: never zero
    for unknown.
    """

    deals: int
    won: int
    lost: int
    no_decision: int
    hours: float | None = None
    hours_unknown: int = 0
    cost: float | None = None
    value: float | None = None
    money_unknown: int = 0

    @property
    def win_rate(self) -> float | None:
        """The share won, None of no deals."""
        return self.won / self.deals if self.deals else None


class Side(Part):
    """Some deals as in `Count`, each figure with its interval."""

    deals: Figure
    won: Figure
    lost: Figure
    no_decision: Figure
    hours: Figure | None = None
    hours_unknown: int = 0
    cost: Figure | None = None
    value: Figure | None = None
    money_unknown: int = 0


class Effect(Part):
    """What a policy would have kept and saved of what was pursued.

    Shares are of all that was pursued, None where there was none of it. ``win_rate`` is that of
    the deals kept; ``kept.value`` is the monetary net benefit, the sum over the deals kept of
    (won x what it brings - cost). ``won_value`` is what the wins brought before any cost.
    """

    kept: Side
    saved: Side
    deals_saved_share: Figure | None
    hours_saved_share: Figure | None
    wins_kept_share: Figure | None
    won_value_kept_share: Figure | None
    win_rate: Figure | None


class StoppedBy(Part):
    """One reason why a deal is stopped: a knockout, or a threshold that it missed.

    ``id`` is that of the knockout; for a threshold it is "go_at". A deal that is asked about waits
    where ``too_little_known`` of it is answered, or where what is unknown may move it across a
    threshold (``open_figure``). ``reached`` and ``threshold``
    are the figures of a threshold, None of a knockout.
    """

    kind: ReasonKind
    id: str
    label: Text | None = None
    reached: float | None = None
    threshold: float | None = None


class NamedDeal(Part):
    """One deal by name. None is what the file does not say; days are ISO, ``where`` file:line.

    ``value`` is what it left (what it brought less its cost), ``hours`` those spent on it, or else
    estimated. ``before`` is the recommendation of the other policy, None without one.
    """

    id: str | None
    name: str | None
    account: str | None
    revenue: float | None
    value: float | None
    hours: float | None
    p_win: float | None
    recommendation: RecommendationName
    before: RecommendationName | None
    stopped_by: tuple[StoppedBy, ...]
    as_of: str | None
    closed_on: str | None
    where: str | None = None


class Move(Part):
    """Deals whose recommendation changes from one to another."""

    before: RecommendationName
    after: RecommendationName
    deals: Count
