"""All that is known of a model from deals it has not seen, in one summary."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.policy import Policy
from reports.evaluation import CalibrationError, EvaluationSummary, Forgetting, Range
from training.closed_deals import ClosedDeals
from training.evaluation.affordable import affordable
from training.evaluation.baselines import baselines
from training.evaluation.bootstrap import confidence_of_gain
from training.evaluation.calibration import judge_calibration
from training.evaluation.estimates import Estimates, estimates_of
from training.evaluation.gains import gains_curve
from training.evaluation.in_time import optimism, rolling, strict_future, windows
from training.evaluation.intervals import intervals
from training.evaluation.judge import JudgedSplit
from training.evaluation.metrics import calibration, log_losses, scores
from training.evaluation.reliability import brier_parts, calibration_error, reliability
from training.evaluation.segments import segments
from training.evaluation.splits import SplitKind

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Beside:
    """What is judged beside the splits that count: earlier cuts, and a split that ignores time."""

    earlier: tuple[JudgedSplit, ...] = ()
    random: JudgedSplit | None = None


def summarise(
    deals: ClosedDeals,
    judged: Sequence[JudgedSplit],
    kind: SplitKind,
    *,
    seed: int,
    policy: Policy | None = None,
    beside: Beside | None = None,
    forgetting: Forgetting | None = None,
    champion_p: Vector | None = None,
) -> EvaluationSummary:
    """Return the figures of all splits together.

    Parameters
    ----------
    policy
        Adds its scorecard as a baseline, and the segments by its fields; None leaves both out.
    beside
        The earlier cuts and the random split, where deals carry dates.
    champion_p
        Shape (n_deals,): what the champion says; NaN where it may have learned from the deal.
    """
    estimates = estimates_of(deals, judged)
    once = estimates.first()
    each, bases = _by_split(deals, judged)
    better = [m["log_loss"] < b["log_loss"] for m, b in zip(each, bases, strict=True)]
    error = calibration_error(once.p_win, once.won, seed=seed)
    in_time, company = kind == "time", beside or Beside()
    base_rate = _over_splits(bases, np.mean)
    metrics = _over_splits(each, np.mean)
    return EvaluationSummary(
        split=kind,
        n_splits=len(judged),
        splits_won=sum(better),
        confidence=_confidence(estimates, seed),
        metrics=metrics | _whole(once, error, metrics["log_loss"], base_rate["log_loss"]),
        spread=_over_splits(each, np.std),
        base_rate=base_rate,
        reliability=reliability(estimates.p_win, estimates.won, n_deals=len(once)),
        intervals=intervals(estimates, _slices(judged), seed=seed),
        held_out=len(once),
        clusters=once.n_clusters,
        seed=seed,
        calibration_error=error,
        calibration=judge_calibration(once.p_win, once.won, once.cluster, error),
        baselines=()
        if policy is None
        else baselines(deals, policy, judged, estimates, champion_p=champion_p, seed=seed),
        windows=windows(deals, judged[0]) if in_time else None,
        rolling=rolling(deals, (*company.earlier, judged[0])) if in_time else (),
        strict_future=strict_future(deals, judged[0]) if in_time else None,
        optimism=optimism(deals, judged[0], company.random, seed=seed),
        segments=() if policy is None else segments(deals, policy, once),
        affordable=affordable(
            base_rate["log_loss"] - metrics["log_loss"],
            len(deals),
            len(judged[0].model.schema.columns),
        ),
        forgetting=forgetting,
        gains=_gains(once),
    )


def _by_split(
    deals: ClosedDeals, judged: Sequence[JudgedSplit]
) -> tuple[list[dict[str, float]], list[dict[str, float]]]:
    each, bases = [], []
    for one in judged:
        won = deals.won[one.split.held_out]
        each.append(scores(one.p_win, won) | calibration(one.p_win, won))
        bases.append(scores(np.full(len(won), one.base_rate), won))
    return each, bases


def _whole(
    once: Estimates, error: CalibrationError, log_loss: float, base: float
) -> dict[str, float]:
    """Return the figures that are of all held-out deals together, each counted once."""
    parts, expected = brier_parts(once.p_win, once.won), float(once.p_win.sum())
    return {
        "skill": 1 - log_loss / base,
        "ece": error.value,
        "brier_reliability": parts.reliability,
        "brier_resolution": parts.resolution,
        "brier_uncertainty": parts.uncertainty,
        "brier_within": parts.within,
        "observed_minus_expected": (float(once.won.sum()) - expected) / len(once),
        "observed_to_expected": float(once.won.sum()) / expected,
    }


def _confidence(estimates: Estimates, seed: int) -> float:
    gains = log_losses(estimates.base, estimates.won) - log_losses(estimates.p_win, estimates.won)
    return confidence_of_gain(gains, estimates.cluster, seed=seed)


def _gains(once: Estimates) -> tuple[Range, ...]:
    return gains_curve(once.p_win, once.won)


def _slices(judged: Sequence[JudgedSplit]) -> list[slice]:
    """Return where the estimates of each split stand among those of all."""
    ends = np.cumsum([len(one.split.held_out) for one in judged]).tolist()
    return [slice(start, end) for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def _over_splits(
    rows: Sequence[dict[str, float]], statistic: Callable[[list[float]], np.floating]
) -> dict[str, float]:
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: float(statistic([r[name] for r in rows if name in r])) for name in names}
