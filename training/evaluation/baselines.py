"""Other ways to tell the odds, beside the model on the same held-out deals."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from features.policy import Policy
from models.scorecard import add_points
from reports.evaluation import Baseline, BaselineName
from training.closed_deals import ClosedDeals
from training.evaluation.bootstrap import drawn_sums, interval_of
from training.evaluation.estimates import Estimates
from training.evaluation.judge import JudgedSplit
from training.evaluation.metrics import auc, cox_lines, log_losses

Vector = NDArray[np.float64]

HUMAN_SUREST = 0.99
"""People write 100 % and 0 %; taken at their word, one surprise would cost them everything."""

FEWEST_DEALS = 20


def baselines(
    deals: ClosedDeals,
    policy: Policy,
    judged: Sequence[JudgedSplit],
    estimates: Estimates,
    *,
    champion_p: Vector | None = None,
    seed: int,
) -> tuple[Baseline, ...]:
    """Return the base rate, and where they are there the scorecard, the champion and the human.

    ``champion_p`` has shape (n_deals,), NaN where the champion may have learned from the deal. A
    baseline is compared on the deals that it says something of, where these are at least 20.
    """
    others: dict[BaselineName, Vector] = {"base_rate": estimates.base}
    points = scorecard_p(deals, policy, judged)
    if points is not None:
        others["scorecard"] = points
    if champion_p is not None:
        others["champion"] = champion_p[estimates.row]
    if deals.human_p is not None:
        human = deals.human_p[estimates.row]
        others["human"] = np.clip(human, 1 - HUMAN_SUREST, HUMAN_SUREST)
    compared = (compare(name, p, estimates, seed=seed) for name, p in others.items())
    return tuple(one for one in compared if one is not None)


def scorecard_p(
    deals: ClosedDeals, policy: Policy, judged: Sequence[JudgedSplit]
) -> Vector | None:
    """Return what the policy's points alone say of held-out deals, split after split.

    Slope and intercept of the log-odds are fitted on each split's teaching deals. None where the
    policy has no criteria, or all deals have the same points.
    """
    if not policy.criteria:
        return None
    points = add_points(policy, deals.table).earned
    spread = float(points.std())
    if spread == 0:
        return None
    as_odds = expit((points - points.mean()) / spread)  # the line below is on log-odds
    parts = []
    for one in judged:
        train, held_out = one.split.train, one.split.held_out
        line = cox_lines(as_odds[train], deals.won[train], np.ones((1, len(train))))[0]
        parts.append(expit(line[0] + line[1] * logit(as_odds[held_out])))
    return np.concatenate(parts)


def compare(
    name: BaselineName, p_other: Vector, estimates: Estimates, *, seed: int
) -> Baseline | None:
    """Return a baseline beside the model; ``p_other`` has shape (n_estimates,), NaN where silent.

    None where it speaks of fewer than 20 deals.
    """
    told = ~np.isnan(p_other)
    if told.sum() < FEWEST_DEALS:
        return None
    of, p = estimates.take(told), p_other[told]
    mine, theirs = log_losses(of.p_win, of.won), log_losses(p, of.won)
    gains = np.column_stack([theirs - mine, np.ones(len(of))])
    drawn = drawn_sums(gains, of.cluster, seed=seed)
    means = drawn[:, 0] / drawn[:, 1]
    gain = float(np.mean(theirs - mine))
    return Baseline(
        name=name,
        deals=len(np.unique(of.row)),
        log_loss=float(theirs.mean()),
        model_log_loss=float(mine.mean()),
        auc=auc(p, of.won),
        model_auc=auc(of.p_win, of.won),
        gain=gain,
        interval=interval_of(means) or (gain, gain),
        sure=float(np.mean(means > 0)),
    )
