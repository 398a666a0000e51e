"""What a file says of past pursuits beside their facts: for reports, never for the model."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from features.columns import NumericColumn
from features.errors import Problem
from features.fields import NumberField
from training.deals_columns import DealsColumns
from training.field_columns import field_column
from training.history.texts import texts_of
from training.readers.conventions import Conventions
from training.sources.raw_table import RawTable

_T = TypeVar("_T", bound=np.generic)

HOURS_SPENT = NumberField(type="number", min=0, unit="hours")
PROPENSITY = NumberField(type="number", min=1e-6, max=1)
"""How the two columns of numbers are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PursuitColumns:
    """Names, people, hours and chances; each None where the file has no such column.

    Texts are None where blank, ``hours_spent`` is NaN. ``propensity`` is the chance that a deal
    had of being pursued when it was decided, 1 where blank. All have shape (n_deals,).
    """

    names: NDArray[np.object_] | None = None
    sellers: NDArray[np.object_] | None = None
    teams: NDArray[np.object_] | None = None
    hours_spent: NDArray[np.float64] | None = None
    propensity: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        if self.propensity is not None:
            chance = np.where(np.isnan(self.propensity), 1.0, self.propensity)
            object.__setattr__(self, "propensity", chance)

    def take(self, rows: NDArray[np.intp]) -> "PursuitColumns":
        """Return those of some of the deals."""
        return PursuitColumns(
            names=taken(self.names, rows),
            sellers=taken(self.sellers, rows),
            teams=taken(self.teams, rows),
            hours_spent=taken(self.hours_spent, rows),
            propensity=taken(self.propensity, rows),
        )


def pursuit_columns(
    raw: RawTable, columns: DealsColumns, conventions: Conventions
) -> tuple[PursuitColumns, list[Problem]]:
    """Return these columns of a source, and what is wrong with them."""
    problems: list[Problem] = []

    def texts(header: str | None) -> NDArray[np.object_] | None:
        if header is None:
            return None
        found = [text or None for text in texts_of(raw.table.column(header)).to_pylist()]
        return np.array(found, dtype=object)

    def numbers(header: str | None, field: NumberField) -> NDArray[np.float64] | None:
        if header is None:
            return None
        found, told = field_column(raw.table.column(header), field, conventions)
        for one in told:
            where = raw.where if one.row is None else raw.place(one.row)
            what = f"column '{header}': {one.what}"
            problems.append(Problem(where=where, what=what, hint=one.hint))
        return found.values if isinstance(found, NumericColumn) else None

    found = PursuitColumns(
        names=texts(columns.name),
        sellers=texts(columns.seller),
        teams=texts(columns.team),
        hours_spent=numbers(columns.hours_spent, HOURS_SPENT),
        propensity=numbers(columns.propensity, PROPENSITY),
    )
    return found, problems


def taken(column: NDArray[_T] | None, rows: NDArray[np.intp]) -> NDArray[_T] | None:
    """Return some of a column's values, None where there is no column."""
    return None if column is None else column[rows]
