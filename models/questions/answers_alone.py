"""What each answer to one question does by itself, while all else stays as it is known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from features.columns import UNKNOWN_CODE, CategoryColumn, Column, NumericColumn
from features.deal import Deal, Fact
from features.derivation import with_derived_columns
from features.policy import Policy
from features.table import DealTable
from models.flips.worth_trying import conditions_of
from models.knockouts import judge_policy
from models.qualifier import Qualifier
from models.questions.answer_classes import Distinct, classes_of, limits_of
from models.questions.completions import Completions
from models.scorecard import add_points

Codes: TypeAlias = NDArray[np.intp]
Mask: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersAlone:
    """The classes of answers to one question, and what each does by itself.

    ``codes`` has shape (n_ways,): the class that each completion's answer is in. The rest has one
    entry a class: ``ends`` its first and last answer, or all of them where they have no order;
    ``stops`` whether a knockout then refuses the deal, ``changes`` whether it has another
    recommendation than now.
    """

    field: str
    is_range: bool
    codes: Codes
    answers: tuple[tuple[Fact, ...], ...]
    stops: Mask
    changes: Mask


def answers_alone(
    qualifier: Qualifier, deal: Deal, completions: Completions
) -> tuple[AnswersAlone, ...]:
    """Return for each fact that the deal lacks what its answers do by themselves."""
    policy = qualifier.policy
    distinct = [Distinct.of(completions.table.columns[name]) for name in completions.filled]
    places = _places([one.rows for one in distinct])
    alone = _one_answer_a_row(deal, policy, completions, [one.rows for one in distinct])
    marks, refused = _marks(policy, alone)
    classes, middles = [], [np.zeros(1, dtype=np.intp)]
    for name, one, rows in zip(completions.filled, distinct, places, strict=True):
        weights = np.bincount(one.codes, completions.weights).astype(np.float64)
        limits = limits_of(name, conditions_of(policy))
        found = classes_of(one, weights, _from_zero(marks[rows]), limits)
        classes.append(found)
        middles.append(rows[_middles(found, weights)])
    told = qualifier.judge(alone.take(np.concatenate(middles))).recommendations
    changes = np.split(told != told[0], np.cumsum([len(rows) for rows in middles])[:-1])[1:]
    return tuple(
        AnswersAlone(
            field=name,
            is_range=one.ordered,
            codes=found[one.codes],
            answers=_answers(completions.table.columns[name], one, found),
            stops=refused[middle] & ~refused[0],
            changes=np.asarray(change, dtype=bool),
        )
        for name, one, found, middle, change in zip(
            completions.filled, distinct, classes, middles[1:], changes, strict=True
        )
    )


def _places(rows: Sequence[Codes]) -> list[Codes]:
    """Return where the answers of each question stand, after the deal as it is."""
    ends = np.cumsum([1, *map(len, rows)])
    return [np.arange(start, end) for start, end in pairwise(ends)]


def _one_answer_a_row(
    deal: Deal, policy: Policy, completions: Completions, rows: Sequence[Codes]
) -> DealTable:
    """Return the deal as it is, and then with each single answer to each question."""
    n_rows = 1 + sum(map(len, rows))
    table = DealTable.of([deal], policy.fields).take(np.zeros(n_rows, dtype=np.intp))
    answered = {
        name: _only_at(completions.table.columns[name], taken, places, n_rows)
        for name, taken, places in zip(completions.filled, rows, _places(rows), strict=True)
    }
    given = {**table.columns, **answered}
    return replace(table, columns=with_derived_columns(given, policy.derived, table.as_of))


def _only_at(column: Column, taken: Codes, places: Codes, n_rows: int) -> Column:
    """Return a column that is known at some places only, where it has the rows taken."""
    if isinstance(column, CategoryColumn):
        codes = np.full(n_rows, UNKNOWN_CODE, dtype=np.int32)
        codes[places] = column.codes[taken]
        return CategoryColumn(codes, column.levels)
    values, inapplicable = np.full(n_rows, np.nan), np.zeros(n_rows, dtype=bool)
    values[places], inapplicable[places] = column.values[taken], column.not_applicable()[taken]
    return NumericColumn(values, column.kind, inapplicable if inapplicable.any() else None)


def _marks(policy: Policy, table: DealTable) -> tuple[Codes, Mask]:
    """Return how the policy treats each deal, alike where equal, and which it refuses."""
    verdict, points = judge_policy(policy, table), add_points(policy, table)
    treated = np.column_stack(
        [verdict.refused, verdict.open, verdict.conditional, points.lowest, points.highest]
    )
    return np.unique(treated, axis=0, return_inverse=True)[1].reshape(-1), verdict.refused


def _from_zero(marks: Codes) -> Codes:
    return np.unique(marks, return_inverse=True)[1].reshape(-1)


def _middles(classes: Codes, weights: NDArray[np.float64]) -> Codes:
    """Return the answer in the middle of each class by weight."""
    middles = []
    for one in range(classes.max() + 1):
        members = np.flatnonzero(classes == one)
        upto = np.cumsum(weights[members])
        middles.append(members[min(np.searchsorted(upto, upto[-1] / 2), len(members) - 1)])
    return np.array(middles, dtype=np.intp)


def _answers(column: Column, distinct: Distinct, classes: Codes) -> tuple[tuple[Fact, ...], ...]:
    """Return the answers in each class: the ends of a range, else all of them."""
    told = []
    for one in range(classes.max() + 1):
        members = np.flatnonzero(classes == one)
        ends = dict.fromkeys(members[[0, -1]].tolist()) if distinct.ordered else members.tolist()
        facts = [column.fact(int(distinct.rows[place])) for place in ends]
        told.append(tuple(fact for fact in facts if fact is not None))
    return tuple(told)
