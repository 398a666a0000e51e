"""What is concluded about many deals, in columns, before anybody asks for reasons."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.schema import Unseen
from models.economics import Value
from models.evidence import EvidenceLevel
from models.exploration import Selection
from models.knockouts import PolicyVerdict
from models.scorecard import Points


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """What is concluded about many deals; every array has shape (n_deals,).

    ``p_win`` is None where there is neither a model nor a criterion to start from; ``p_lost`` and
    ``p_no_decision`` where the model has not learned them. At the level "none" the points decide,
    whatever ``p_win`` is, and no ``value`` is counted. ``recommendations`` are the policy's,
    ``worked`` says what to do: an explored deal goes ahead although it is refused. ``worth`` says
    where the thresholds are reached, ``hopeless`` where they cannot be; elsewhere nobody knows.
    """

    recommendations: NDArray[np.object_]
    worth: NDArray[np.bool_]
    hopeless: NDArray[np.bool_]
    policy: PolicyVerdict
    points: Points
    p_win: NDArray[np.float64] | None
    p_lost: NDArray[np.float64] | None
    p_no_decision: NDArray[np.float64] | None
    level: EvidenceLevel
    value: Value | None
    unseen: tuple[Unseen, ...]
    selection: Selection
    worked: NDArray[np.object_]
