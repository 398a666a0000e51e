"""How much of what was learned still holds later: one number, checked forward in time.

Folds that mix the years cannot see that a pattern has passed. The model is fitted on the earlier
deals and asked about the later ones, among them deals of the same accounts: these were known by
then. Where the outcomes clearly contradict its distance from the base rate, only the part of the
distance that they bear out is kept; where they show no sign of it at all, none is.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Vector = NDArray[np.float64]

EARLIER_SHARE = 0.75
FEWEST_DEALS, FEWEST_A_SIDE = 800, 50
MOST_DEALS = 20_000
DOUBT = 1.64
"""Standard errors: what is less than that away may be chance."""


def share_that_holds(
    fit_and_ask: Callable[[NDArray[np.intp], NDArray[np.intp]], Vector],
    y: Vector,
    closed_on: NDArray[np.datetime64],
) -> float:
    """Return how much of the distance from the base rate to keep, 0 to 1.

    ``fit_and_ask`` fits on some places and returns the log-odds of others; the arrays have shape
    (n_deals,). 1 where there are too few dated deals to tell.
    """
    dated = np.flatnonzero(~np.isnat(closed_on))
    order = dated[np.argsort(closed_on[dated], kind="stable")][-MOST_DEALS:]
    if len(order) < FEWEST_DEALS:
        return 1.0
    cut = closed_on[order[int(len(order) * EARLIER_SHARE)]]
    later = order[closed_on[order] >= cut]
    earlier = order[closed_on[order] < cut]
    if any(min(y[side].sum(), (1 - y[side]).sum()) < FEWEST_A_SIDE for side in (earlier, later)):
        return 1.0
    return kept_share(fit_and_ask(np.sort(earlier), later), y[later])


def kept_share(log_odds: Vector, y: Vector) -> float:
    """Return the share of the log-odds' spread that outcomes bear out, given the doubt."""
    slope, error = slope_of(log_odds, y)
    if slope < DOUBT * error:
        return 0.0
    missing = 1.0 - slope
    if missing <= DOUBT * error:
        return 1.0
    return 1.0 - missing * (1.0 - (DOUBT * error / missing) ** 2)


def slope_of(log_odds: Vector, y: Vector) -> tuple[float, float]:
    """Return the slope of outcomes on log-odds (Cox), its intercept free, and its error."""
    centred = log_odds - log_odds.mean()
    if not centred.any():
        return 0.0, np.inf
    theta = np.array([np.log((y.sum() + 0.5) / ((1 - y).sum() + 0.5)), 1.0])
    parts = np.column_stack([np.ones(len(y)), centred])
    for _ in range(25):
        p = expit(parts @ theta)
        bend = parts.T @ (parts * (p * (1 - p))[:, None]) + 1e-6 * np.eye(2)
        step = np.linalg.solve(bend, parts.T @ (y - p))
        theta = theta + np.clip(step, -1.0, 1.0)
        if np.abs(step).max() < 1e-9:  # noqa: PLR2004 (the last digits)
            break
    return float(theta[1]), float(np.sqrt(np.linalg.inv(bend)[1, 1]))
