"""What is known of refused deals, as data: terminal, page and JSON are all made from it."""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from features.texts import Text

RefusalVerdict: TypeAlias = Literal[
    "no_evidence", "undecided", "refusing_is_right", "work_again", "not_tested", "no_threshold"
]
RefusalKind: TypeAlias = Literal["knockout", "threshold"]
STRESS: tuple[float, ...] = (0.5, 1.0, 1.5)
FEWEST_EXPLORED = 20
"""Explored deals below which an interval that holds the threshold says nothing."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Rate(_Part):
    """Closed deals, how many were won, and the win rate with its 90 % Jeffreys interval.

    ``rate`` weighs deals by the chance that each had of being worked where these differ, and the
    interval is that of their ``effective`` number; None where no deal has closed.
    """

    deals: int
    won: int
    effective: float
    rate: float | None
    low: float
    high: float


class QuarterOfRefusals(_Part):
    """One quarter: deals refused on its days; explored deals that closed in it, and were won."""

    period: str
    refused: int
    explored: int
    won: int


class Stress(_Part):
    """What the deals nobody worked would have brought at ``factor`` times the base rate.

    ``overall`` is the win rate of all deals then, worked or not; ``pays`` whether that rate is
    above the threshold, None where there is none.
    """

    factor: float
    rate: float
    wins: float
    overall: float
    pays: bool | None


class RefusedDeals(_Part):
    """The deals that one rule refuses and no other, and what is known of how they would end.

    ``id`` is that of the knockout, None for the threshold. ``explored`` were drawn, over all
    time; ``recent`` are those of the last four whole quarters, on which the verdict rests:
    ``proven_low`` and ``proven_high`` are what they prove of the win rate, all looks of a year
    paid for. ``by_choice`` were worked because somebody wanted it (waived, overridden): never
    pooled with those drawn, nor are ``not_worked``, drawn and declined all the same. ``naive``
    is the mean of what the model says of all these deals; it learned from pursued deals.
    ``threshold`` is the win rate from which on they are worth working. ``needed`` is how many
    recent explored deals would show a rate of twice the threshold.
    """

    id: str | None
    kind: RefusalKind
    label: Text
    testable: bool
    refused: int
    declined: int
    open: int
    not_worked: int
    explored: Rate
    recent: Rate
    by_choice: Rate
    overridden: int
    threshold: float | None
    proven_low: float | None
    proven_high: float | None
    naive: float | None
    verdict: RefusalVerdict
    needed: int | None
    quarters: tuple[QuarterOfRefusals, ...]
    stress: tuple[Stress, ...]

    @property
    def bias(self) -> float | None:
        """How far the model's estimate is from the explored deals of the last four quarters."""
        found = self.recent.rate
        return None if self.naive is None or found is None else self.naive - found


class Population(_Part):
    """Of whom a report speaks: deals on file by what became of them.

    ``pursued`` were worked to their end; of them ``explored`` because they were drawn and
    ``by_choice`` although the policy refuses them. ``declined`` were refused, and have no outcome.
    """

    deals: int
    pursued: int
    explored: int
    by_choice: int
    declined: int
    open: int


class Refused(_Part):
    """The whole report on refused deals. ``base`` are pursued deals that nothing refuses."""

    policy: str
    title: Text
    model: str | None
    as_of: str
    quarters: tuple[str, ...]
    share: float | None
    population: Population
    base: Rate
    rules: tuple[RefusedDeals, ...]

    @property
    def to_loosen(self) -> tuple[RefusedDeals, ...]:
        """The rules of which the explored deals say that they refuse too much."""
        return tuple(one for one in self.rules if one.verdict == "work_again")

    def to_data(self) -> dict[str, Any]:
        """Return the report as plain data, for its JSON twin."""
        data = self.model_dump(mode="json")
        biases: Mapping[str | None, float | None] = {one.id: one.bias for one in self.rules}
        data["rules"] = [{**rule, "bias": biases[rule["id"]]} for rule in data["rules"]]
        return data
