"""The answers to a question that are worth trying: those that may turn an answer about a deal.

A condition only sees on which side of its limits a number lies (:mod:`features.domains`): so each
limit is tried, and what lies next to it on both sides. Beside these stand some quantiles of the
closed deals, for what the probability makes of a number.
"""

from collections.abc import Iterator
from datetime import timedelta
from math import floor, log10
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from features.columns import FIRST_DAY, CategoryColumn, NumericColumn, day_number, number_of
from features.conditions import Comparison, Condition, IsOneOf, Known
from features.deal import NOT_APPLICABLE, Deal, Fact
from features.domains import leaves_of
from features.fields import (
    AS_OF,
    BooleanField,
    CategoryField,
    DateField,
    DaysField,
    DerivedField,
    PolicyField,
    RatioField,
    WrongFactError,
)
from features.policy import Policy
from models.reference import Reference

Vector: TypeAlias = NDArray[np.float64]

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
MOST_LEVELS = 8
"""Of a category without a list, those that most closed deals have."""
STEP = 0.01
"""A step beside a limit is so much of its order of magnitude; of whole numbers it is one."""


def worth_trying(
    name: str, policy: Policy, deal: Deal, reference: Reference | None
) -> tuple[Fact, ...]:
    """Return the answers to one question that are worth trying, without the one it has.

    That the question does not apply is tried only where it is open whether it does.
    """
    field = policy.fields[name]
    if isinstance(field, BooleanField):
        found: list[Fact] = [True, False]
    elif isinstance(field, CategoryField):
        found = list(_levels(name, field, policy, reference))
    else:
        found = list(_numbers(name, policy, deal, reference))
    if field.not_applicable is not None and not deal.knows(name):
        found.append(NOT_APPLICABLE)
    return tuple(fact for fact in dict.fromkeys(found) if fact != deal.facts.get(name))


def conditions_of(policy: Policy) -> Iterator[Condition]:
    """Yield the conditions of all rules: of knockouts, and of the cases of criteria."""
    yield from (rule.when for rule in policy.knockouts)
    for criterion in policy.criteria:
        yield from (case.when for case in criterion.cases)


def _leaves(policy: Policy) -> Iterator[Condition]:
    for condition in conditions_of(policy):
        yield from leaves_of(condition)


def _levels(
    name: str, field: CategoryField, policy: Policy, reference: Reference | None
) -> Iterator[str]:
    if field.values is not None:
        yield from field.values
        return
    for leaf in _leaves(policy):
        if isinstance(leaf, IsOneOf) and leaf.field == name:
            yield from sorted(str(value) for value in leaf.values)
    column = None if reference is None else reference.columns.get(name)
    if isinstance(column, CategoryColumn):
        counts = np.bincount(column.codes[column.answered()], minlength=len(column.levels))
        order = np.argsort(-counts, kind="stable")[:MOST_LEVELS]
        yield from (column.levels[code] for code in order)


def _numbers(name: str, policy: Policy, deal: Deal, reference: Reference | None) -> Iterator[Fact]:
    """Yield numbers or days: the limits, what lies beside them, and quantiles; those allowed."""
    limits = tuple(dict.fromkeys(_limits(name, policy, deal)))
    values = _past(name, deal, reference)
    is_whole = isinstance(policy.fields[name], DateField) or not np.any(
        np.mod([*limits, *values], 1)
    )
    points = []
    for limit in limits:
        step = 1.0 if is_whole else STEP * 10.0 ** floor(log10(abs(limit) or 1.0))
        points += [limit - step, limit, limit + step]
    if len(values):
        points += np.quantile(values, QUANTILES, method="inverted_cdf").tolist()
    for point in sorted(set(points)):
        fact = _fact(point, policy.fields[name])
        if fact is not None:
            yield fact


def _past(name: str, deal: Deal, reference: Reference | None) -> Vector:
    """Return what closed deals answered, days counted from the deal's own."""
    column = None if reference is None else reference.columns.get(name)
    if not isinstance(column, NumericColumn):
        return np.empty(0)
    answers = column.values[column.answered()]
    return answers + day_number(deal.as_of) if column.kind == "date" else answers


def _limits(name: str, policy: Policy, deal: Deal) -> Iterator[float]:
    """Yield the numbers at which a condition on a field, or on what follows from it, turns."""
    known = policy.known(deal)
    for leaf in _leaves(policy):
        for field, limit in _pairs(leaf, known):
            if field == name:
                yield limit
            elif field in policy.derived and name in policy.derived[field].sources():
                turning = _turning_point(name, policy.derived[field], limit, deal)
                if turning is not None:
                    yield turning


def _pairs(leaf: Condition, known: Known) -> Iterator[tuple[str, float]]:
    """Yield the fields that a test looks at, each with what it is compared with."""
    if isinstance(leaf, IsOneOf):
        yield from ((leaf.field, number_of(v)) for v in leaf.values if not isinstance(v, str))
    elif isinstance(leaf, Comparison) and isinstance(leaf.limit, str):
        for one, other in ((leaf.field, leaf.limit), (leaf.limit, leaf.field)):
            fact = known.get(other)
            if fact is not None and fact is not NOT_APPLICABLE:
                yield one, number_of(fact)
    elif isinstance(leaf, Comparison):
        yield leaf.field, number_of(leaf.limit)


def _turning_point(name: str, derived: DerivedField, limit: float, deal: Deal) -> float | None:
    """Return the answer at which what follows from it comes to a limit, None where none does."""
    if isinstance(derived, DaysField):
        is_start = derived.start == name
        other = _number(derived.end if is_start else derived.start, deal)
        return None if other is None else other - limit if is_start else other + limit
    if isinstance(derived, RatioField):
        is_part = derived.of == name
        other = _number(derived.to if is_part else derived.of, deal)
        if other is None or (not is_part and limit == 0):
            return None
        return other * limit if is_part else other / limit
    return None


def _number(name: str, deal: Deal) -> float | None:
    fact = deal.as_of if name == AS_OF else deal.facts.get(name)
    return None if fact is None or fact is NOT_APPLICABLE else number_of(fact)


def _fact(point: float, field: PolicyField) -> Fact | None:
    """Return a number as an answer, None where the field does not allow it."""
    try:
        if isinstance(field, DateField):
            return field.check(FIRST_DAY + timedelta(days=round(point)))
        return field.check(float(f"{point:.12g}"))
    except (WrongFactError, OverflowError):
        return None
