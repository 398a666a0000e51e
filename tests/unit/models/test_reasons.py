"""Why: knockouts first, then the past, strongest first, then the points."""

from datetime import date

from features import Deal
from models.reasons import MOST_MODEL_REASONS


def reasons(qualifier, **facts):
    (decision,) = qualifier.decide([Deal(as_of=date(2026, 1, 5), facts=facts)])
    return decision.reasons


def test_they_come_in_the_order_that_people_should_hear(qualifier):
    found = reasons(qualifier, fit=1.0, budget=False, sector="a")
    order = ["verdict", "percentage_points", "points"]
    units = [reason.unit for reason in found]
    assert units == sorted(units, key=order.index)
    past = [abs(r.contribution) for r in found if r.code == "MODEL_FACT"]
    assert past == sorted(past, reverse=True)
    assert len(past) <= MOST_MODEL_REASONS


def test_a_reason_names_the_fact_it_rests_on_or_that_there_is_none(qualifier):
    found = {r.about: r for r in reasons(qualifier, fit=3.0, budget=True)}
    assert found["fit"].fact == 3.0
    past = [r for r in found.values() if r.code == "MODEL_FACT" and r.about == "risk"]
    assert all(r.fact is None for r in past)
    assert found["too_risky"].code == "KNOCKOUT_UNKNOWN"
    assert found["risky"].code == "CRITERION_TO_COMPLETE"
    assert found["fits"].contribution == 10


def test_a_criterion_that_is_not_met_gives_no_reason(qualifier):
    assert "fits" not in {r.about for r in reasons(qualifier, fit=-1.0)}
