"""Models fitted on one side of a split, and what they say of the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from features.policy import Policy
from models.boosting import Effort
from models.win_model import WinModel
from training.closed_deals import ClosedDeals
from training.evaluation.splits import Split
from training.fit import fit_model
from training.forgetting import forget

Vector = NDArray[np.float64]


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
    effort: Effort = "normal",
    tell: Callable[[], None] = lambda: None,
) -> list[JudgedSplit]:
    """Fit and score each split; ``tell`` is called after each, for a progress bar.

    How fast a model forgets is chosen from its teaching deals alone, as for the final one. Splits
    that learn from a part of many deals are only compared with others: less is tried for them. A
    split that is not in time does not look at time at all, or it could not show what that hides.
    All others are learned with the ``effort`` of the final model, or the figures would be
    another's.
    """
    judged = []
    for split in splits:
        teaching = deals.take(split.train)
        if split.cut is None:
            teaching = replace(teaching, closed_on=None)
        weights = None if split.sampled else forget(teaching, policy).weights
        tried: Effort = "quick" if split.sampled else effort
        model = fit_model(teaching, policy, seed=seed, weights=weights, effort=tried)
        p_win, _ = model.p_win(deals.table.take(split.held_out))
        judged.append(JudgedSplit(split, model, p_win, float(teaching.won.mean())))
        tell()
    return judged
