"""Regularised logistic regression that starts from what an expert says and knows its directions.

The coefficients have Gaussian priors. Those of columns that hold the points of the policy are
drawn to one common slope, which is learned itself; all others are drawn to zero. A known direction
bounds a coefficient. Until deals close, the prior is the model.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

from models.bounded_newton import GaussianPrior, LogisticLoss, minimise
from models.expert import ExpertPrior
from models.fixed_order import added_in_order
from models.scaling import Scaling

Vector = NDArray[np.float64]
Signs = NDArray[np.int_]

USUAL_WIN_RATE = 0.3
"""What a company wins of the deals that it works, before any has closed."""
SOME_DEALS = 15_000
SURE_OF_WIN_RATE = 2.0
"""The precision of its log-odds: a standard deviation of 0.7."""
FLAT_SLOPE, SURE_OF_SLOPE = 0.6, 4.0
"""Log-odds a standard deviation of the scorecard, deliberately flat, and the precision of that."""


class Opinion(NamedTuple):
    """What is thought before any deal closes: the usual log-odds, and what points are worth."""

    log_odds: float = float(logit(USUAL_WIN_RATE))
    slope: float = FLAT_SLOPE

    @staticmethod
    def drawn(random: np.random.Generator) -> "Opinion":
        """Return another opinion, as far off as the prior thinks possible."""
        off, steeper = random.standard_normal(2)
        usual = Opinion()
        return Opinion(
            usual.log_odds + float(off) / SURE_OF_WIN_RATE**0.5,
            usual.slope + float(steeper) / SURE_OF_SLOPE**0.5,
        )


MANY_DEALS = 2_000
"""From so many on a column by itself stays in the processor's cache; fewer cost more calls."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """A fitted logistic regression over scaled columns.

    ``coefficients`` has shape (n_columns,) and is in log-odds; ``slope`` is what the points of the
    policy are worth, as a multiple of one log-odds a standard deviation of the scorecard.
    """

    scaling: Scaling
    intercept: float
    coefficients: Vector
    slope: float = 0.0

    def terms(self, X: Vector) -> Vector:
        """Return each column's log-odds, of shape (n_deals, n_columns)."""
        return self.scaling.centred(X) * self.coefficients

    def log_odds(self, X: Vector) -> Vector:
        """Return the log-odds of winning, of shape (n_deals,).

        The terms are added column by column, so that a deal gets the same last bit alone as
        among a million: a matrix product may group its additions by the shape of the batch.
        """
        total = np.full(len(X), self.intercept)
        if len(X) < MANY_DEALS:
            return added_in_order(total, self.terms(X).T)
        for place, column in enumerate(np.ascontiguousarray(X.T)):
            total += self.scaling.centred_column(place, column) * self.coefficients[place]
        return total


@dataclass(frozen=True)
class LogisticProblem:
    """Scaled columns and outcomes, to be fitted under several penalties and on several folds.

    ``Z`` has shape (n_deals, n_columns), ``y`` and ``weights`` (n_deals,); ``signs`` (n_columns,)
    is 1 where a coefficient may not fall below zero, -1 where it may not rise above, else 0.
    """

    Z: Vector
    y: Vector
    weights: Vector
    signs: Signs
    expert: ExpertPrior | None = None
    opinion: Opinion = field(default_factory=Opinion)

    def solve(
        self, penalty: float, rows: NDArray[np.intp] | None = None, start: Vector | None = None
    ) -> Vector:
        """Return intercept, coefficients and slope of the likeliest model, (n_columns + 2,)."""
        loss = self.loss(rows)
        prior = self._prior(penalty)
        low = np.where(self.signs > 0, 0.0, -np.inf)
        high = np.where(self.signs < 0, 0.0, np.inf)
        bounds = np.array([[-np.inf, *low, -np.inf], [np.inf, *high, np.inf]])
        if start is None:
            start = _begin(loss, prior)
            if len(loss.y) > 2 * SOME_DEALS:  # a start that some of the deals give saves steps
                some = loss.every(len(loss.y) // SOME_DEALS)
                start = minimise(some, prior, bounds, start)
        return minimise(loss, prior, bounds, start)

    def loss(self, rows: NDArray[np.intp] | None = None) -> LogisticLoss:
        """Return the loss of some deals, by default of all."""
        if rows is None:
            return LogisticLoss(self.Z, self.y, self.weights)
        return LogisticLoss(self.Z[rows], self.y[rows], self.weights[rows])

    def _prior(self, penalty: float) -> GaussianPrior:
        """Return the prior: deviations from slope times points, and the slope, are Gaussian."""
        n_columns = self.Z.shape[1]
        centre, precision = np.zeros(n_columns + 2), np.zeros((n_columns + 2, n_columns + 2))
        strength = np.full(n_columns, penalty)
        if self.expert is not None:
            points = self.expert.holds_points
            # A deviation counts by what it moves between the lowest and the highest points.
            strength[points] *= (self.expert.unit * self.expert.reach)[points] ** 2
            pull = np.where(points, strength, 0.0)
            centre[0], precision[0, 0] = self.opinion.log_odds, SURE_OF_WIN_RATE
            centre[1:-1][points] = centre[-1] = self.opinion.slope
            precision[1:-1, -1] = precision[-1, 1:-1] = -pull
            precision[-1, -1] = pull.sum() + SURE_OF_SLOPE
        else:
            precision[-1, -1] = 1.0
        places = np.arange(1, n_columns + 1)
        precision[places, places] = strength
        return GaussianPrior(centre, precision)


def _begin(loss: LogisticLoss, prior: GaussianPrior) -> Vector:
    """Return the prior's centre with the intercept of the win rate: a start, no more."""
    begin = prior.centre.copy()
    begin[0] = logit((loss.weights @ loss.y + 0.5) / (loss.weights.sum() + 1.0))
    return begin


def logistic_of(scaling: Scaling, theta: Vector) -> Logistic:
    """Return the model of a solution."""
    return Logistic(scaling, float(theta[0]), np.array(theta[1:-1]), float(theta[-1]))


def fit_logistic(
    X: Vector,
    y: Vector,
    *,
    penalty: float,
    directions: Signs | None = None,
    squeeze: bool = True,
    expert: ExpertPrior | None = None,
    weights: Vector | None = None,
) -> Logistic:
    """Fit by penalised maximum likelihood.

    Parameters
    ----------
    X
        Shape (n_deals, n_columns); NaN is unknown.
    y
        Shape (n_deals,); 1 where won.
    penalty
        Weight of half the squared coefficients against the summed log-loss, so that it is the
        precision of a Gaussian prior around zero, or around the expert's points.
    directions
        Shape (n_columns,): 1 keeps a coefficient at or above zero, -1 at or below, 0 leaves it.
    squeeze
        Whether numbers are brought to one scale first; log-odds are on theirs already.
    weights
        Shape (n_deals,): how much each deal counts; one each by default.
    """
    scaling = Scaling.learn(X, squeeze=squeeze, expert=expert)
    signs = np.zeros(X.shape[1], dtype=int) if directions is None else directions
    counts = np.ones(len(y)) if weights is None else weights
    problem = LogisticProblem(scaling.centred(X), y, counts, signs, expert)
    return logistic_of(scaling, problem.solve(penalty))
