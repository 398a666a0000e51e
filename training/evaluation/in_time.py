"""How a model does as time goes on: its windows, earlier cuts, strict future, and optimism."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reports.evaluation import Cut, Optimism, StrictFuture, Windows
from training.closed_deals import ClosedDeals
from training.evaluation.bootstrap import N_SLOW_DRAWS, drawn_counts
from training.evaluation.estimates import estimates_of
from training.evaluation.judge import JudgedSplit
from training.evaluation.metrics import log_losses, scores, weighted_aucs
from training.evaluation.windows import EMBARGO_DAYS, burn_in_of, decided_from

Vector = NDArray[np.float64]

FEWEST_STRICT = 20
WEIGHTS_AT_ONCE = 1_000_000


def windows(deals: ClosedDeals, last: JudgedSplit) -> Windows:
    """Return which deals taught and judged."""
    split, burn_in = last.split, burn_in_of(deals)
    return Windows(
        cut=None if split.cut is None else str(split.cut),
        embargo_days=EMBARGO_DAYS,
        taught=len(split.train),
        judged=len(split.held_out),
        siblings=split.n_siblings,
        twins_apart=split.twins_apart,
        burn_in_end=None if burn_in.end is None else burn_in.end.isoformat(),
        burn_in_deals=burn_in.deals,
        burn_in_share=burn_in.share,
    )


def rolling(deals: ClosedDeals, judged: Sequence[JudgedSplit]) -> tuple[Cut, ...]:
    """Return the figures at each cut, the earliest first."""
    return tuple(_at_cut(deals, one) for one in judged)


def _at_cut(deals: ClosedDeals, one: JudgedSplit) -> Cut:
    won = deals.won[one.split.held_out]
    found = scores(one.p_win, won)
    return Cut(
        cut=str(one.split.cut),
        until=None if one.split.until is None else str(one.split.until),
        taught=len(one.split.train),
        judged=len(won),
        sampled=one.split.sampled,
        log_loss=found["log_loss"],
        base_log_loss=_base_loss(one, won),
        auc=found.get("auc"),
        observed_minus_expected=float(np.mean(won - one.p_win)),
    )


def strict_future(deals: ClosedDeals, last: JudgedSplit) -> StrictFuture | None:
    """Return the figures on deals that were decided on after the cut too.

    None where they are fewer than 20. Of the deals decided on last only the fast ones have closed,
    so this is no fair picture of the win rate, but of a model that knows nothing of their time.
    """
    if last.split.cut is None:
        return None
    later = decided_from(deals, last.split.cut)[last.split.held_out]
    if later.sum() < FEWEST_STRICT:
        return None
    won = deals.won[last.split.held_out][later]
    found = scores(last.p_win[later], won)
    return StrictFuture(
        deals=int(later.sum()),
        log_loss=found["log_loss"],
        base_log_loss=_base_loss(last, won),
        auc=found.get("auc"),
    )


def optimism(
    deals: ClosedDeals, last: JudgedSplit, random: JudgedSplit | None, *, seed: int
) -> Optimism | None:
    """Return how much better the model looks on a split that ignores time; None without one.

    Log-losses are compared by what they leave of the base rate's on the same deals: the win rate
    of another time makes another log-loss.
    """
    if random is None:
        return None
    (won, shuffled_won) = (deals.won[one.split.held_out] for one in (last, random))
    honest, flattered = scores(last.p_win, won), scores(random.p_win, shuffled_won)
    gains = [_base_loss(last, won) - honest["log_loss"]]
    gains.append(_base_loss(random, shuffled_won) - flattered["log_loss"])
    aucs = honest.get("auc"), flattered.get("auc")
    told = aucs[0] is not None and aucs[1] is not None
    return Optimism(
        taught=len(random.split.train),
        judged=len(shuffled_won),
        sampled=random.split.sampled,
        log_loss=flattered["log_loss"],
        auc=aucs[1],
        auc_gap=aucs[1] - aucs[0] if aucs[0] is not None and aucs[1] is not None else None,
        auc_error=_auc_error(deals, (last, random), seed) if told else None,
        log_loss_gap=gains[1] - gains[0],
    )


def _auc_error(deals: ClosedDeals, pair: tuple[JudgedSplit, JudgedSplit], seed: int) -> float:
    """Return the standard error of the difference of two AUCs on different deals."""
    variances = []
    for one in pair:
        of = estimates_of(deals, [one])
        aucs = np.concatenate(
            [
                weighted_aucs(of.p_win, of.won, some[:, of.cluster])
                for counts in drawn_counts(of.n_clusters, N_SLOW_DRAWS, seed=seed)
                for some in np.array_split(counts, -(-counts.size // WEIGHTS_AT_ONCE))
            ]
        )
        variances.append(float(np.nanvar(aucs)))
    return float(np.sqrt(sum(variances)))


def _base_loss(one: JudgedSplit, won: Vector) -> float:
    return float(log_losses(np.full(len(won), one.base_rate), won).mean())
