"""The deals under suspicion: columns as they are on file, and how each deal ended."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from training.outcomes.outcome import Outcome

Days = NDArray[np.datetime64]


@dataclass(frozen=True, kw_only=True)
class LabelledDeals:
    """A typed table with its outcomes; every array has shape (n_deals,).

    ``frame``
        float64 with NaN, booleans, datetime64, and categories or texts with NaN where empty;
        without the outcome column. Open deals belong in it: what they lack is evidence.
    ``outcome``
        the five words of ``training.outcomes.Outcome``;
    ``created_on``, ``closed_on``
        days (NaT: unknown), where the source says which columns hold them;
    ``last_day``
        the day of the export; by default the last closing.
    """

    frame: pd.DataFrame
    outcome: NDArray[np.object_]
    created_on: Days | None = None
    closed_on: Days | None = None
    last_day: np.datetime64 | None = None

    def __post_init__(self) -> None:
        """Refuse arrays of another length."""
        for name in ("outcome", "created_on", "closed_on"):
            values = getattr(self, name)
            if values is not None and len(values) != len(self.frame):
                raise ValueError(f"{name} has {len(values)} deals, the frame {len(self.frame)}")

    @cached_property
    def closed(self) -> NDArray[np.bool_]:
        """Which deals were worked to their end, and so teach."""
        return np.isin(self.outcome, [one for one in Outcome if one.teaches])

    @cached_property
    def open(self) -> NDArray[np.bool_]:
        """Which deals have not ended."""
        return np.asarray(self.outcome == Outcome.OPEN)

    @cached_property
    def won(self) -> NDArray[np.float64]:
        """Whether each of the closed deals was won, shape (n_closed,)."""
        return np.asarray(self.outcome[self.closed] == Outcome.WON, dtype=np.float64)

    @property
    def rarer(self) -> int:
        """How many closed deals have the rarer of the two endings."""
        n_won = int(self.won.sum())
        return min(n_won, len(self.won) - n_won)

    def filled(self, column: str) -> NDArray[np.bool_]:
        """Return which deals have a value."""
        return self.frame[column].notna().to_numpy(dtype=bool)
