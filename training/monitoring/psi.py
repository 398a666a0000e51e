"""Whether two groups of deals have different answers: PSI with the cut that fits the counts.

The population stability index of ``n`` and ``m`` deals alike in truth is about chi-square with
``bins - 1`` degrees of freedom, times ``1/n + 1/m``. A fixed cut of 0.1 or 0.25 ignores that: at
30 deals it cries in nine months of ten without any drift.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2

Codes: TypeAlias = NDArray[np.intp]

N_BINS = 5
CONFIDENCE = 0.95
HALF_A_DEAL = 0.5
"""Added to each bin, as an empty one would make the index infinite."""


@dataclass(frozen=True, slots=True)
class Stability:
    """The index, the cut above which it is more than chance (95 %), its chance, the bins."""

    psi: float
    cut: float
    p: float
    bins: int


def number_bins(reference: NDArray[np.float64], values: NDArray[np.float64]) -> Codes:
    """Return in which fifth of the reference each value is; ties make fewer bins.

    >>> number_bins(np.arange(10.0), np.array([-5.0, 3.0, 99.0])).tolist()
    [0, 1, 4]
    """
    inner = np.linspace(0, 1, N_BINS + 1)[1:-1]
    edges = np.unique(np.quantile(reference, inner, method="higher"))
    edges = edges[edges > reference.min()]
    return np.searchsorted(edges, values, side="right")


def label_bins(reference: Codes, values: Codes, n_labels: int) -> Codes:
    """Return a bin for each of the most frequent labels of the reference; the rest share one."""
    counts = np.bincount(reference, minlength=n_labels)
    frequent = np.argsort(-counts, kind="stable")[: N_BINS - 1]
    place = np.full(n_labels, N_BINS - 1, dtype=np.intp)
    place[frequent] = np.arange(len(frequent))
    return place[values]


def stability(
    reference: Codes,
    current: Codes,
    groups: tuple[NDArray[np.intp], NDArray[np.intp]] | None = None,
) -> Stability | None:
    """Return how far two groups of binned answers are apart; None where all are in one bin.

    ``groups`` are the accounts of both: deals of one customer are alike, and a hundred deals of
    ten customers are hardly a hundred (Rao and Scott's first-order correction, 1984).
    """
    used, place = np.unique(np.concatenate([reference, current]), return_inverse=True)
    bins, n = len(used), len(reference)
    if bins == 1:
        return None
    before, now = (_shares(codes, bins) for codes in (place[:n], place[n:]))
    psi = float(((now - before) * np.log(now / before)).sum())
    effects = (1.0, 1.0)
    if groups is not None:
        effects = design_effect(place[:n], groups[0]), design_effect(place[n:], groups[1])
    unit = effects[0] / n + effects[1] / len(current)
    cut = float(chi2.ppf(CONFIDENCE, bins - 1)) * unit
    return Stability(psi, cut, float(chi2.sf(psi / unit, bins - 1)), bins)


def design_effect(codes: Codes, groups: NDArray[np.intp]) -> float:
    """Return by how much more the shares vary than those of unrelated deals; at least 1.

    >>> answers = np.array([0, 0, 1, 1])
    >>> design_effect(answers, np.arange(4)), design_effect(answers, answers)
    (1.0, 2.0)
    """
    chosen = codes[:, None] == np.unique(codes)
    share = chosen.mean(axis=0)
    if len(share) == 1:
        return 1.0
    apart = chosen - share
    sums = np.zeros((groups.max() + 1, len(share)))
    np.add.at(sums, groups, apart)
    effects = (sums**2).sum(axis=0) / (apart**2).sum(axis=0)
    return max(1.0, float(((1 - share) * effects).sum() / (len(share) - 1)))


def _shares(codes: Codes, bins: int) -> NDArray[np.float64]:
    counts = np.bincount(codes, minlength=bins) + HALF_A_DEAL
    shares: NDArray[np.float64] = counts / counts.sum()
    return shares


def found_by_benjamini_hochberg(
    p: NDArray[np.float64], level: float = 1 - CONFIDENCE
) -> NDArray[np.bool_]:
    """Return which of many chances are small enough, at most 5 % of those found being false.

    >>> found_by_benjamini_hochberg(np.array([0.001, 0.04, 0.03, 0.9])).tolist()
    [True, False, False, False]
    """
    order = np.argsort(p)
    small = p[order] <= level * np.arange(1, len(p) + 1) / len(p)
    n_found = int(np.flatnonzero(small).max() + 1) if small.any() else 0
    found = np.zeros(len(p), dtype=bool)
    found[order[:n_found]] = True
    return found
