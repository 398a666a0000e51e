"""What models said of held-out deals, side by side with what happened."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.closed_deals import ClosedDeals
from training.evaluation.judge import JudgedSplit

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimates:
    """Estimates for held-out deals; arrays have shape (n_estimates,), a deal may be in several.

    ``row`` is the place of the deal among the closed deals; ``base`` the base rate of the deals
    that taught; ``cluster`` numbers the group of the deal from 0, by which draws are made.
    """

    row: NDArray[np.intp]
    p_win: Vector
    won: Vector
    base: Vector
    cluster: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.won)

    @property
    def n_clusters(self) -> int:
        """How many groups there are."""
        return int(self.cluster.max(initial=-1)) + 1

    def take(self, some: NDArray[np.intp] | NDArray[np.bool_]) -> "Estimates":
        """Return some of the estimates, their clusters numbered anew."""
        return Estimates(
            row=self.row[some],
            p_win=self.p_win[some],
            won=self.won[some],
            base=self.base[some],
            cluster=np.unique(self.cluster[some], return_inverse=True)[1],
        )

    def first(self) -> "Estimates":
        """Return the first estimate of each deal: what is left when no deal may count twice."""
        return self.take(np.sort(np.unique(self.row, return_index=True)[1]))


def estimates_of(deals: ClosedDeals, judged: Sequence[JudgedSplit]) -> Estimates:
    """Return the estimates of all splits, one split after the other."""
    rows = np.concatenate([one.split.held_out for one in judged])
    return Estimates(
        row=rows,
        p_win=np.concatenate([one.p_win for one in judged]),
        won=deals.won[rows],
        base=np.repeat([j.base_rate for j in judged], [len(j.split.held_out) for j in judged]),
        cluster=np.unique(deals.groups[rows], return_inverse=True)[1],
    )
