"""May the probabilities be taken at their word? Three checks that a perfect model passes.

Each check errs on a perfect model at most so often that all together do in one case of twenty
(Bonferroni): twice 2 % and once 1 %.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit
from scipy.stats import norm

from reports.evaluation import CalibrationError, CalibrationVerdict, Check
from training.evaluation.metrics import ALMOST_SURE, calibration
from training.evaluation.reliability import calibration_error

Vector = NDArray[np.float64]

ALLOWED_GAP = 0.05
ALLOWED_SLOPE = (0.7, 1.4)
GAP_LEVEL, SLOPE_LEVEL, ERROR_LEVEL = 0.02, 0.02, 0.01


def is_calibrated(
    p_win: Vector, won: Vector, cluster: NDArray[np.intp] | None = None, *, seed: int = 0
) -> CalibrationVerdict:
    """Return the verdict on probabilities beside outcomes, all arrays of shape (n_deals,).

    Checked are the mean (observed minus expected at most 5 points, or its 98 % interval holds
    zero), the slope (its 98 % interval meets 0.7 to 1.4) and the calibration error (not among the
    largest hundredth of those of a perfect model). ``cluster`` numbers the groups of deals that
    are alike, which makes the intervals wider. Each deal counts once.
    """
    error = calibration_error(p_win, won, seed=seed)
    return judge_calibration(p_win, won, cluster, error)


def judge_calibration(
    p_win: Vector, won: Vector, cluster: NDArray[np.intp] | None, error: CalibrationError
) -> CalibrationVerdict:
    """Return the verdict where the calibration error is known already."""
    members = np.arange(len(won)) if cluster is None else cluster
    return CalibrationVerdict(
        checks=(
            _in_the_large(p_win, won, members),
            _slope(p_win, won, members),
            _error(error),
        )
    )


def gap_error(p_win: Vector, won: Vector, cluster: NDArray[np.intp]) -> float:
    """Return the standard error of observed minus expected, a share.

    It is the larger of what the probabilities themselves imply and what the groups show.
    """
    implied = np.sum(p_win * (1 - p_win))
    shown = np.sum(np.bincount(cluster, weights=won - p_win) ** 2)
    return float(np.sqrt(max(implied, shown)) / len(won))


def _in_the_large(p_win: Vector, won: Vector, cluster: NDArray[np.intp]) -> Check:
    gap, error = float(np.mean(won - p_win)), gap_error(p_win, won, cluster)
    reach = float(norm.ppf(1 - GAP_LEVEL / 2)) * error
    return Check(
        name="in_the_large",
        value=gap,
        low=gap - reach,
        high=gap + reach,
        allowed=(-ALLOWED_GAP, ALLOWED_GAP),
        passed=abs(gap) <= max(ALLOWED_GAP, reach),
    )


def _slope(p_win: Vector, won: Vector, cluster: NDArray[np.intp]) -> Check:
    lowest, highest = ALLOWED_SLOPE
    line = calibration(p_win, won)
    if not line:
        return Check(
            name="slope", value=None, low=None, high=None, allowed=ALLOWED_SLOPE, passed=True
        )
    slope = line["calibration_slope"]
    error = _slope_error(line["calibration_intercept"], slope, p_win, won, cluster)
    reach = float(norm.ppf(1 - SLOPE_LEVEL / 2)) * error
    return Check(
        name="slope",
        value=slope,
        low=slope - reach,
        high=slope + reach,
        allowed=ALLOWED_SLOPE,
        passed=slope + reach >= lowest and slope - reach <= highest,
    )


def _slope_error(
    intercept: float, slope: float, p_win: Vector, won: Vector, cluster: NDArray[np.intp]
) -> float:
    """Return the standard error of the slope, the larger of Fisher's and the sandwich's."""
    x = logit(np.clip(p_win, ALMOST_SURE, 1 - ALMOST_SURE))
    line = np.column_stack([np.ones(len(x)), x])
    p = expit(intercept + slope * x)
    bread = np.linalg.pinv((line * (p * (1 - p))[:, None]).T @ line)
    pulls = np.column_stack(
        [np.bincount(cluster, weights=column * (won - p)) for column in line.T]
    )
    sandwich = bread @ (pulls.T @ pulls) @ bread
    return float(np.sqrt(max(bread[1, 1], sandwich[1, 1])))


def _error(error: CalibrationError) -> Check:
    return Check(
        name="ece",
        value=error.value,
        low=error.null_low,
        high=error.null_high,
        allowed=(0.0, error.null_highest),
        passed=error.p > ERROR_LEVEL,
    )
