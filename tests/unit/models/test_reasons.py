"""Why: knockouts first, then the past, strongest first, then the points."""

from dataclasses import replace
from datetime import date

import pytest

from features import Deal
from features.policy import GoAt
from models.evidence import Band
from models.qualifier import Qualifier
from models.reasons import MOST_MODEL_REASONS, reasons_for
from models.unlike_facts import UnlikeFact


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


def test_without_closed_deals_nothing_is_said_of_the_past(qualifier):
    codes = {reason.code for reason in reasons(Qualifier(qualifier.policy), fit=1.0, risk=2.5)}
    assert codes == {"KNOCKOUT_FIRED", "KNOCKOUT_UNKNOWN", "CRITERION_MET"}
    assert "MODEL_FACT" in {reason.code for reason in reasons(qualifier, fit=1.0, risk=2.5)}


@pytest.fixture
def unlike(qualifier):
    """Return what is said of a deal whose shares and unlike facts are given."""
    (decision,) = qualifier.decide([Deal(as_of=date(2026, 1, 5), facts={"fit": 1.0})])

    def told(shares, *fields):
        estimate = replace(
            decision.estimate,
            band=Band(1.0, 9, 3),
            shares=shares,
            unseen=tuple(UnlikeFact(name, 7.0, 0.0, 1.0) for name in fields),
        )
        found = reasons_for({}, knockouts=(), scorecard=decision.scorecard, estimate=estimate,
                            worth=None, go_at=GoAt(p_win=0.5))  # fmt: skip
        return [reason.about for reason in found if reason.code == "UNLIKE_PAST_DEALS"]

    return told


SHARES = {"a": 0.3, "b": -0.2, "c": 0.1, "d": 0.09, "e": -0.08, "f": 0.07, "g": 0.0}


def test_an_unlike_fact_is_told_where_it_is_among_the_strongest(unlike):
    assert unlike(SHARES, "a") == ["a"]
    assert unlike(SHARES, "e", "f") == ["e"]
    assert unlike(SHARES, "f", "g") == []
    assert unlike({"a": 0.3, "g": 0.0}, "g") == []  # it weighs nothing at all


def test_more_than_two_unlike_facts_are_told_however_little_they_weigh(unlike):
    assert unlike(SHARES, "f", "g", "h") == ["f", "g", "h"]
    assert unlike(SHARES) == []


def test_a_reason_of_an_unlike_fact_holds_the_fact(qualifier):
    (one,) = (r for r in reasons(qualifier, fit=90.0) if r.code == "UNLIKE_PAST_DEALS")
    assert (one.about, one.fact, one.unit, one.contribution) == ("fit", 90.0, "verdict", 0.0)
