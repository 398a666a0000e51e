"""Made-up companies with an expert: four criteria of 0 or 10 points, and two other numbers."""

import numpy as np
from scipy.special import expit

from models.expert import ExpertPrior
from models.win_probability import WinProbability

EXPERT = ExpertPrior(
    unit=np.array([0.1] * 4 + [0.0] * 2),
    middle=np.array([5.0] * 4 + [0.0] * 2),
    reach=np.array([10.0] * 4 + [0.0] * 2),
)
EXPECTED = (1, 1, 1, 1, 0, 0)
ROWS = np.random.default_rng(99).choice([0.0, 10.0], size=(100, 6)) * ([1.0] * 4 + [0.1] * 2)
"""Deals to ask about."""


def company(n, seed, worth=(1.0, 1.0, 1.0, 1.0), unknown=0.0):
    """Return closed deals and outcomes; ``worth`` is what each criterion moves, in log-odds."""
    random = np.random.default_rng(seed)
    points = random.choice([0.0, 10.0], size=(n, 4))
    X = np.column_stack([points, random.normal(size=(n, 2))])
    log_odds = (points / 10 - 0.5) @ np.array(worth) + 0.5 * X[:, 4] - 1.0
    y = (random.random(n) < expit(log_odds)).astype(float)
    X[random.random(X.shape) < unknown] = np.nan
    return X, y


def with_expert(X, y, **settings):
    """Return the estimator that starts from the expert's points."""
    return WinProbability(expected=EXPECTED, expert=EXPERT, **settings).fit(X, y)


def p_of(model, X=ROWS):
    """Return the probabilities of some deals."""
    return expit(model.log_odds(X))


def loss_of(model, X, y):
    """Return the mean log-loss in nats."""
    log_odds = model.log_odds(X)
    return float((np.logaddexp(0, log_odds) - y * log_odds).mean())
