"""What the policy expects of its criteria, as a prior of the logistic part."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.policy import Criterion

Vector = NDArray[np.float64]

SPREADS_A_REACH = 3.0
"""How many standard deviations lie between a criterion's lowest and highest points, roughly."""


@dataclass(frozen=True, slots=True)
class ExpertPrior:
    """What each column's points are worth; all arrays have shape (n_columns,).

    ``unit`` is the log-odds a point is worth where the scorecard is worth one log-odds a standard
    deviation, 0 for columns that hold no points; ``middle`` and ``reach`` are the middle and the
    width of the points that the criterion gives.
    """

    unit: Vector
    middle: Vector
    reach: Vector

    @staticmethod
    def of(criteria: Iterable[Criterion], columns: Sequence[str | None]) -> "ExpertPrior | None":
        """Return the prior of some columns, each the id of a criterion or None.

        None where no column holds points. The scorecard's standard deviation is that of criteria
        that are independent and answered evenly: it is known before any deal has closed.
        """
        points = {criterion.id: criterion.attainable() for criterion in criteria}
        seen = [None if name is None else points[name] for name in columns]
        reach = np.array([0.0 if worth is None else float(np.ptp(worth)) for worth in seen])
        spread = float(np.sqrt(np.sum((reach / SPREADS_A_REACH) ** 2)))
        if not spread:
            return None
        middle = np.array([0.0 if w is None else (max(w) + min(w)) / 2 for w in seen])
        return ExpertPrior(np.where(reach > 0, 1 / spread, 0.0), middle, reach)

    @property
    def holds_points(self) -> NDArray[np.bool_]:
        """Which columns hold points."""
        return np.asarray(self.unit > 0)
