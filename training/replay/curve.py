"""One order of work over past deals: what is kept after each share of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from reports.replay.efficiency import ENOUGH, GRID, MARKS, Track
from training.evaluation.bootstrap import N_SLOW_DRAWS, drawn_counts
from training.replay.draws import figure_of

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
Places = NDArray[np.intp]

SHARES: Vector = np.linspace(0.0, 1.0, GRID)
MOST_STEPS = 1_000


@dataclass(frozen=True, slots=True)
class Order:
    """Deals in the order of work: ``rows`` has shape (n_deals,), and ``starts`` (n_steps,).

    A step is the deals that the order does not tell apart; ``starts`` are where each begins.
    """

    rows: Places
    starts: Places

    @staticmethod
    def by(*scores: Vector) -> "Order":
        """Return the order by scores, the highest first; later ones tell ties of earlier apart.

        NaN comes last.
        """
        keys = [np.where(np.isnan(score), np.inf, -score) for score in scores]
        rows = np.lexsort(keys[::-1])
        new = np.ones(len(rows), dtype=bool)
        if len(rows):
            new[1:] = np.any([key[rows][1:] != key[rows][:-1] for key in keys], axis=0)
        return Order(rows, np.flatnonzero(new))

    @staticmethod
    def best(work: Vector, kept: Vector) -> "Order":
        """Return the best order there is: by what each deal brings for its work.

        It keeps at least as much as any other order after every share of the work, and is
        therefore concave (Dantzig 1957).
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = kept / work
        return Order.by(np.where((work == 0) & (kept == 0), 0.0, rate))


def cumulated(order: Order, values: Matrix) -> Matrix:
    """Return the sums after each step, from 0 on; shape (..., n_steps + 1) of (..., n_deals)."""
    steps = np.add.reduceat(values[..., order.rows], order.starts, axis=-1)
    nothing = np.zeros((*steps.shape[:-1], 1))
    return np.asarray(np.concatenate([nothing, np.cumsum(steps, axis=-1)], axis=-1))


def kept_at(shares: Vector, work: Vector, kept: Vector) -> Vector:
    """Return what is kept at shares of the work, on the straight lines between the steps.

    ``work`` and ``kept`` are shares after each step. Steps without work are taken at once.
    """
    step = np.searchsorted(work, shares, side="right") - 1
    after = np.minimum(step + 1, len(work) - 1)
    way = work[after] - work[step]
    part = np.where(way > 0, (shares - work[step]) / np.where(way > 0, way, 1.0), 0.0)
    return np.asarray(kept[step] + part * (kept[after] - kept[step]))


def enough_at(work: Vector, kept: Vector) -> float:
    """Return the share of the work at which 90 % is kept."""
    step = int(np.argmax(kept >= ENOUGH))
    if not step:
        return 0.0
    low, high = kept[step - 1], kept[step]
    part = (ENOUGH - low) / (high - low)
    return float(work[step - 1] + part * (work[step] - work[step - 1]))


def track_of(
    order: Order, work: Vector, kept: Vector, cluster: Places, *, seed: int
) -> Track | None:
    """Return the track of an order, None where there is no work or nothing to keep."""
    if work.sum() <= 0 or kept.sum() <= 0:
        return None
    along_work, along_kept = (_shares(cumulated(order, values)) for values in (work, kept))
    marks, enough = _drawn(order, work, kept, cluster, seed)
    at = kept_at(np.array(MARKS), along_work, along_kept)
    return Track(
        kept=tuple(kept_at(SHARES, along_work, along_kept).tolist()),
        marks=tuple(figure_of(value, marks[:, n]) for n, value in enumerate(at)),
        enough_at=figure_of(enough_at(along_work, along_kept), enough),
    )


def _shares(cumulative: Matrix) -> Matrix:
    """Return sums as shares of the last, which is exactly one."""
    return np.asarray(cumulative / cumulative[..., -1:])


def _drawn(
    order: Order, work: Vector, kept: Vector, cluster: Places, seed: int
) -> tuple[Matrix, Vector]:
    """Return the marks, shape (n_draws, 3), and where enough is kept, in draws of accounts.

    Of very many steps some are taken together: the intervals do not need every deal.
    """
    n_accounts = int(cluster.max(initial=-1)) + 1
    found: list[Vector] = []
    if n_accounts > 1:
        works, keeps = (_by_step(order, values, cluster, n_accounts) for values in (work, kept))
        for counts in drawn_counts(n_accounts, N_SLOW_DRAWS, seed=seed):
            along = [np.cumsum(sums @ counts.T, axis=0).T for sums in (works, keeps)]
            found += [_looked_at(*pair) for pair in zip(*along, strict=True)]
    figures = np.array(found).reshape(-1, len(MARKS) + 1)
    return figures[:, :-1], figures[:, -1]


def _by_step(order: Order, values: Vector, cluster: Places, n_accounts: int) -> csr_array:
    """Return sums by step and account, shape (n_steps + 1, n_accounts), the first of nothing."""
    step = np.zeros(len(values), dtype=np.intp)
    step[order.starts[1:]] = 1
    step = np.cumsum(step)
    n_steps = min(len(order.starts), MOST_STEPS)
    step = step * n_steps // len(order.starts) + 1
    places = (step, cluster[order.rows])
    return csr_array((values[order.rows], places), shape=(n_steps + 1, n_accounts))


def _looked_at(work: Vector, kept: Vector) -> Vector:
    """Return the marks of one draw and where enough is kept; NaN where there is nothing."""
    if work[-1] <= 0 or kept[-1] <= 0:
        return np.full(len(MARKS) + 1, np.nan)
    work, kept = _shares(work), _shares(kept)
    return np.append(kept_at(np.array(MARKS), work, kept), enough_at(work, kept))
