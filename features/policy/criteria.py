"""Criteria: what makes a deal more or less interesting, in points."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from pydantic import Field

from features.conditions import Condition, Known
from features.fields import Name
from features.policy.parts import ConditionData, Part, Points
from features.texts import Text

GROUPS: dict[str, Text] = {
    "need": Text(en="Need", fr="Besoin"),
    "authority": Text(en="Authority", fr="Décideurs"),
    "budget": Text(en="Budget", fr="Budget"),
    "timing": Text(en="Timing", fr="Calendrier"),
    "competition": Text(en="Competition", fr="Concurrence"),
    "relationship": Text(en="Relationship", fr="Relation"),
    "fit": Text(en="Fit with our offer", fr="Adéquation avec notre offre"),
    "risk": Text(en="Risk", fr="Risque"),
}
"""The usual groups; a policy may declare its own."""

Direction: TypeAlias = Literal["as_points", "free"]


class Band(Part):
    """Points for numbers below a limit, from the limit of the band before; the last has none."""

    below: float | None = Field(default=None, allow_inf_nan=False)
    points: Points


class CriterionText(Part):
    """A criterion as it stands in the file: by condition, by category values, or by bands.

    ``direction: as_points`` makes the win model respect the points: what earns more never lowers
    the probability; ``free`` lets the past speak. Without it the model respects them until the
    past clearly contradicts them. ``if_unknown`` is what a missing answer is worth
    meanwhile; without it, it is neither met nor failed.
    """

    id: Name
    label: Text
    group: Name | None = None
    when: ConditionData | None = None
    points: Points | None = None
    field: Name | None = None
    values: dict[str, Points] | None = Field(default=None, min_length=1)
    bands: tuple[Band, ...] | None = Field(default=None, min_length=1, strict=False)
    otherwise: Points | None = None
    direction: Direction | None = None
    if_unknown: Points | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a criterion is worth under one condition; its cases exclude each other."""

    when: Condition
    points: float


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """Makes a deal more or less interesting: the points of the case that holds, or `otherwise`.

    ``complete`` says that one of the cases always holds, once the facts are known.
    """

    id: str
    label: Text
    group: str | None
    cases: tuple[Case, ...]
    otherwise: float
    complete: bool
    direction: Direction | None
    if_unknown: float | None

    @property
    def when(self) -> Condition:
        """The condition of a criterion that has only one."""
        return self.cases[0].when

    @property
    def points(self) -> float:
        """The points of a criterion that has only one case."""
        return self.cases[0].points

    def attainable(self) -> tuple[float, ...]:
        """Return all that the criterion may be worth, once its facts are known."""
        return self._attainable

    @cached_property
    def _attainable(self) -> tuple[float, ...]:
        rest = () if self.complete else (self.otherwise,)
        return (*(case.points for case in self.cases), *rest)

    def fields(self) -> frozenset[str]:
        """Return the names of the fields it looks at."""
        return self._looked_at

    @cached_property
    def looked_at(self) -> tuple[str, ...]:
        """The same names, in order."""
        return tuple(sorted(self._looked_at))

    @cached_property
    def _looked_at(self) -> frozenset[str]:
        return frozenset().union(*(case.when.fields() for case in self.cases))

    def case_of(self, known: Known) -> tuple[Case | None, tuple[Case, ...]]:
        """Return the case that holds for one deal, and where none does those still open."""
        waiting = []
        for case in self.cases:
            holds = case.when.holds(known)
            if holds:
                return case, ()
            if holds is None:
                waiting.append(case)
        return None, tuple(waiting)

    def range_of(self, waiting: tuple[Case, ...]) -> tuple[float, float]:
        """Return the lowest and the highest that a criterion may come to while cases are open."""
        possible = [case.points for case in waiting]
        if not (waiting and self.complete):
            possible.append(self.otherwise)
        return min(possible), max(possible)
