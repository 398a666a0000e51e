"""The statistical estimate of each deal, with all that says how far to trust it."""

from models.decision import CriterionPart, Estimate
from models.unlike_facts import FactOf
from models.win_model import Odds, WinModel


def estimates_of(model: WinModel, fact_of: FactOf, odds: Odds) -> list[Estimate]:
    """Return the estimate of each deal from what the model makes of them."""
    origin, added = model.provenance, model.contributions_by_owner(odds)
    shares, criterion_shares = added.shares()
    bands = model.bands(odds.p_win)
    looked_at = [tuple(sorted(one.fields())) for one in added.criteria]
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
            contributions=dict(zip(added.fields, added.of_fields[row].tolist(), strict=True)),
            shares=dict(zip(added.fields, shares[row].tolist(), strict=True)),
            unseen=unlike[row],
            of_criteria={
                one.id: CriterionPart(fields=fields, log_odds=log_odds, share=share)
                for one, fields, log_odds, share in zip(
                    added.criteria,
                    looked_at,
                    added.of_criteria[row].tolist(),
                    criterion_shares[row].tolist(),
                    strict=True,
                )
            },
        )
        for row, p_win in enumerate(odds.p_win)
    ]
