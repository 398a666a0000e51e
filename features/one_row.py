"""The matrix row of one deal, put together from what its answers are worth one by one.

What an answer puts into the columns of its field is made once by :meth:`Schema.matrix`, the one
road from deals to the matrix, and remembered; numbers only take their own place in it. So a row
costs some look-ups, and cannot differ from that of a batch.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import numpy as np

from features.columns import column_of, number_of
from features.conditions import Known
from features.deal import NOT_APPLICABLE, Fact
from features.fields import CategoryField, PolicyField, TextField
from features.policy.criteria import Criterion
from features.policy.criterion_columns import with_criteria
from features.schema import Matrix, Schema, Unseen
from features.table import DealTable

MOST_ANSWERS = 10_000
"""So many answers are remembered; those that come later are worked out each time."""
_A_NUMBER = 0.0


@dataclass(frozen=True, slots=True)
class _Answer:
    """What an answer puts where: pairs of a column's place and its value, and what is unseen."""

    cells: tuple[tuple[int, float], ...]
    unseen: tuple[Unseen, ...]


_Key: TypeAlias = tuple[str, Fact]


@dataclass(frozen=True)
class OneRow:
    """Makes the row of one deal for a schema without track record.

    ``fields`` are those of the policy, ``criteria`` those whose points the matrix holds.
    """

    schema: Schema
    fields: Mapping[str, PolicyField]
    criteria: Sequence[Criterion]
    _met: dict[_Key, _Answer] = field(default_factory=dict, compare=False, repr=False)

    @staticmethod
    def possible(schema: Schema) -> bool:
        """Return whether a row hangs on the facts of its deal alone."""
        return all(column.kind != "track" for column in schema.columns)

    def matrix(self, known: Known) -> Matrix:
        """Return the matrix of one deal, of shape (1, n_columns), from what is known of it."""
        row, unseen = self._unknown.copy(), list[Unseen]()
        for name, places in self._places.items():
            fact = known.get(name)
            if fact is None:
                continue
            is_number = name in self._numbers and fact is not NOT_APPLICABLE
            answer = self._answer(name, _A_NUMBER if is_number else fact)
            for place, value in answer.cells:
                row[place] = value
            if is_number and places is not None:
                row[places] = number_of(fact)
            unseen += answer.unseen
        for place, criterion in self._points:
            row[place] = _points(criterion, known)
        if len(unseen) > 1:
            unseen.sort(key=lambda found: found.field)
        return Matrix(np.array([row]), tuple(unseen))

    @cached_property
    def _unknown(self) -> list[float]:
        """The row of a deal of which nothing is known."""
        return [float(value) for value in self._matrix({}).values[0]]

    @cached_property
    def _places(self) -> Mapping[str, int | None]:
        """The fields that the matrix shows, and where the number itself stands, if one does."""
        shown = [(n, c) for n, c in enumerate(self.schema.columns) if c.kind != "criterion"]
        found: dict[str, int | None] = {column.field: None for _, column in shown}
        return found | {column.field: n for n, column in shown if column.kind == "value"}

    @cached_property
    def _numbers(self) -> frozenset[str]:
        """The fields whose column holds numbers, yes and no, or days."""
        words = CategoryField | TextField
        return frozenset(n for n, asked in self.fields.items() if not isinstance(asked, words))

    @cached_property
    def _points(self) -> tuple[tuple[int, Criterion], ...]:
        by_id = {one.id: one for one in self.criteria}
        places = enumerate(self.schema.criterion_columns())
        return tuple((place, by_id[name]) for place, name in places if name is not None)

    def _answer(self, name: str, fact: Fact) -> _Answer:
        found = self._met.get((name, fact))
        if found is None:
            made = self._matrix({name: fact})
            own = [n for n, column in enumerate(self.schema.columns)
                   if column.field == name and column.kind != "criterion"]  # fmt: skip
            cells = tuple((n, float(made.values[0, n])) for n in own)
            found = _Answer(cells, tuple(one for one in made.unseen if one.field == name))
            if len(self._met) < MOST_ANSWERS:
                self._met[name, fact] = found
        return found

    def _matrix(self, facts: Mapping[str, Fact]) -> Matrix:
        """Return the matrix of a batch of one deal; what derives is given like any answer."""
        columns = {name: column_of([facts.get(name)], one) for name, one in self.fields.items()}
        day = np.array(["2000-01-01"], dtype="datetime64[D]")  # no answer hangs on it
        table = DealTable(ids=(None,), as_of=day, columns=columns)
        return self.schema.matrix(with_criteria(table, self.criteria))


def _points(criterion: Criterion, known: Known) -> float:
    """Return what a deal earns; NaN where nobody knows and the policy does not say what then."""
    case, waiting = criterion.case_of(known)
    if case is not None:
        return case.points
    if not waiting:
        return criterion.otherwise
    return np.nan if criterion.if_unknown is None else criterion.if_unknown
