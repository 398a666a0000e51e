"""The one road from deals to the matrix that the model sees.

Training and serving call :meth:`Schema.matrix`; nothing else makes columns. The schema is learned
once from the closed deals, travels inside the artifact, and is known by its fingerprint.

- A number is one column, NaN where unknown; a yes/no answer is 1, 0 or NaN.
- A category is a column of 0 and 1 for each level seen often enough, and one for all the rarer
  ones together.
- An ordered category is one column, the place of its answer in the order.
- A field that some closed deal left unanswered has one more column that says so. Where all closed
  deals were answered, an unknown category is NaN in all its columns: never "none of them".
- The track record of a field is four more columns, as known before each deal's day.
- A field that did not apply to some closed deal has one more column that says that; its number is
  NaN there, and it has none of the levels.
- A criterion is a column of the points that it earns.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from features.columns import CategoryColumn, Column, NumericColumn
from features.deal import NOT_APPLICABLE
from features.errors import ArtifactError
from features.fields import CategoryField, PolicyField
from features.fingerprint import canonical_fingerprint
from features.matrix_column import (
    CriterionSigns,
    Directions,
    Kind,
    MatrixColumn,
    directed,
    of_criterion,
)
from features.table import DealTable
from features.track_columns import track_column
from features.track_record import MEASURES

FEWEST_DEALS_A_LEVEL = 5
"""A level met in fewer closed deals shares its column with the other rare ones."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """A category that no closed deal had: scored like the rare ones, and said so."""

    row: int
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """What the model sees. ``values`` has shape (n_deals, n_columns) and is C-contiguous."""

    values: NDArray[np.float64]
    unseen: tuple[Unseen, ...]


@dataclass(frozen=True)
class Schema:
    """The ordered columns of the matrix.

    ``rare`` holds the known levels without a column, ``orders`` the answers of the ordered
    categories from the lowest to the highest.
    """

    columns: tuple[MatrixColumn, ...]
    rare: Mapping[str, tuple[str, ...]]
    orders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @staticmethod
    def learn(
        table: DealTable,
        fields: Mapping[str, PolicyField],
        directions: Directions | None = None,
        criteria: CriterionSigns | None = None,
    ) -> "Schema":
        """Return the schema of some closed deals, its fields in alphabetical order.

        ``directions`` are what the policy says of which way is better, ``criteria`` those whose
        points are columns of the table; none by default.
        """
        columns: list[MatrixColumn] = []
        rare: dict[str, tuple[str, ...]] = {}
        orders: dict[str, tuple[str, ...]] = {}
        better = directions or {}
        for name, column in _shown(table, fields):
            order = _order_of(fields[name])
            if order and isinstance(column, CategoryColumn):
                orders[name] = order
                columns.append(directed(name, "rank", None, better))
            elif isinstance(column, CategoryColumn):
                levels, rare[name] = _frequent_levels(column)
                columns += [directed(name, "level", level, better) for level in levels]
                columns += [MatrixColumn(name, "other")]
            else:
                columns.append(directed(name, "value", None, better))
            if not column.known().all():
                columns.append(MatrixColumn(name, "unknown"))
            if column.not_applicable().any():
                columns.append(MatrixColumn(name, "inapplicable"))
        columns += _track_columns(table, fields)
        columns += [of_criterion(name, sign) for name, sign in sorted((criteria or {}).items())]
        return Schema(tuple(columns), rare, orders)

    @cached_property
    def fingerprint(self) -> str:
        """What identifies the schema: the SHA-256 of its canonical form."""
        return canonical_fingerprint(self.to_data())

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def fields(self) -> tuple[str, ...]:
        """Return the fields that the matrix shows, in order."""
        shown = (column.field for column in self.columns if column.kind != "criterion")
        return tuple(dict.fromkeys(shown))

    def criterion_columns(self) -> tuple[str | None, ...]:
        """Return for each column the criterion whose points it holds, None for the others."""
        return tuple(c.field if c.kind == "criterion" else None for c in self.columns)

    def matrix(self, table: DealTable) -> Matrix:
        """Return what the model sees of some deals, and the categories it never met."""
        values = np.zeros((len(self.columns), len(table)))  # a column is written sooner as a row
        for place, column in enumerate(self.columns):
            facts = table.columns.get(column.source)
            values[place] = self._encoded(column, facts)
        return Matrix(np.ascontiguousarray(values.T), self._unseen(table))

    def to_data(self) -> dict[str, Any]:
        """Return the schema as plain data."""
        rare = {name: list(levels) for name, levels in self.rare.items()}
        orders = {name: list(answers) for name, answers in self.orders.items()}
        columns = [asdict(column) for column in self.columns]
        return {"columns": columns, "rare": rare, "orders": orders}

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> "Schema":
        """Return the schema that `to_data` wrote; raises `ArtifactError` when it cannot be one."""
        try:
            columns = tuple(MatrixColumn(**column) for column in data["columns"])
            rare, orders = (
                {name: tuple(answers) for name, answers in data[part].items()}
                for part in ("rare", "orders")
            )
            schema = Schema(columns, rare, orders)
        except (KeyError, TypeError, AttributeError) as error:
            raise ArtifactError(f"the schema cannot be read: {error}") from None
        if not {column.kind for column in columns} <= set(get_args(Kind)):
            raise ArtifactError("the schema has a kind of column that this code does not know")
        return schema

    @cached_property
    def _unanswered(self) -> dict[str, float]:
        """What the levels of a field hold where it is unknown.

        Zeros, where closed deals were unanswered too and a column of its own says so; NaN where
        that never happened, and a model has to do without.
        """
        told = {column.field for column in self.columns if column.kind == "unknown"}
        return {field: 0.0 if field in told else np.nan for field in self.fields()}

    @cached_property
    def _levels(self) -> dict[str, frozenset[str]]:
        """The levels with a column of their own, by field."""
        levels: dict[str, set[str]] = {}
        for column in self.columns:
            if column.kind == "other":
                levels.setdefault(column.field, set())
            elif column.kind == "level":
                levels.setdefault(column.field, set()).add(str(column.level))
        return {field: frozenset(names) for field, names in levels.items()}

    @cached_property
    def _told_inapplicable(self) -> frozenset[str]:
        """The fields of which a column says that they do not apply."""
        return frozenset(column.field for column in self.columns if column.kind == "inapplicable")

    def _encoded(self, column: MatrixColumn, facts: Column | None) -> NDArray[Any] | float:
        if column.kind == "unknown":
            return 1.0 if facts is None else ~self._known(column.field, facts)
        if column.kind == "inapplicable":
            return 0.0 if facts is None else facts.not_applicable()
        if facts is None:
            alone = column.kind in {"value", "rank", "track", "criterion"}
            return np.nan if alone else self._unanswered[column.field]
        if isinstance(facts, NumericColumn) != (column.kind in {"value", "track", "criterion"}):
            raise ArtifactError(
                f"the field '{column.field}' has changed its type since the closed deals\n"
                "  hint: train again under this policy"
            )
        if isinstance(facts, NumericColumn):
            return facts.values
        if column.kind == "rank":
            return self._ranks(column.field, facts)
        if column.kind == "level":
            holds = facts.is_one_of(frozenset({str(column.level)}))
        else:
            holds = facts.answered() & ~facts.is_one_of(frozenset(self._levels[column.field]))
        return np.where(self._known(column.field, facts), holds, self._unanswered[column.field])

    def _ranks(self, name: str, facts: CategoryColumn) -> NDArray[np.float64]:
        """Return the place of each answer in the order of its field; NaN where there is none."""
        place = {answer: float(rank) for rank, answer in enumerate(self.orders[name])}
        ranks = [place.get(level, np.nan) for level in facts.levels]
        return np.array([*ranks, np.nan, np.nan])[facts.codes]  # the codes -1 and -2 find the end

    def _known(self, name: str, facts: Column) -> NDArray[np.bool_]:
        """Return where a fact is known, as far as the closed deals taught what it means."""
        return facts.known() if name in self._told_inapplicable else facts.answered()

    @cached_property
    def _fields_of_facts(self) -> tuple[str, ...]:
        """The fields whose own answers the matrix shows, not only their track record."""
        return tuple(
            dict.fromkeys(c.field for c in self.columns if c.kind not in {"track", "criterion"})
        )

    def _unseen(self, table: DealTable) -> tuple[Unseen, ...]:
        unseen: list[Unseen] = []
        for name in self._fields_of_facts:
            facts = table.columns.get(name)
            if facts is None:
                continue
            if name not in self._told_inapplicable:
                rows = np.flatnonzero(facts.not_applicable())
                unseen += [Unseen(int(row), name, NOT_APPLICABLE.value) for row in rows]
            if isinstance(facts, CategoryColumn):
                met = frozenset(
                    (
                        *self._levels.get(name, ()),
                        *self.rare.get(name, ()),
                        *self.orders.get(name, ()),
                    )
                )
                rows = np.flatnonzero(facts.answered() & ~facts.is_one_of(met))
                unseen += [Unseen(int(row), name, str(facts.fact(int(row)))) for row in rows]
        return tuple(sorted(unseen, key=lambda found: (found.row, found.field)))


def _shown(table: DealTable, fields: Mapping[str, PolicyField]) -> Iterator[tuple[str, Column]]:
    """Return the columns that the model may see and that some deal answers, by name."""
    for name in sorted(set(fields) & set(table.columns)):
        asked, column = fields[name], table.columns[name]
        if asked.in_model and np.count_nonzero(column.answered()):
            yield name, column


def _track_columns(table: DealTable, fields: Mapping[str, PolicyField]) -> list[MatrixColumn]:
    """Return the columns of the track record; a better rate never lowers a probability."""
    return [
        MatrixColumn(name, "track", measure, int(measure == "win_rate"))
        for name in sorted(fields)
        for measure in MEASURES
        if (column := table.columns.get(track_column(name, measure))) is not None
        and np.count_nonzero(column.answered())
    ]


def _order_of(policy_field: PolicyField) -> tuple[str, ...]:
    """Return the answers from the lowest to the highest, none where they have no order."""
    if isinstance(policy_field, CategoryField) and policy_field.ordered:
        return policy_field.values or ()
    return ()


def _frequent_levels(column: CategoryColumn) -> tuple[list[str], tuple[str, ...]]:
    """Return the levels with a column of their own, and the rarer ones that were met."""
    counts = np.bincount(column.codes[column.answered()], minlength=len(column.levels))
    by_count = dict(zip(column.levels, counts, strict=True))
    frequent = sorted(v for v, count in by_count.items() if count >= FEWEST_DEALS_A_LEVEL)
    rare = sorted(v for v, count in by_count.items() if 0 < count < FEWEST_DEALS_A_LEVEL)
    return frequent, tuple(rare)
