"""What to find out next: what knowing an unknown fact is worth, less what it costs to find out.

The value of information of Howard (1966): without asking, a deal is pursued where that is worth
something on average over its completions, else dropped; knowing a fact, that is decided for each
class of its answers. What is gained so is never negative. A deal that turns out indigestible has
cost the rest of its pursuit and brings nothing.
"""

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from features.deal import Deal, Fact
from models.economics import hours_of
from models.qualifier import Qualifier
from models.questions.answers_alone import AnswersAlone, answers_alone
from models.questions.completions import Completions, completions_of
from models.questions.order import DIGITS, AskingCosts, needed_for_a_go, urgency_of
from models.reference import facts_that_matter

Vector: TypeAlias = NDArray[np.float64]

FEWEST_COUNTED = 0.5
"""Completions whose money nobody can count, as a divisor is zero, are left out; if these are most,
no money is counted at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerClass:
    """Answers that are told apart: the first and the last of them, as ``answers`` has them.

    ``chance`` is that of such an answer, ``value`` what pursuing is then worth on average (None
    without money), ``stops`` whether a knockout then refuses the deal, ``changes`` whether the
    recommendation is then another.
    """

    answers: tuple[Fact, ...]
    is_range: bool
    chance: float
    value: float | None
    stops: bool
    changes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What finding out one unknown fact of a deal is worth.

    ``gain`` is money before the cost, None where none can be counted: no model, no money in the
    policy, or a fact that no closed deal knew. ``cost`` is the money of finding it out, with the
    ``cost_hours`` at the policy's cost per hour; zero where the policy says nothing, so that a
    fact costs nothing. ``net`` is their difference.
    ``knockout_chance`` is the chance that the answer alone stops the deal, ``hours_saved`` are the
    hours that its pursuit would still have taken then; ``change_chance`` is the chance that the
    recommendation becomes another. All are None without closed deals to tell it. ``n`` is the
    number of deals, by their weights, that know the fact. ``is_needed`` says that a knockout asks
    for it before the deal can be a go.
    """

    field: str
    gain: float | None
    cost: float
    cost_hours: float
    net: float | None
    knockout_chance: float | None
    change_chance: float | None
    hours_saved: float | None
    n: float
    is_needed: bool = False
    classes: tuple[AnswerClass, ...] = ()


def questions_of(qualifier: Qualifier, deal: Deal) -> tuple[Question, ...]:
    """Return what to find out about a deal, the most worthwhile question first.

    By net gain; where that ties, by the chance of a knockout per cost. Without money, by the
    chance that the recommendation changes per cost; without closed deals, what may stop the deal
    first, and what is cheap.
    """
    names = unknown_facts(qualifier, deal)
    reference = None if qualifier.model is None else qualifier.model.reference
    completions = None
    if reference is not None and names:
        completions = completions_of(reference, deal, qualifier.policy)
    costs = AskingCosts.of(qualifier.policy, deal, completions)
    weighed = {}
    if completions is not None:
        weighed = {one.field: one for one in _weighed(qualifier, deal, completions, costs)}
    needed = needed_for_a_go(qualifier.policy, deal)
    asked = [
        replace(weighed.get(name) or _unweighed(name, costs), is_needed=name in needed)
        for name in names
    ]
    urgency = urgency_of(qualifier.policy, deal)
    return tuple(sorted(asked, key=lambda one: _place(one, urgency[one.field], costs)))


def unknown_facts(qualifier: Qualifier, deal: Deal) -> tuple[str, ...]:
    """Return the facts that a deal lacks and a conclusion may hang on, in the policy's order.

    An answer that is too old to count is among them.
    """
    model = qualifier.estimating
    modelled = () if model is None else model.fields()
    matter = facts_that_matter(qualifier.policy, modelled)
    return tuple(name for name in matter if not deal.knows(name))


def _place(question: Question, urgency: int, costs: AskingCosts) -> tuple[float, ...]:
    """Return what a question is sorted by, the smallest first."""
    effort = costs.effort(question.field)
    stops = -round((question.knockout_chance or 0.0) / effort, DIGITS)
    if question.net is not None:
        return (0, -round(question.net, DIGITS), stops, urgency, effort)
    if question.change_chance is not None:
        return (1, -round(question.change_chance / effort, DIGITS), stops, urgency, effort)
    return (2, urgency, effort)


