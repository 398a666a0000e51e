"""How the parts of the win probability are learned, and learned again on other deals."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

from models.boosting import (
    CrossFitted,
    Effort,
    choose_trees,
    fit_trees,
    shapes_for,
    tree_settings,
)
from models.contradictions import DOUBT, contradiction
from models.expert import ExpertPrior
from models.folds import N_FOLDS, N_FOLDS_OF_MANY, Fold, folds_for, grouped_folds
from models.forest import raw_score
from models.forward_check import share_that_holds
from models.logistic import Logistic, LogisticProblem, Opinion, logistic_of
from models.penalties import Penalties, weigh_penalties
from models.scaling import Scaling
from models.stack import LOGISTIC_ALONE, Stack, even_share, fit_stack

Vector = NDArray[np.float64]

USUAL_PENALTY = 10.0
FEWEST_FOR_TREES = 10
"""Deals of the rarer outcome below which no tree is grown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """Closed deals as the estimator learns from them.

    Shapes: ``X`` (n_deals, n_columns); ``y``, ``groups``, ``weights`` and ``closed_on``
    (n_deals,); ``firm`` and ``expected`` (n_columns,), 1, 0 or -1.
    """

    X: Vector
    y: Vector
    groups: NDArray[Any]
    weights: Vector
    closed_on: NDArray[np.datetime64] | None
    firm: NDArray[np.int_]
    expected: NDArray[np.int_]
    expert: ExpertPrior | None

    @property
    def n_rarer(self) -> int:
        """How many deals had the rarer outcome."""
        return int(min(self.y.sum(), len(self.y) - self.y.sum()))

    def take(self, rows: NDArray[np.intp]) -> "Taught":
        """Return some of the deals."""
        return replace(
            self,
            X=self.X[rows],
            y=self.y[rows],
            groups=self.groups[rows],
            weights=self.weights[rows],
            closed_on=None if self.closed_on is None else self.closed_on[rows],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What was chosen on the way: enough to learn again from other deals without choosing."""

    penalties: Penalties
    signs: NDArray[np.int_]
    trees: CrossFitted | None
    stack: Stack

    def fit(
        self, taught: Taught, opinion: Opinion | None = None
    ) -> tuple[Logistic, lgb.Booster | None]:
        """Return the two parts, learned from some deals, after the usual or another opinion."""
        logistic = _fit_logistic(taught, self.penalties, self.signs, opinion or Opinion())
        trees = self.trees
        if trees is None:
            return logistic, None
        return logistic, fit_trees(
            taught.X, taught.y, taught.weights, trees.settings, trees.rounds
        )

    def log_odds(self, taught: Taught, X: Vector, opinion: Opinion | None = None) -> Vector:
        """Return what the parts learned from some deals say of others, shape (n_others,)."""
        logistic, trees = self.fit(taught, opinion)
        return self.stack.log_odds(logistic.log_odds(X), raw_score(trees, X))


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts, their blend, and what they say of deals they did not learn from (n_deals,).

    ``contradicted`` and ``conflicts`` have shape (n_columns,): where a direction was given up, and
    by how many standard errors deals speak against one, given up or kept; zero where they do not.
    """

    logistic: Logistic
    trees: lgb.Booster | None
    stack: Stack
    contradicted: NDArray[np.bool_]
    conflicts: Vector
    log_odds_out_of_fold: Vector
    recipe: Recipe


def learn_parts(taught: Taught, effort: Effort, seed: int) -> Parts:
    """Choose by folds, then learn from all deals."""
    most = N_FOLDS_OF_MANY if effort == "quick" else N_FOLDS
    n_folds = min(folds_for(len(taught.y)), most)
    folds = grouped_folds(taught.y, taught.groups, seed, n_folds)
    problem, wrong, conflicts = _problem(taught)
    penalties, linear = weigh_penalties(problem, folds)
    trees = _chosen_trees(taught, folds, problem.signs, effort, seed)
    stack = LOGISTIC_ALONE
    if trees is not None:
        share = even_share(taught.n_rarer, has_expert=taught.expert is not None)
        stack = fit_stack(linear, trees.log_odds, taught.y, taught.weights, share)
    recipe = Recipe(penalties=penalties, signs=problem.signs, trees=trees, stack=stack)
    recipe = replace(recipe, stack=_borne_out(taught, recipe))
    logistic, booster = recipe.fit(taught)
    told = np.zeros(len(linear)) if trees is None else trees.log_odds
    return Parts(
        logistic=logistic,
        trees=booster,
        stack=recipe.stack,
        contradicted=wrong,
        conflicts=conflicts,
        log_odds_out_of_fold=recipe.stack.log_odds(linear, told),
        recipe=recipe,
    )


def _problem(taught: Taught) -> tuple[LogisticProblem, NDArray[np.bool_], Vector]:
    """Return the logistic problem, without the directions that deals clearly contradict.

    With it: which these are, and by how much deals speak against any direction, firm ones too.
    """
    scaling = Scaling.learn(taught.X, expert=taught.expert)
    Z = scaling.centred(taught.X)
    hoped = np.where(taught.firm != 0, 0, taught.expected)
    signs = np.where(taught.firm != 0, taught.firm, hoped)
    problem = LogisticProblem(Z, taught.y, taught.weights, signs, taught.expert)
    if not signs.any():
        return problem, np.zeros(len(signs), dtype=bool), np.zeros(len(signs))
    against = contradiction(problem, problem.solve(USUAL_PENALTY), signs)
    conflicts = np.where(against > DOUBT, against, 0.0)
    wrong = (conflicts > 0) & (hoped != 0)
    return replace(problem, signs=np.where(wrong, 0, signs)), wrong, conflicts


def _fit_logistic(
    taught: Taught, penalties: Penalties, signs: NDArray[np.int_], opinion: Opinion
) -> Logistic:
    scaling = Scaling.learn(taught.X, expert=taught.expert)
    Z = scaling.centred(taught.X)
    problem = LogisticProblem(Z, taught.y, taught.weights, signs, taught.expert, opinion)
    return logistic_of(scaling, penalties.averaged(problem))


def _chosen_trees(
    taught: Taught, folds: list[Fold], signs: NDArray[np.int_], effort: Effort, seed: int
) -> CrossFitted | None:
    if taught.n_rarer < FEWEST_FOR_TREES or not folds:
        return None
    n_deals, deals = len(taught.y), (taught.X, taught.y, taught.weights)
    candidates: Iterator[dict[str, Any]] = (
        tree_settings(shape, n_deals, signs, seed) for shape in shapes_for(n_deals, effort)
    )
    if effort == "thorough":
        from models.tuning import search_trees  # noqa: PLC0415 (slow to import, seldom needed)

        return search_trees(*deals, folds, tuple(candidates), seed=seed)
    return choose_trees(*deals, folds, candidates)


def _borne_out(taught: Taught, recipe: Recipe) -> Stack:
    """Return the stack with what later deals bear out of it."""
    if taught.closed_on is None:
        return recipe.stack
    kept = share_that_holds(
        lambda earlier, later: recipe.log_odds(taught.take(earlier), taught.X[later]),
        taught.y,
        taught.closed_on,
    )
    if kept == 1.0:
        return recipe.stack
    rate = float(np.average(taught.y, weights=taught.weights))
    return recipe.stack.drawn_to(float(logit(rate)), kept)
