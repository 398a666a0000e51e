"""From how few to how many points a deal can come to, once all its facts are known."""

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod
from typing import TypeAlias

from features.conditions import AnyOf, Condition, Known
from features.domains import domains_of
from features.policy import Criterion, Policy

Range: TypeAlias = tuple[float, float]

MOST_COMBINATIONS = 20_000
"""Beyond so many, the criteria are taken one by one: the range may then be too wide."""


def points_range(policy: Policy) -> Range:
    """Return the lowest and the highest points of a deal whose facts are all known.

    Criteria that look at the same facts are taken together, so that answers which exclude each
    other are not added up. No deal is outside the range; where facts follow from others, or the
    combinations are too many, it may be wider than need be.
    """
    ranges = [_range_of(group, policy) for group in _groups(policy.criteria)]
    return sum(low for low, _ in ranges), sum(high for _, high in ranges)


def _groups(criteria: Sequence[Criterion]) -> list[list[Criterion]]:
    """Return the criteria in groups that have no fact in common."""
    groups: list[list[Criterion]] = []
    for criterion in criteria:
        joined = [group for group in groups if _fields(group) & criterion.fields()]
        groups = [group for group in groups if group not in joined]
        groups.append([*(one for group in joined for one in group), criterion])
    return groups


def _fields(group: Sequence[Criterion]) -> frozenset[str]:
    return frozenset().union(*(criterion.fields() for criterion in group))


def _range_of(group: Sequence[Criterion], policy: Policy) -> Range:
    conditions: Iterator[Condition] = (case.when for one in group for case in one.cases)
    domains = domains_of(AnyOf(tuple(conditions)), policy.fields)
    if not 0 < prod(map(len, domains.values())) <= MOST_COMBINATIONS:
        attainable = [criterion.attainable() for criterion in group]
        return sum(map(min, attainable)), sum(map(max, attainable))
    totals = []
    for facts in product(*domains.values()):
        known = dict(zip(domains, facts, strict=True))
        totals.append(sum(_points(criterion, known) for criterion in group))
    return min(totals), max(totals)


def _points(criterion: Criterion, known: Known) -> float:
    case, _ = criterion.case_of(known)
    return criterion.otherwise if case is None else case.points
