"""Our own model, along the whole road: policy, schema, estimator."""

from dataclasses import dataclass

from benchmarks.model.facts import Vector
from features.policy import Policy
from features.table import DealTable
from models.evidence import Band, Evidence
from models.win_model import WinModel
from training.closed_deals import ClosedDeals
from training.fit import fit_model


@dataclass(frozen=True, slots=True)
class Scored:
    """A model of some closed deals, and what it says of others."""

    model: WinModel
    p_win: Vector


def fit_and_score(deals: ClosedDeals, policy: Policy, test: DealTable, *, seed: int) -> Scored:
    """Fit our model on closed deals under a policy, and score the deals of a table."""
    model = fit_model(deals, policy, seed=seed)
    return Scored(model, model.p_win(test)[0])


def coverage(evidence: Evidence, p_win: Vector, truth: Vector) -> float:
    """Return the share of deals in a band whose interval holds the mean truth of its deals.

    Both have shape (n_deals,): what a model says of each deal, and its true probability to win.
    """
    bands = evidence.bands(p_win)
    places: dict[Band, list[int]] = {}
    for place, band in enumerate(bands):
        places.setdefault(band, []).append(place)
    kept = 0
    for band, members in places.items():
        low, high = band.interval
        kept += len(members) * bool(low <= truth[members].mean() <= high)
    return kept / len(truth)
