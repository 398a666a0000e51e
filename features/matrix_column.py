"""One column of the matrix that the model sees: where it comes from, and which way is better."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Literal, NamedTuple, TypeAlias

from features.track_columns import track_column

Kind: TypeAlias = Literal[
    "value", "rank", "level", "other", "unknown", "inapplicable", "track", "criterion"
]


class Way(NamedTuple):
    """Which way is better: 1 or -1, and whether the past may contradict it."""

    sign: int
    firm: bool


class CriterionSign(Enum):
    """Whether more points of a criterion never lower the probability."""

    FIRM = "firm"
    EXPECTED = "expected"
    FREE = "free"


Directions: TypeAlias = Mapping[tuple[str, str | None], Way]
"""Which way is better, by field and level; the level None is the field's number."""
CriterionSigns: TypeAlias = Mapping[str, CriterionSign]

NO_WAY = Way(0, firm=False)


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """One column of the matrix: where it comes from, and which way is better (1, -1, or 0).

    ``better`` always holds; ``expected`` until the past clearly contradicts it. ``field`` is the
    id of the criterion where the column holds its points.
    """

    field: str
    kind: Kind
    level: str | None = None
    better: int = 0
    expected: int = 0

    @property
    def name(self) -> str:
        """The column's name, unique in its schema."""
        names: dict[Kind, str] = {
            "value": self.field,
            "rank": self.field,
            "level": f"{self.field}={self.level}",
            "other": f"{self.field} (rare)",
            "unknown": f"{self.field} (unknown)",
            "inapplicable": f"{self.field} (not applicable)",
            "track": f"{self.field} ({self.level})",
            "criterion": f"{self.field} (points)",
        }
        return names[self.kind]

    @property
    def source(self) -> str:
        """The column of the table that it is made from."""
        if self.kind == "track":
            return track_column(self.field, str(self.level))
        return criterion_column(self.field) if self.kind == "criterion" else self.field


def criterion_column(name: str) -> str:
    """Return the name of the column of a criterion's points; no field has a point in its name.

    >>> criterion_column("known_customer")
    'known_customer.points'
    """
    return f"{name}.points"


def directed(name: str, kind: Kind, level: str | None, directions: Directions) -> MatrixColumn:
    """Return a column with the way that the policy gives it, if any."""
    way = directions.get((name, level), NO_WAY)
    better, expected = (way.sign, 0) if way.firm else (0, way.sign)
    return MatrixColumn(name, kind, level, better, expected)


def of_criterion(name: str, sign: CriterionSign) -> MatrixColumn:
    """Return the column of a criterion's points."""
    better, expected = int(sign is CriterionSign.FIRM), int(sign is CriterionSign.EXPECTED)
    return MatrixColumn(name, "criterion", None, better, expected)
