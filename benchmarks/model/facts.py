"""The facts that a model may see, as any other model would be given them.

Numbers with NaN and categories with a code of -1 where nobody answered, of exactly the fields that
ours may see. Booleans are numbers, 0 and 1. Each encoding is learned from the teaching rows alone.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from features.columns import CategoryColumn, NumericColumn
from features.policy import Policy
from features.table import DealTable
from training.closed_deals import ClosedDeals

Vector: TypeAlias = NDArray[np.float64]
Codes: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Facts:
    """Columns of facts: ``numbers`` of floats, ``categories`` of codes into ``levels``."""

    numbers: dict[str, Vector]
    categories: dict[str, Codes]
    levels: dict[str, tuple[str, ...]]
    n_deals: int

    def __len__(self) -> int:
        return self.n_deals

    def take(self, rows: Codes) -> "Facts":
        """Return the facts of some deals."""
        return Facts(
            {name: values[rows] for name, values in self.numbers.items()},
            {name: codes[rows] for name, codes in self.categories.items()},
            self.levels,
            len(rows),
        )


def facts_of(table: DealTable, policy: Policy, kept_out: tuple[str, ...] = ()) -> Facts:
    """Return the facts of a table that a model under the policy may see."""
    numbers: dict[str, Vector] = {}
    categories: dict[str, Codes] = {}
    levels: dict[str, tuple[str, ...]] = {}
    for name in sorted(table.columns):
        field, column = policy.fields.get(name), table.columns[name]
        if field is None or not field.in_model or name in kept_out:
            continue
        if isinstance(column, NumericColumn):
            numbers[name] = column.values
        elif isinstance(column, CategoryColumn):
            categories[name] = np.where(column.codes < 0, -1, column.codes).astype(np.intp)
            levels[name] = column.levels
    return Facts(numbers, categories, levels, len(table))


def facts_of_deals(deals: ClosedDeals, policy: Policy) -> Facts:
    """Return the facts of closed deals that a model under the policy may see."""
    return facts_of(deals.table, policy, deals.kept_out)


@dataclass(frozen=True)
class OneHot:
    """One column a level met in teaching and one for unknown; median, indicator and scale.

    A level that no teaching deal had is none of the columns.
    """

    medians: dict[str, float]
    scales: dict[str, tuple[float, float]]
    blanks: dict[str, bool]
    met: dict[str, Codes]

    @staticmethod
    def learn(facts: Facts) -> "OneHot":
        """Return the encoding of some deals."""
        medians = {name: _median(values) for name, values in facts.numbers.items()}
        filled = {
            name: np.where(np.isnan(v), medians[name], v) for name, v in facts.numbers.items()
        }
        scales = {name: (float(v.mean()), float(v.std()) or 1.0) for name, v in filled.items()}
        blanks = {name: bool(np.isnan(v).any()) for name, v in facts.numbers.items()}
        met = {name: np.unique(codes) for name, codes in facts.categories.items()}
        return OneHot(medians, scales, blanks, met)

    def matrix(self, facts: Facts) -> Vector:
        """Return shape (n_deals, n_columns)."""
        columns: list[Vector] = []
        for name, values in facts.numbers.items():
            mean, scale = self.scales[name]
            columns.append((np.where(np.isnan(values), self.medians[name], values) - mean) / scale)
            if self.blanks[name]:
                columns.append(np.isnan(values).astype(np.float64))
        for name, codes in facts.categories.items():
            columns += [(codes == code).astype(np.float64) for code in self.met[name]]
        return np.column_stack(columns) if columns else np.zeros((len(facts), 1))


def native_matrix(facts: Facts) -> tuple[Vector, list[int]]:
    """Return numbers and category codes with NaN as LightGBM takes them; and the categories."""
    columns = list(facts.numbers.values())
    columns += [np.where(c < 0, np.nan, c).astype(np.float64) for c in facts.categories.values()]
    places = range(len(facts.numbers), len(columns))
    return np.column_stack(columns), list(places)


def _median(values: Vector) -> float:
    known = values[~np.isnan(values)]
    return float(np.median(known)) if len(known) else 0.0
