"""The statistical estimate of each deal, with all that says how far to trust it."""

from models.decision import Estimate
from models.unlike_facts import FactOf
from models.win_model import Odds, WinModel


def estimates_of(model: WinModel, fact_of: FactOf, odds: Odds) -> list[Estimate]:
    """Return the estimate of each deal from what the model makes of them."""
    origin, added = model.provenance, model.contributions_to(odds)
    shares, bands = added.shares(), model.bands(odds.p_win)
    ranges, unlike = model.stability_range(odds), model.unlike_facts(fact_of, odds)
    lost, undecided = odds.p_lost, odds.p_no_decision
    return [
        Estimate(
            p_win=float(p_win),
            p_lost=None if lost is None else float(lost[row]),
            p_no_decision=None if undecided is None else float(undecided[row]),
            band=bands[row],
            stability_range=None
            if ranges is None
            else (float(ranges[row, 0]), float(ranges[row, 1])),
            level=origin.evidence_level,
            won=origin.n_won,
            not_won=origin.n_lost,
            baseline=float(added.baseline[row]),
            contributions=dict(zip(added.fields, added.terms[row].tolist(), strict=True)),
            shares=dict(zip(added.fields, shares[row].tolist(), strict=True)),
            unseen=unlike[row],
        )
        for row, p_win in enumerate(odds.p_win)
    ]
