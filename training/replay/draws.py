"""Figures with their intervals: whole accounts drawn again and again, the same for all figures."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.replay.report import Figure
from training.evaluation.bootstrap import N_DRAWS, drawn_counts, interval_of

Matrix = NDArray[np.float64]
Places = NDArray[np.intp]

MANY_ACCOUNTS = 20_000
N_DRAWS_OF_MANY = 500


@dataclass(frozen=True, slots=True)
class Drawn:
    """Sums over deals: as they are, shape (n,), and in each draw of accounts, (n_draws, n).

    Without a draw, of one account, there are no intervals.
    """

    total: Matrix
    draws: Matrix

    def __getitem__(self, places: slice) -> "Drawn":
        return Drawn(self.total[places], self.draws[:, places])

    def __add__(self, other: "Drawn") -> "Drawn":
        return Drawn(self.total + other.total, self.draws + other.draws)

    def __sub__(self, other: "Drawn") -> "Drawn":
        return Drawn(self.total - other.total, self.draws - other.draws)

    def figure(self, place: int) -> Figure:
        """Return one sum as a figure."""
        return figure_of(self.total[place], self.draws[:, place])

    def ratio(self, place: int, other: "Drawn", other_place: int) -> Figure | None:
        """Return one sum over another as a figure, None where the other is zero."""
        if not other.total[other_place]:
            return None
        with np.errstate(divide="ignore", invalid="ignore"):
            draws = self.draws[:, place] / other.draws[:, other_place]
        return figure_of(self.total[place] / other.total[other_place], draws)


def figure_of(value: float, draws: Matrix) -> Figure:
    """Return a figure with the interval of its draws, where there are enough of them."""
    found = interval_of(draws) if len(draws) else None
    low, high = (None, None) if found is None else found
    return Figure(value=float(value), low=low, high=high)


def drawn(totals: Sequence[Matrix], *, seed: int) -> list[Drawn]:
    """Return sums by account, shape (n_accounts, n_figures), as they are drawn together."""
    everything = np.concatenate(totals, axis=1)
    n_accounts = len(everything)
    n_draws = N_DRAWS_OF_MANY if n_accounts > MANY_ACCOUNTS else N_DRAWS
    draws = np.empty((0, everything.shape[1]))
    if n_accounts > 1:
        counts = drawn_counts(n_accounts, n_draws, seed=seed)
        draws = np.concatenate([some @ everything for some in counts])
    ends = np.cumsum([one.shape[1] for one in totals])
    whole = Drawn(everything.sum(axis=0), draws)
    return [
        whole[end - one.shape[1] : end] for one, end in zip(totals, ends.tolist(), strict=True)
    ]
