"""Facts unlike those of any closed deal: there the model has nothing to go by.

A category that no closed deal had is one, and so is a number well beyond those that they had. The
model holds such a number within the range it knows, which is no reason to keep silent about it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from features.deal import NOT_APPLICABLE, Fact
from features.schema import Matrix, Schema
from models.scaling import Scaling

Vector = NDArray[np.float64]
FactOf: TypeAlias = Callable[[str, int], Fact | None]
"""Looks up the fact of a field and a row; it is asked only for those that are told."""

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
    fact_of: FactOf, schema: Schema, matrix: Matrix, scaling: Scaling
) -> list[tuple[UnlikeFact, ...]]:
    """Return the facts of each deal that are unlike those of closed deals, by field.

    Numbers are compared on the model's scale, where amounts that span decades are as close as
    they are to the model.
    """
    found: list[list[UnlikeFact]] = [[] for _ in range(len(matrix.values))]
    for unseen in matrix.unseen:
        inapplicable = unseen.value == NOT_APPLICABLE.value
        fact = fact_of(unseen.field, unseen.row) if inapplicable else unseen.value
        found[unseen.row].append(UnlikeFact(unseen.field, unseen.value if fact is None else fact))
    for row, place in _far(matrix.values, schema, scaling):
        name = schema.columns[place].field
        fact = fact_of(name, row)
        if fact is not None:
            found[row].append(UnlikeFact(name, fact, *_range(scaling, place)))
    return [tuple(sorted(facts, key=lambda one: one.field)) for facts in found]


def fields_of(facts: Sequence[UnlikeFact]) -> tuple[str, ...]:
    """Return the fields that some unlike facts are about, each once."""
    return tuple(dict.fromkeys(one.field for one in facts))


def _far(X: Vector, schema: Schema, scaling: Scaling) -> list[tuple[int, int]]:
    """Return the places of numbers that lie beyond their range by more than its tenth."""
    numbers = [place for place, column in enumerate(schema.columns) if column.kind == "value"]
    if not numbers:
        return []
    raw = (X[:, numbers] - scaling.centre[numbers]) / scaling.spread[numbers]
    raw = np.where(scaling.squeezed[numbers], np.arcsinh(raw), raw)
    low, high = scaling.low[numbers], scaling.high[numbers]
    reach = FARTHEST * (high - low) + ROUNDING
    rows, columns = np.nonzero((raw < low - reach) | (raw > high + reach))  # NaN is neither
    return [(int(row), numbers[column]) for row, column in zip(rows, columns, strict=True)]


def _range(scaling: Scaling, place: int) -> tuple[float, float]:
    """Return the range that closed deals had in a column, in its own unit."""
    ends = np.array([scaling.low[place], scaling.high[place]])
    if scaling.squeezed[place]:
        ends = np.sinh(ends)
    low, high = (float(f"{end:.{DIGITS}g}") for end in ends * scaling.spread[place]
                 + scaling.centre[place])  # fmt: skip
    return low, high
