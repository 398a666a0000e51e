"""A plan under a capacity of hours, as data: what to work, and what each "no" makes room for.

The page, the terminal and the JSON twin are all made from this, so they cannot disagree. Money is
from the day of the plan on: what was spent before is spent. Deals are told by their ids, or by
the row of the file (from 1) where they have none.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict

from features.texts import Text
from models.evidence import EvidenceLevel


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PlannedCapacity(_Part):
    """One capacity: hours in all (no ``role``), of a role, or how many ``deals`` at most.

    ``drawn`` is what drawn deals take before anything is chosen, ``used`` what the chosen need.
    ``wanted`` is what all deals worth their effort would need; ``price`` is what one more would
    bring, 0 where some is left over.
    """

    role: str | None = None
    deals: bool = False
    there: float
    used: float
    wanted: float
    price: float
    drawn: float = 0.0


class DealName(_Part):
    """Which deal: its id, and what people call it."""

    id: str
    name: str | None = None


class ChosenDeal(_Part):
    """A deal to work, with its expected value from now on and the evidence for it.

    ``comparable_deals`` and ``comparable_won`` are past deals with a like probability.
    ``conditions`` are those under which the policy lets it go on.
    """

    deal: DealName
    value: float
    hours: float
    hours_by_role: dict[str, float]
    p_win: float
    comparable_deals: int
    comparable_won: int
    conditions: tuple[Text, ...]


class DrawnDeal(_Part):
    """A refused deal that was drawn to be worked all the same, with its chance to be drawn.

    ``value`` is None where it is unknown. ``propensity`` is the one to keep with the deal.
    """

    deal: DealName
    value: float | None
    hours: float
    hours_by_role: dict[str, float]
    p_win: float
    propensity: float
    conditions: tuple[Text, ...]


class PlannedExploration(_Part):
    """What the drawn deals take together, and what that costs.

    ``value`` is what they are expected to bring, without the ``unknown`` whose value nobody
    knows; ``foregone`` is how much more the chosen would be worth without them, and ``cost`` is
    that less their value. ``left_out`` were drawn too, and do not fit, or their hours are unknown.
    ``chances`` are those of all deals that could be drawn, by id: the propensities to keep.
    """

    hours: float
    value: float
    unknown: int
    foregone: float
    left_out: int
    chances: dict[str, float]

    @property
    def cost(self) -> float:
        """What the plan is worth less for the draw; negative where the draw is worth more."""
        return self.foregone - self.value


class NoRoom(_Part):
    """A deal worth its effort that is left out, and what it makes room for.

    ``hours_worth`` is what its hours bring elsewhere, by their price. ``loss`` is what the plan
    would lose if it were worked all the same: exactly where ``is_exact``, else at least so much;
    None where it does not fit at all. ``displaced`` would go, ``joining`` would come with it.
    """

    deal: DealName
    value: float
    hours: float
    hours_worth: float
    loss: float | None
    is_exact: bool
    displaced: tuple[DealName, ...]
    joining: tuple[DealName, ...]


class OpenDeal(_Part):
    """A deal that stands apart: what to find out, and what it could be worth between bounds.

    None is no bound that the policy gives, or hours that nobody knows.
    """

    deal: DealName
    lowest: float | None
    highest: float | None
    hours: float | None
    find_out: tuple[str, ...]
    questions: tuple[Text, ...]


class WorthlessDeal(_Part):
    """A deal that the policy allows and that costs at least as much as it brings."""

    deal: DealName
    value: float
    hours: float


class PlanPromise(_Part):
    """What the chosen deals bring together.

    ``value`` and ``wins`` are at the win probabilities, and somewhat too high: those deals were
    chosen which look best. ``comparable_value`` and ``comparable_wins`` are at the win rates of
    comparable past deals. The intervals, of 90 %, hold if the probabilities are right and the
    deals are won or lost each by itself.
    """

    value: float
    wins: float
    comparable_value: float | None
    comparable_wins: float | None
    wins_low: int
    wins_high: int
    value_low: float
    value_high: float


class Plan(_Part):
    """The whole plan.

    ``bound`` is what no choice can exceed, ``gap`` the share of it that the plan may fall short:
    0 is proven to be the best. ``assumed`` says that no closed deal stands behind the
    probabilities: they are the points of the policy around a win rate that is assumed.
    ``not_counted`` is what the policy leaves out of the value. ``refused`` are no-go; ``drawn``
    were too, and are worked all the same; ``value`` and ``promise`` are of the chosen alone.
    ``exploration`` is None where the policy explores nothing.
    """

    policy: str
    title: Text
    currency: str | None
    as_of: str
    model: str | None
    evidence_level: EvidenceLevel
    closed_deals: int
    assumed: bool
    not_counted: tuple[str, ...]
    deals: int
    capacities: tuple[PlannedCapacity, ...]
    value: float
    bound: float
    gap: float
    promise: PlanPromise
    chosen: tuple[ChosenDeal, ...]
    drawn: tuple[DrawnDeal, ...]
    exploration: PlannedExploration | None
    no_room: tuple[NoRoom, ...]
    find_out: tuple[OpenDeal, ...]
    unknown: tuple[OpenDeal, ...]
    no_value: tuple[WorthlessDeal, ...]
    refused: tuple[DealName, ...]

    @property
    def hours(self) -> float:
        """The hours that the chosen deals take together."""
        return sum(one.hours for one in self.chosen)

    def to_data(self) -> dict[str, Any]:
        """Return the plan as plain data, for its JSON twin."""
        return self.model_dump(mode="json")
