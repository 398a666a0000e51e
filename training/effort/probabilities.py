"""What a model that had not seen a past deal says of it, for the deals of a file."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from features.policy import Policy
from reports.replay.report import ProbabilitySource
from training.deals_on_file import DealsOnFile
from training.progress import Tell, in_silence
from training.replay.origins import Learn, learned, probabilities_of
from training.replay.past_deals import declined_deals, pursued_deals


class Unseen(NamedTuple):
    """Probabilities of all deals of a file, NaN where no model could know, and their source."""

    p_win: NDArray[np.float64]
    source: ProbabilitySource


def unseen_p_win(
    on_file: DealsOnFile,
    policy: Policy,
    *,
    seed: int = 0,
    learn: Learn = learned,
    tell: Tell = in_silence,
) -> Unseen:
    """Return probabilities for the deals that were pursued or declined; shape (n_deals,)."""
    declined = declined_deals(on_file, policy)
    found = probabilities_of(on_file, policy, declined, seed=seed, learn=learn, tell=tell)
    p_win = np.full(len(on_file.table), np.nan)
    p_win[pursued_deals(on_file, policy).rows] = found.pursued
    p_win[declined.rows] = found.declined
    return Unseen(p_win, found.source)
