"""Facts unlike those of any closed deal: there the model has nothing to go by.

A category that no closed deal had is one, and so is a number well beyond those that they had. The
model holds such a number within the range it knows, which is no reason to keep silent about it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.deal import NOT_APPLICABLE, Fact
from features.schema import Matrix, Schema
from features.table import DealTable
from models.scaling import Scaling

Vector = NDArray[np.float64]

FARTHEST = 0.1
"""How far beyond the range of closed deals a number may lie, as a share of that range."""
ROUNDING = 1e-9
DIGITS = 12
"""A limit comes back from the model's scale without the noise of its last digits."""


@dataclass(frozen=True, slots=True)
class UnlikeFact:
    """A fact that no closed deal had, or none nearly.

    ``lowest`` and ``highest`` are the range of the closed deals where the fact is a number.
    """

    field: str
    value: Fact
    lowest: float | None = None
    highest: float | None = None


def unlike_facts(
    table: DealTable, schema: Schema, matrix: Matrix, scaling: Scaling
) -> list[tuple[UnlikeFact, ...]]:
    """Return the facts of each deal that are unlike those of closed deals, by field.

    Numbers are compared on the model's scale, where amounts that span decades are as close as
    they are to the model.
    """
    found: list[list[UnlikeFact]] = [[] for _ in range(len(table))]
    for unseen in matrix.unseen:
        inapplicable = unseen.value == NOT_APPLICABLE.value
        fact = table.columns[unseen.field].fact(unseen.row) if inapplicable else unseen.value
        found[unseen.row].append(UnlikeFact(unseen.field, unseen.value if fact is None else fact))
    numbers = np.array([column.kind == "value" for column in schema.columns], dtype=bool)
    rows, places = np.nonzero(_far(matrix.values, scaling) & numbers)
    for row, place in zip(rows.tolist(), places.tolist(), strict=True):
        name = schema.columns[place].field
        fact = table.columns[name].fact(row)
        if fact is not None:
            found[row].append(UnlikeFact(name, fact, *_range(scaling, place)))
    return [tuple(sorted(facts, key=lambda one: one.field)) for facts in found]


def fields_of(facts: Sequence[UnlikeFact]) -> tuple[str, ...]:
    """Return the fields that some unlike facts are about, each once."""
    return tuple(dict.fromkeys(one.field for one in facts))


def _far(X: Vector, scaling: Scaling) -> NDArray[np.bool_]:
    """Return where numbers lie beyond the range by more than its tenth; NaN does not."""
    raw = (X - scaling.centre) / scaling.spread
    raw[:, scaling.squeezed] = np.arcsinh(raw[:, scaling.squeezed])
    reach = FARTHEST * (scaling.high - scaling.low) + ROUNDING
    return np.asarray((raw < scaling.low - reach) | (raw > scaling.high + reach))


def _range(scaling: Scaling, place: int) -> tuple[float, float]:
    """Return the range that closed deals had in a column, in its own unit."""
    ends = np.array([scaling.low[place], scaling.high[place]])
    if scaling.squeezed[place]:
        ends = np.sinh(ends)
    low, high = (float(f"{end:.{DIGITS}g}") for end in ends * scaling.spread[place]
                 + scaling.centre[place])  # fmt: skip
    return low, high
