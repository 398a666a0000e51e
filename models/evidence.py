"""How far to trust a probability: what became of comparable past deals."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, expit, logit

EvidenceLevel: TypeAlias = Literal["none", "few", "enough", "plenty"]

LEVELS: tuple[tuple[int, EvidenceLevel], ...] = ((200, "plenty"), (40, "enough"), (10, "few"))
DEALS_A_BAND = 50
MOST_BANDS = 200
COVERAGE = 0.90


def evidence_level(n_won: int, n_lost: int) -> EvidenceLevel:
    """Return how much there was to learn from, by the rarer outcome.

    >>> evidence_level(9, 500), evidence_level(40, 60)
    ('none', 'enough')
    """
    rarer = min(n_won, n_lost)
    return next((level for floor, level in LEVELS if rarer >= floor), "none")


def win_rate_interval(won: int, deals: int, coverage: float = COVERAGE) -> tuple[float, float]:
    """Return the Jeffreys interval of a win rate, of 90 % (Brown, Cai, DasGupta 2001).

    >>> low, high = win_rate_interval(0, 10)
    >>> low, round(high, 2)
    (0.0, 0.17)
    """
    tail = (1 - coverage) / 2
    a, b = won + 0.5, deals - won + 0.5
    low = float(betaincinv(a, b, tail)) if won else 0.0
    high = float(betaincinv(a, b, 1 - tail)) if won < deals else 1.0
    return low, high


@dataclass(frozen=True)
class Band:
    """Past deals with a similar out-of-fold probability, and how many of them were won.

    ``below`` is the upper edge of the band, a probability; the last one's is 1.
    """

    below: float
    deals: int
    won: int

    @cached_property
    def interval(self) -> tuple[float, float]:
        """The 90 % interval of the band's win rate."""
        return win_rate_interval(self.won, self.deals)


@dataclass(frozen=True)
class Evidence:
    """Closed deals in bands, in rising order of out-of-fold probability.

    The bands do not overlap: a deal at the edge of one that reached to both sides would be
    compared with deals that are unlike it on one side only.
    """

    parts: tuple[Band, ...]

    @staticmethod
    def learn(p_out_of_fold: NDArray[np.float64], y: NDArray[np.float64]) -> "Evidence":
        """Return bands of about equal size; both arrays have shape (n_deals,), or p is empty."""
        if len(p_out_of_fold) < len(y) or not len(y):
            return Evidence((Band(1.0, len(y), int(y.sum())),))
        n_bands = int(np.clip(len(y) // DEALS_A_BAND, 1, MOST_BANDS))
        quantiles = np.quantile(p_out_of_fold, np.linspace(0, 1, n_bands + 1)[1:-1])
        edges = [*np.unique(quantiles), 1.0]
        place = np.searchsorted(edges[:-1], p_out_of_fold, side="right")
        members = [y[place == band] for band in range(len(edges))]
        return Evidence(
            tuple(
                Band(float(edge), len(ended), int(ended.sum()))
                for edge, ended in zip(edges, members, strict=True)
                if len(ended)
            )
        )

    def moved(self, shift: float) -> "Evidence":
        """Return the same bands where all log-odds have moved: the same deals stay comparable."""
        return Evidence(
            tuple(
                Band(float(expit(logit(band.below) + shift)), band.deals, band.won)
                for band in self.parts
            )
        )

    def bands(self, p_win: NDArray[np.float64]) -> list[Band]:
        """Return the past deals around each probability; shape (n_deals,)."""
        edges = [band.below for band in self.parts[:-1]]
        return [self.parts[place] for place in np.searchsorted(edges, p_win, side="right")]
