"""The one road from deals to the matrix that the model sees.

Training and serving call :meth:`Schema.matrix`; nothing else makes columns. The schema is learned
once from the closed deals, travels inside the artifact, and is known by its fingerprint.

- A number is one column, NaN where unknown; a yes/no answer is 1, 0 or NaN.
- A category is a column of 0 and 1 for each level seen often enough, and one for all the rarer
  ones together.
- A field that some closed deal left unanswered has one more column that says so. Where all closed
  deals were answered, an unknown category is NaN in all its columns: never "none of them".
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from features.errors import ArtifactError
from features.fields import BooleanField, NumberField, PolicyField
from features.policy import canonical_fingerprint
from features.table import CategoryColumn, Column, DealTable, NumericColumn

Kind: TypeAlias = Literal["value", "level", "other", "unknown"]

FEWEST_DEALS_A_LEVEL = 5
"""A level met in fewer closed deals shares its column with the other rare ones."""


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """One column of the matrix: where it comes from, and which way is better (1, -1, or 0)."""

    field: str
    kind: Kind
    level: str | None = None
    better: int = 0

    @property
    def name(self) -> str:
        """The column's name, unique in its schema."""
        names: dict[Kind, str] = {
            "value": self.field,
            "level": f"{self.field}={self.level}",
            "other": f"{self.field} (rare)",
            "unknown": f"{self.field} (unknown)",
        }
        return names[self.kind]


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
    """The ordered columns of the matrix; ``rare`` holds the known levels without a column."""

    columns: tuple[MatrixColumn, ...]
    rare: Mapping[str, tuple[str, ...]]

    @staticmethod
    def learn(table: DealTable, fields: Mapping[str, PolicyField]) -> "Schema":
        """Return the schema of some closed deals, its fields in alphabetical order."""
        columns: list[MatrixColumn] = []
        rare: dict[str, tuple[str, ...]] = {}
        for name in sorted(set(fields) & set(table.columns)):
            column = table.columns[name]
            answered = np.count_nonzero(column.known())
            if not fields[name].used_by_model or not answered:
                continue
            if isinstance(column, CategoryColumn):
                levels, rare[name] = _frequent_levels(column)
                columns += [MatrixColumn(name, "level", level) for level in levels]
                columns += [MatrixColumn(name, "other")]
            else:
                columns.append(MatrixColumn(name, "value", better=_better(fields[name])))
            if answered < len(table):
                columns.append(MatrixColumn(name, "unknown"))
        return Schema(tuple(columns), rare)

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
        return tuple(dict.fromkeys(column.field for column in self.columns))

    def matrix(self, table: DealTable) -> Matrix:
        """Return what the model sees of some deals, and the categories it never met."""
        values = np.zeros((len(table), len(self.columns)))
        for place, column in enumerate(self.columns):
            facts = table.columns.get(column.field)
            values[:, place] = self._encoded(column, facts)
        return Matrix(values, self._unseen(table))

    def to_data(self) -> dict[str, Any]:
        """Return the schema as plain data."""
        rare = {name: list(levels) for name, levels in self.rare.items()}
        return {"columns": [asdict(column) for column in self.columns], "rare": rare}

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> "Schema":
        """Return the schema that `to_data` wrote; raises `ArtifactError` when it cannot be one."""
        try:
            columns = tuple(MatrixColumn(**column) for column in data["columns"])
            schema = Schema(columns, {name: tuple(v) for name, v in data["rare"].items()})
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
            elif column.level is not None:
                levels.setdefault(column.field, set()).add(column.level)
        return {field: frozenset(names) for field, names in levels.items()}

    def _encoded(self, column: MatrixColumn, facts: Column | None) -> NDArray[Any] | float:
        if column.kind == "unknown":
            return 1.0 if facts is None else ~facts.known()
        if facts is None:
            return np.nan if column.kind == "value" else self._unanswered[column.field]
        if isinstance(facts, NumericColumn) != (column.kind == "value"):
            raise ArtifactError(
                f"the field '{column.field}' has changed its type since the closed deals\n"
                "  hint: train again under this policy"
            )
        if isinstance(facts, NumericColumn):
            return facts.values
        if column.kind == "level":
            holds = facts.is_one_of(frozenset({str(column.level)}))
        else:
            holds = ~facts.is_one_of(frozenset(self._levels[column.field]))
        return np.where(facts.known(), holds, self._unanswered[column.field])

    def _unseen(self, table: DealTable) -> tuple[Unseen, ...]:
        unseen: list[Unseen] = []
        for field, levels in self._levels.items():
            facts = table.columns.get(field)
            if isinstance(facts, CategoryColumn):
                met = frozenset({*levels, *self.rare.get(field, ())})
                rows = np.flatnonzero(facts.known() & ~facts.is_one_of(met))
                unseen += [Unseen(int(row), field, str(facts.fact(int(row)))) for row in rows]
        return tuple(sorted(unseen, key=lambda found: (found.row, found.field)))


def _frequent_levels(column: CategoryColumn) -> tuple[list[str], tuple[str, ...]]:
    """Return the levels with a column of their own, and the rarer ones that were met."""
    counts = np.bincount(column.codes[column.known()], minlength=len(column.levels))
    by_count = dict(zip(column.levels, counts, strict=True))
    frequent = sorted(v for v, count in by_count.items() if count >= FEWEST_DEALS_A_LEVEL)
    rare = sorted(v for v, count in by_count.items() if 0 < count < FEWEST_DEALS_A_LEVEL)
    return frequent, tuple(rare)


def _better(field: PolicyField) -> int:
    """Return which way is better: 1 for higher, -1 for lower, 0 where the policy does not say."""
    if not isinstance(field, NumberField | BooleanField):
        return 0
    return {"higher": 1, "lower": -1, None: 0}[field.better]
