"""Where closed deals clearly contradict a direction that the policy's points suggest."""

import numpy as np
from numpy.typing import NDArray

from models.logistic import LogisticProblem, Signs

Vector = NDArray[np.float64]

DOUBT = 2.0
"""Standard errors beyond which a coefficient's wrong sign is no chance."""


def contradiction(problem: LogisticProblem, theta: Vector, ways: Signs) -> Vector:
    """Return by how many standard errors outcomes go the other way, shape (n_columns,).

    Looked at is where each coefficient would go by itself if nothing bounded or drew it, the
    others left where they are: a Newton step by the likelihood alone. Below zero outcomes go the
    way that is expected; zero where there is no way, or nothing to tell it by.
    """
    slope, curve = problem.loss().derivatives(theta)
    bend = np.diag(curve)[1:-1]
    known = bend > 0
    alone = theta[1:-1][known] - slope[1:-1][known] / bend[known]
    against = np.zeros(len(ways))
    against[known] = -ways[known] * alone * np.sqrt(bend[known])
    return against


def contradicted(problem: LogisticProblem, theta: Vector, ways: Signs) -> NDArray[np.bool_]:
    """Return the columns whose outcomes go clearly the other way, shape (n_columns,)."""
    return np.asarray(contradiction(problem, theta, ways) > DOUBT)
