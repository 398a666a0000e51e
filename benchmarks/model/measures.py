"""The one measure of the benchmark: log-loss, in nats a deal."""

import numpy as np

from benchmarks.model.facts import Vector

ALMOST_SURE = 1e-9


def mean_loss(p_win: Vector, truth: Vector) -> float:
    """Return the mean log-loss of probabilities, expected where the truth is one too.

    Both have shape (n_deals,); ``truth`` is 1 or 0 where an outcome is known, and else the true
    probability: that has the noise of the outcomes taken out.

    >>> round(mean_loss(np.array([0.5, 0.5]), np.array([1.0, 0.3])), 4)
    0.6931
    """
    p = np.clip(p_win, ALMOST_SURE, 1 - ALMOST_SURE)
    return float(-(truth * np.log(p) + (1 - truth) * np.log1p(-p)).mean())
