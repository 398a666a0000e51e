"""Of the deals that are not won, which end without a decision: the third probability.

Most lost deals are lost to nobody: the customer stays as he is. What drives that is not what
drives the competition, so it has a model of its own, and P(no decision) is what is left by P(won)
times its share.
"""

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from models.folds import N_FOLDS, grouped_folds
from models.logistic import Logistic, LogisticProblem, logistic_of
from models.penalties import grid_for, weigh_penalties
from models.scaling import Scaling

Vector = NDArray[np.float64]

FEWEST_OF_EACH = 40


def fit_no_decision(
    X: Vector, no_decision: NDArray[np.bool_], groups: NDArray[np.intp], seed: int
) -> Logistic | None:
    """Return the log-odds of no decision among deals that were not won; None on too few.

    ``X`` has shape (n_not_won, n_columns), the others (n_not_won,).
    """
    y = no_decision.astype(np.float64)
    if min(y.sum(), len(y) - y.sum()) < FEWEST_OF_EACH:
        return None
    scaling = Scaling.learn(X)
    free = np.zeros(X.shape[1], dtype=int)
    problem = LogisticProblem(scaling.centred(X), y, np.ones(len(y)), free)
    with threadpool_limits(1, "blas"):
        choice = len(grid_for(len(y))) > 1
        folds = grouped_folds(y, groups, seed, N_FOLDS) if choice else []
        penalties, _ = weigh_penalties(problem, folds)
        return logistic_of(scaling, penalties.averaged(problem))
