"""The criteria as columns of a table of deals: what each deal earns, for the win model to weigh.

The model starts from the points of the policy, so it must see them. It does not see a criterion
that looks at what it may not know, nor one that could break the law that more of a field with a
``better`` way never lowers the probability.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from features.columns import NumericColumn
from features.conditions import Comparison, Condition, IsOneOf, Not
from features.fields import BooleanField, CategoryField, PolicyField, RatioField
from features.matrix_column import CriterionSign, criterion_column
from features.policy.criteria import Criterion
from features.policy.directions import directions_of
from features.policy.policy import Policy
from features.table import DealTable, TableFacts

Vector = NDArray[np.float64]

_RISING = {"above": 1, "at_least": 1, "below": -1, "at_most": -1}
_SIGN = {"higher": 1, "lower": -1, None: 0}


def points_of(criterion: Criterion, facts: TableFacts) -> Vector:
    """Return what each deal earns, shape (n_deals,).

    Where nobody knows it is what the policy says that unknown is worth, else NaN.
    """
    n_deals = len(facts.table)
    points = np.full(n_deals, criterion.otherwise)
    open_cases, decided = np.zeros(n_deals, dtype=bool), np.zeros(n_deals, dtype=bool)
    for case in criterion.cases:
        truth = case.when.truth(facts)
        points[truth.true] = case.points
        decided |= truth.true
        open_cases |= truth.unknown
    worth = np.nan if criterion.if_unknown is None else criterion.if_unknown
    points[open_cases & ~decided] = worth
    return points


def with_criteria(table: DealTable, criteria: Iterable[Criterion]) -> DealTable:
    """Return the table with one more column a criterion, named by `criterion_column`."""
    wanted = tuple(criteria)
    values = {criterion.id: np.empty(len(table)) for criterion in wanted}
    for rows, piece in table.pieces():
        facts = TableFacts(piece)
        for criterion in wanted:
            values[criterion.id][rows] = points_of(criterion, facts)
    made = {criterion_column(name): NumericColumn(found) for name, found in values.items()}
    return replace(table, columns={**table.columns, **made})


def modelled_criteria(policy: Policy, kept_out: Collection[str] = ()) -> tuple[Criterion, ...]:
    """Return the criteria that the win model may see."""
    return tuple(
        criterion
        for criterion in policy.criteria
        if np.ptp(criterion.attainable()) > 0
        and all(_may_see(policy.fields[name], name, kept_out) for name in criterion.fields())
        and all(_agrees(criterion, policy, name) for name in criterion.fields())
    )


def hidden_answers(policy: Policy) -> frozenset[str]:
    """Return the fields whose own answers the model may not see, so that it keeps the laws.

    A ratio could fall as a part of it gets better. Where a criterion must be respected
    (``direction: as_points``), its points stand for the answers of the field that it looks at,
    unless these have a firm way themselves.
    """
    ratios = {name for name, field in policy.fields.items() if _has_a_better_part(field, policy)}
    ways = directions_of(policy)
    spoken_for = {
        name
        for criterion in modelled_criteria(policy)
        if criterion.direction == "as_points" and len(criterion.fields()) == 1
        for name in criterion.fields()
        if (name, None) not in ways or not ways[(name, None)].firm
    }
    return frozenset(ratios | spoken_for)


def sign_of(criterion: Criterion, policy: Policy) -> CriterionSign:
    """Return how the probability must go with the points of a criterion that the model sees."""
    if any(_better(policy.fields[name]) for name in criterion.fields()):
        return CriterionSign.FIRM  # else it could break the law of the field
    if criterion.direction == "free":
        return CriterionSign.FREE
    return CriterionSign.EXPECTED if criterion.direction is None else CriterionSign.FIRM


def _may_see(field: PolicyField, name: str, kept_out: Collection[str]) -> bool:
    return field.in_model and name not in kept_out


def _has_a_better_part(field: PolicyField, policy: Policy) -> bool:
    return isinstance(field, RatioField) and any(
        _better(policy.fields[source]) for source in field.sources()
    )


def _better(field: PolicyField) -> int:
    return _SIGN[getattr(field, "better", None)]


def _agrees(criterion: Criterion, policy: Policy, name: str) -> bool:
    """Return whether more of a field with a better way surely never costs points."""
    better = _better(policy.fields[name])
    if not better:
        return not _has_a_better_part(policy.fields[name], policy)
    steps = [_slope(case.when, name, policy) for case in criterion.cases]
    if len(steps) == 1:
        gain = np.sign(criterion.points - criterion.otherwise)
        return steps[0] is not None and steps[0] * gain * better >= 0
    return _rises_by_cases(criterion, policy, name, better)


def _rises_by_cases(criterion: Criterion, policy: Policy, name: str, better: int) -> bool:
    """Return whether exclusive cases of one field alone earn more the better the field is."""
    if criterion.fields() != {name}:
        return False
    answers = _rising_answers(policy.fields[name])
    if answers:
        worth = {v: case.points for case in criterion.cases
                 if isinstance(case.when, IsOneOf) for v in case.when.values}  # fmt: skip
        points = [worth.get(value, criterion.otherwise) for value in answers]
    else:
        points = [case.points for case in criterion.cases]
        points += [] if criterion.complete else [criterion.otherwise]
    return points == sorted(points, reverse=better < 0)


def _slope(condition: Condition, name: str, policy: Policy) -> int | None:
    """Return whether a condition can only come true (1) or untrue (-1) as a field rises.

    0 where the field does not matter, None where it may go either way.
    """
    if name not in condition.fields():
        return 0
    if isinstance(condition, Comparison):
        return _RISING[condition.test] * (1 if condition.field == name else -1)
    if isinstance(condition, IsOneOf):
        return _slope_of_answers(condition, policy.fields[name])
    if isinstance(condition, Not):
        inner = _slope(condition.part, name, policy)
        return None if inner is None else -inner
    found = {_slope(part, name, policy) for part in condition.parts} - {0}
    return found.pop() if len(found) == 1 else None


def _rising_answers(field: PolicyField) -> tuple[str | bool, ...]:
    """Return the answers of a field from the lowest to the highest; none of a number or a day."""
    if isinstance(field, BooleanField):
        return False, True
    return field.values or () if isinstance(field, CategoryField) else ()


def _slope_of_answers(condition: IsOneOf, field: PolicyField) -> int | None:
    inside = [value in condition.values for value in _rising_answers(field)]
    if not inside:
        return None  # one number among others: it comes true and untrue again
    if inside == sorted(inside):
        return 1
    return -1 if inside == sorted(inside, reverse=True) else None
