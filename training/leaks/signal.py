"""What one column alone says of the outcome: cross-fitted, with an honest lower bound."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit
from scipy.stats import beta, binom, norm

from training.leaks.levels import Levels

FOLDS = 5
PRIOR_DEALS = 2.0
COIN_TOSS = 0.5
RISK = 0.01
"""Chance that any column of a table of pure noise looks better than it is."""


@dataclass(frozen=True, slots=True)
class Signal:
    """How a column does alone on closed deals that it was not fitted to.

    ``auc`` and the lower bound ``low`` of it, corrected for the number of columns; ``skill``, the
    share of the base rate's log-loss that it takes away (negative for noise).
    """

    auc: float
    low: float
    skill: float

    @property
    def tells(self) -> bool:
        """Whether it surely does better than a coin."""
        return self.low > COIN_TOSS


def strictness(n_looks: int) -> float:
    """Return how many standard errors a finding must stand out by when one looks so often.

    >>> round(strictness(1), 2), round(strictness(100), 2)
    (2.33, 3.72)
    """
    return float(norm.isf(RISK / max(n_looks, 1)))


def signal(levels: Levels, won: NDArray[np.float64], z: float) -> Signal:
    """Return the cross-fitted signal of a column; all arrays have shape (n_closed,).

    Each deal is given the win rate of its level among the deals of the other folds, drawn to their
    base rate by two deals of it. Everything happens in the table of folds by levels, so that a
    million deals cost no more than counting them.
    """
    size = len(levels.names) + 1
    folds = np.random.default_rng(0).permutation(len(won)) % FOLDS
    cells = folds * size + levels.codes
    deals = np.bincount(cells, minlength=FOLDS * size).astype(np.float64).reshape(FOLDS, size)
    wins = np.asarray(np.bincount(cells, won, FOLDS * size), dtype=np.float64)
    wins = wins.reshape(FOLDS, size)
    other_deals, other_wins = deals.sum(0) - deals, wins.sum(0) - wins
    base = (other_wins.sum(1) / other_deals.sum(1)).clip(1e-6, 1 - 1e-6)[:, None]
    p = (other_wins + PRIOR_DEALS * base) / (other_deals + PRIOR_DEALS)
    auc = area_under_curve(p.ravel(), wins.ravel(), (deals - wins).ravel())
    return Signal(
        auc, lower_area(auc, won, z), 1 - _loss(p, wins, deals) / _loss(base, wins, deals)
    )


def area_under_curve(
    scores: NDArray[np.float64], won: NDArray[np.float64], others: NDArray[np.float64]
) -> float:
    """Return the AUC of cells with a score each, of which so many deals were won or not.

    >>> area_under_curve(np.array([0.1, 0.9]), np.array([1.0, 3.0]), np.array([4.0, 0.0]))
    0.875
    """
    distinct, place = np.unique(scores, return_inverse=True)
    up, down = (np.bincount(place, counts, len(distinct)) for counts in (won, others))
    below = np.cumsum(down) - down
    pairs = up.sum() * down.sum()
    return float((up * (below + down / 2)).sum() / pairs) if pairs else COIN_TOSS


def lower_area(auc: float, won: NDArray[np.float64], z: float) -> float:
    """Return a lower bound of an AUC, ``z`` standard errors down (Hanley and McNeil 1982).

    It is drawn to one half by a deal's worth first: a perfect split of ten deals proves little.
    """
    n_won = won.sum()
    n_other = len(won) - n_won
    rarer = min(n_won, n_other)
    drawn = (auc * rarer + 0.5) / (rarer + 1)
    q_won, q_other = drawn / (2 - drawn), 2 * drawn**2 / (1 + drawn)
    spread = drawn * (1 - drawn)
    spread += (n_won - 1) * (q_won - drawn**2) + (n_other - 1) * (q_other - drawn**2)
    return float(drawn - z * np.sqrt(spread / (n_won * n_other)))


def log_odds_gap(
    won: NDArray[np.float64], deals: NDArray[np.intp], z: float
) -> NDArray[np.float64]:
    """Return how far each level's log-odds of winning surely lie from the rest's, in log-odds.

    The nearer end of an interval of ``z`` standard errors: 0 where it holds zero.
    """
    a, b = won + 0.5, deals - won + 0.5
    c, d = won.sum() - won + 0.5, (deals - won).sum() - (deals - won) + 0.5
    gap = np.log(a / b) - np.log(c / d)
    near = np.abs(gap) - z * np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return np.asarray(np.sign(gap) * np.maximum(near, 0.0), dtype=np.float64)


def chance_of_purity(odd: int, deals: int, rate: float) -> float:
    """Return how likely so few (``odd``) deals of the other ending are, where ``rate`` is usual.

    >>> chance_of_purity(0, 10, 0.5)
    0.0009765625
    """
    return float(binom.cdf(odd, deals, rate))


def purity_gap(odd: int, deals: int, usual: float, n_looks: int) -> float:
    """Return how much purer than usual some deals surely are, in log-odds; 0 where it may be luck.

    ``odd`` of the deals ended otherwise; elsewhere a share ``usual`` does. Where nearly all deals
    are lost anyway, a value without a won deal says little, however many deals have it.

    >>> round(purity_gap(0, 200, 0.5, 100), 1), purity_gap(0, 20, 0.15, 100)
    (3.1, 0.0)
    """
    most = float(beta.ppf(1 - RISK / max(n_looks, 1), odd + 1, deals - odd))
    return max(float(logit(np.clip(usual, 1e-6, 1 - 1e-6)) - logit(most)), 0.0)


def _loss(p: NDArray[np.float64], wins: NDArray[np.float64], deals: NDArray[np.float64]) -> float:
    return float(-(wins * np.log(p) + (deals - wins) * np.log1p(-p)).sum())
