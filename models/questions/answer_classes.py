"""The answers to one question in classes: few enough to speak of, and none that mixes verdicts.

Categories stay as they are. Numbers are cut at the limits of the conditions that look at them,
and at quantiles. Light classes join a neighbour, but never one that the policy treats otherwise:
a rare answer that stops a deal is what a question is asked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from features.columns import CategoryColumn, Column, number_of
from features.conditions import Comparison, Condition, IsOneOf
from features.domains import leaves_of

Codes: TypeAlias = NDArray[np.intp]
Vector: TypeAlias = NDArray[np.float64]

MOST_CLASSES = 6
LIGHTEST = 0.03
"""A class that holds less of the weight joins one that the policy treats alike."""


@dataclass(frozen=True, slots=True)
class Distinct:
    """The different answers in a column, in order.

    ``values`` are the answers as numbers, minus infinity where the question does not apply, shape
    (n_answers,); ``rows`` holds one row for each, and ``codes`` says which each row has.
    """

    values: Vector
    rows: Codes
    codes: Codes
    ordered: bool

    @staticmethod
    def of(column: Column) -> "Distinct":
        """Return the different answers of a column that has no gaps."""
        ordered = not isinstance(column, CategoryColumn) and column.kind != "boolean"
        if isinstance(column, CategoryColumn):
            values = column.codes.astype(np.float64)
        else:
            values = np.where(column.not_applicable(), -np.inf, column.values)
        answers, rows, codes = np.unique(values, return_index=True, return_inverse=True)
        return Distinct(answers, rows, codes.reshape(-1), ordered)


def limits_of(name: str, conditions: Iterable[Condition]) -> tuple[float, ...]:
    """Return the numbers with which some conditions compare a field, in order."""
    found: set[float] = set()
    for condition in conditions:
        for leaf in leaves_of(condition):
            if isinstance(leaf, Comparison) and leaf.field == name:
                found |= set() if isinstance(leaf.limit, str) else {number_of(leaf.limit)}
            elif isinstance(leaf, IsOneOf) and leaf.field == name:
                found |= {number_of(value) for value in leaf.values if not isinstance(value, str)}
    return tuple(sorted(found))


def classes_of(
    distinct: Distinct, weights: Vector, marks: Codes, limits: Sequence[float]
) -> Codes:
    """Return the class of each different answer, shape (n_answers,), numbered from 0 on.

    Parameters
    ----------
    weights
        The weight of each different answer, shape (n_answers,).
    marks
        How the policy treats a deal with each answer, shape (n_answers,): the same number, from 0
        on, where alike.
    limits
        Where numbers are cut.
    """
    values = distinct.values
    if not distinct.ordered:
        return _numbered(_joined_light(weights, marks))
    apart = np.where(np.isneginf(values), -1, marks)  # the answer that it does not apply
    segments = _segments(values, limits)
    keys = np.column_stack([apart, segments, _quantile_bins(weights)])
    changes = (keys[1:] != keys[:-1]).any(axis=1)
    return _joined_along(np.concatenate([[0], np.cumsum(changes)]), weights, apart, segments)


def _segments(values: Vector, limits: Sequence[float]) -> Codes:
    """Return between which limits each value lies; one on a limit is apart."""
    left, right = (np.searchsorted(limits, values, side=side) for side in ("left", "right"))
    return np.asarray(left + right)


def _quantile_bins(weights: Vector) -> Codes:
    """Return the bin of each value, of bins with about equal weight."""
    before = np.cumsum(weights) - weights / 2
    return np.asarray(np.floor(MOST_CLASSES * before / weights.sum()), dtype=np.intp)


def _numbered(keys: Codes) -> Codes:
    """Return keys as numbers from 0 on, in the order in which they come."""
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.intp)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse.reshape(-1)]


def _joined_along(classes: Codes, weights: Vector, marks: Codes, segments: Codes) -> Codes:
    """Join classes of numbers with their neighbours until none is light, nor are they too many.

    Never with one that the policy treats otherwise; across a limit only where one is light. The
    lightest goes first, to the lighter of its neighbours.
    """
    classes = classes.copy()
    while True:
        heavy = np.bincount(classes, weights)
        first = np.searchsorted(classes, np.arange(len(heavy)))
        joins = []
        for a, b in pairwise(range(len(heavy))):
            is_light = min(heavy[a], heavy[b]) < LIGHTEST * heavy.sum()
            across = bool(segments[first[a]] != segments[first[b]])
            may_join = is_light or (len(heavy) > MOST_CLASSES and not across)
            if marks[first[a]] == marks[first[b]] and may_join:
                joins.append((across, min(heavy[a], heavy[b]), heavy[a] + heavy[b], a))
        if not joins:
            return classes
        classes[classes > min(joins)[-1]] -= 1


def _joined_light(weights: Vector, marks: Codes) -> Codes:
    """Put the light answers of a category together, those that the policy treats alike."""
    light = weights < LIGHTEST * weights.sum()
    return np.where(light, len(marks) + marks, np.arange(len(marks)))
