"""How a model does on deals it has not seen, beside always answering the base rate."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

from features.policy import Policy
from models.logistic import fit_logistic
from models.win_model import WinModel
from reports.review import EvaluationSummary, ReliabilityBin
from training.closed_deals import ClosedDeals
from training.fit import fit_model
from training.split import Split, SplitKind

Vector = NDArray[np.float64]

N_DRAWS = 2_000
N_BINS = 10
ALMOST_SURE = 1e-6
LOWER_IS_BETTER = ("log_loss", "brier")


@dataclass(frozen=True, slots=True)
class JudgedSplit:
    """A model fitted on one side of a split, and what it says of the other."""

    split: Split
    model: WinModel
    p_win: Vector
    base_rate: float


def judge_splits(
    deals: ClosedDeals,
    policy: Policy,
    splits: Sequence[Split],
    *,
    seed: int,
    tell: Callable[[], None] = lambda: None,
) -> list[JudgedSplit]:
    """Fit and score each split; ``tell`` is called after each, for a progress bar."""
    judged = []
    for split in splits:
        teaching = deals.take(split.train)
        model = fit_model(teaching, policy, seed=seed)
        p_win, _ = model.p_win(deals.table.take(split.held_out))
        judged.append(JudgedSplit(split, model, p_win, float(teaching.won.mean())))
        tell()
    return judged


def scores(p_win: Vector, won: Vector) -> dict[str, float]:
    """Return log-loss (nats), Brier score and AUC; both arrays have shape (n_deals,)."""
    found = {
        "log_loss": float(log_loss(won, p_win, labels=[0.0, 1.0])),
        "brier": float(brier_score_loss(won, p_win)),
    }
    if 0 < won.sum() < len(won):  # else there is nothing to rank
        found["auc"] = float(roc_auc_score(won, p_win))
    return found


def calibration(p_win: Vector, won: Vector) -> dict[str, float]:
    """Return slope and intercept of outcomes on the log-odds: 1 and 0 when calibrated (Cox).

    Empty where every deal has the same probability: no slope can be told then.
    """
    log_odds = logit(np.clip(p_win, ALMOST_SURE, 1 - ALMOST_SURE))
    if np.ptp(log_odds) == 0:
        return {}
    fitted = fit_logistic(log_odds[:, None], won, penalty=1e-6, squeeze=False)
    slope = float(fitted.coefficients[0])
    intercept = fitted.intercept - slope * float(fitted.scaling.mean[0])
    return {"calibration_slope": slope, "calibration_intercept": intercept}


def reliability(p_win: Vector, won: Vector) -> tuple[ReliabilityBin, ...]:
    """Return up to ten bins of about equal size, in rising order of probability."""
    order = np.argsort(p_win, kind="stable")
    return tuple(
        ReliabilityBin(
            deals=len(rows), promised=float(p_win[rows].mean()), won=float(won[rows].mean())
        )
        for rows in np.array_split(order, min(N_BINS, len(order)))
    )


def summarise(
    deals: ClosedDeals, judged: Sequence[JudgedSplit], kind: SplitKind, *, seed: int
) -> EvaluationSummary:
    """Return the figures of all splits together."""
    each, bases, gains = [], [], np.zeros(len(deals))
    for one in judged:
        won = deals.won[one.split.held_out]
        base = np.full(len(won), one.base_rate)
        each.append(scores(one.p_win, won) | calibration(one.p_win, won))
        bases.append(scores(base, won))
        np.add.at(gains, one.split.held_out, _loss(base, won) - _loss(one.p_win, won))
    p_all = np.concatenate([one.p_win for one in judged])
    won_all = np.concatenate([deals.won[one.split.held_out] for one in judged])
    held_out = np.unique(np.concatenate([one.split.held_out for one in judged]))
    better = [m["log_loss"] < b["log_loss"] for m, b in zip(each, bases, strict=True)]
    return EvaluationSummary(
        split=kind,
        n_splits=len(judged),
        splits_won=sum(better),
        confidence=confidence_of_gain(gains[held_out], deals.groups[held_out], seed=seed),
        metrics=_over_splits(each, np.mean),
        spread=_over_splits(each, np.std),
        base_rate=_over_splits(bases, np.mean),
        reliability=reliability(p_all, won_all),
    )


def confidence_of_gain(gains: Vector, groups: NDArray[np.intp], *, seed: int) -> float:
    """Return the share of bootstrap draws of whole groups in which the mean gain is positive."""
    _, place = np.unique(groups, return_inverse=True)
    totals = np.bincount(place, weights=gains)
    random = np.random.default_rng(seed)
    sums = [totals[random.integers(len(totals), size=len(totals))].sum() for _ in range(N_DRAWS)]
    return float(np.mean(np.array(sums) > 0))


def _loss(p_win: Vector, won: Vector) -> Vector:
    loss: Vector = -np.log(np.where(won == 1, p_win, 1 - p_win))
    return loss


def _over_splits(
    rows: Sequence[dict[str, float]], statistic: Callable[[list[float]], np.floating]
) -> dict[str, float]:
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: float(statistic([r[name] for r in rows if name in r])) for name in names}