def _unweighed(name: str, costs: AskingCosts) -> Question:
    """Return a question that no closed deal says anything of."""
    return Question(
        field=name,
        gain=None,
        cost=costs.money(name),
        cost_hours=costs.hours(name),
        net=None,
        knockout_chance=None,
        change_chance=None,
        hours_saved=None,
        n=0.0,
    )


@dataclass(frozen=True, slots=True)
class _Worlds:
    """What a deal comes to in each of its completions; arrays have shape (n_ways,).

    ``value`` is that of pursuing it, None where no money can be counted; ``hours`` what the
    pursuit still takes, NaN where unknown.
    """

    weights: Vector
    value: Vector | None
    hours: Vector

    @staticmethod
    def of(qualifier: Qualifier, completions: Completions) -> "_Worlds":
        told = qualifier.judge(completions.table)
        hours = hours_of(qualifier.policy, completions.table)
        if told.value is None:
            return _Worlds(completions.weights, None, hours)
        cost, expected = told.value.remaining_cost, told.value.expected
        value = np.where(told.policy.refused, -cost, expected)
        counted = np.where(np.isnan(value), 0.0, completions.weights)
        if counted.sum() < FEWEST_COUNTED:
            return _Worlds(completions.weights, None, hours)
        return _Worlds(counted / counted.sum(), np.nan_to_num(value), hours)

    def chances(self, codes: NDArray[np.intp]) -> Vector:
        """Return the chance of each class."""
        return np.asarray(np.bincount(codes, self.weights), dtype=np.float64)

    def gain(self, codes: NDArray[np.intp]) -> float | None:
        """Return what knowing the class of a fact is worth: never negative (Jensen)."""
        if self.value is None:
            return None
        by_class = np.bincount(codes, self.weights * self.value)
        without = max(0.0, float((self.weights * self.value).sum()))
        return max(0.0, float(np.maximum(by_class, 0.0).sum()) - without)

    def values_by(self, codes: NDArray[np.intp]) -> list[float | None]:
        """Return what pursuing is worth on average in each class."""
        chances = self.chances(codes)
        if self.value is None:
            return [None] * len(chances)
        totals = np.bincount(codes, self.weights * self.value)
        return [
            float(total / chance) if chance > 0 else None
            for total, chance in zip(totals, chances, strict=True)
        ]

    def hours_where(self, wanted: NDArray[np.bool_]) -> float | None:
        """Return the hours that the pursuit still takes on average in some completions."""
        rows = wanted & ~np.isnan(self.hours) & (self.weights > 0)
        if not rows.any():
            return None
        return float(np.average(self.hours[rows], weights=self.weights[rows]))


def _weighed(
    qualifier: Qualifier, deal: Deal, completions: Completions, costs: AskingCosts
) -> list[Question]:
    worlds = _Worlds.of(qualifier, completions)
    return [
        _question(alone, worlds, completions.effective_deals(alone.field), costs)
        for alone in answers_alone(qualifier, deal, completions)
    ]


def _question(alone: AnswersAlone, worlds: _Worlds, n: float, costs: AskingCosts) -> Question:
    name, cost = alone.field, costs.money(alone.field)
    chances = worlds.chances(alone.codes)
    gain, stopped = worlds.gain(alone.codes), alone.stops[alone.codes]
    return Question(
        field=name,
        gain=gain,
        cost=cost,
        cost_hours=costs.hours(name),
        net=None if gain is None else gain - cost,
        knockout_chance=_chance(chances, alone.stops),
        change_chance=_chance(chances, alone.changes),
        hours_saved=worlds.hours_where(stopped),
        n=n,
        classes=_classes(alone, chances, worlds.values_by(alone.codes)),
    )


def _classes(
    alone: AnswersAlone, chances: Vector, values: list[float | None]
) -> tuple[AnswerClass, ...]:
    return tuple(
        AnswerClass(
            answers=answers,
            is_range=alone.is_range,
            chance=float(chance),
            value=value,
            stops=bool(stops),
            changes=bool(changes),
        )
        for answers, chance, value, stops, changes in zip(
            alone.answers, chances, values, alone.stops, alone.changes, strict=True
        )
    )


def _chance(chances: Vector, wanted: NDArray[np.bool_]) -> float:
    return min(1.0, float(chances[wanted].sum()))
