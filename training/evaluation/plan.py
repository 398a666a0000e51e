"""Judge a model of some deals by every split that there is, and say what came out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.policy import Policy
from models.boosting import Effort
from reports.evaluation import EvaluationSummary, Forgetting
from training.closed_deals import ClosedDeals
from training.evaluation.judge import JudgedSplit, judge_splits
from training.evaluation.splits import Split, random_split, rolling_splits, split_deals
from training.evaluation.summary import Beside, summarise
from training.progress import Tell, in_silence


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The models judged by the splits that count, and the summary of all."""

    judged: tuple[JudgedSplit, ...]
    summary: EvaluationSummary


def evaluate(
    deals: ClosedDeals,
    policy: Policy,
    *,
    seed: int,
    n_splits: int | None = None,
    forgetting: Forgetting | None = None,
    champion_p: NDArray[np.float64] | None = None,
    effort: Effort = "normal",
    tell: Tell = in_silence,
) -> Evaluation:
    """Judge models of some deals on deals they have not seen.

    With closing dates: by the newest quarter, beside two earlier cuts and a random split; without,
    by grouped splits. ``forgetting`` is what was chosen for the model of all deals, to be told;
    each split chooses for itself. ``tell`` hears how far the work is.
    """
    kind, splits = split_deals(deals, seed=seed, n_splits=n_splits)
    earlier = rolling_splits(deals, splits[0]) if kind == "time" else []
    shuffled = random_split(deals, splits[0], seed=seed) if kind == "time" else None
    every = [*splits, *earlier, *([] if shuffled is None else [shuffled])]
    judged = _judged(deals, policy, every, seed=seed, effort=effort, tell=tell)
    n, m = len(splits), len(splits) + len(earlier)
    beside = Beside(tuple(judged[n:m]), None if shuffled is None else judged[m])
    summary = summarise(
        deals,
        judged[:n],
        kind,
        seed=seed,
        policy=policy,
        beside=beside,
        forgetting=forgetting,
        champion_p=champion_p,
    )
    return Evaluation(tuple(judged[:n]), summary)


def _judged(
    deals: ClosedDeals,
    policy: Policy,
    splits: Sequence[Split],
    *,
    seed: int,
    effort: Effort,
    tell: Tell,
) -> list[JudgedSplit]:
    done = 0

    def one_more() -> None:
        nonlocal done
        done += 1
        tell("judge", done / len(splits))

    tell("judge", 0.0)
    return judge_splits(deals, policy, splits, seed=seed, effort=effort, tell=one_more)
