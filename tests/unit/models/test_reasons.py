"""Why: knockouts first, then the past, strongest first, then the points."""

from dataclasses import replace
from datetime import date

import pytest

from features import Deal
from features.policy import GoAt
from features.texts import Text
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
    past = [abs(r.contribution) for r in found if r.code.startswith("MODEL")]
    assert past == sorted(past, reverse=True)
    assert len(past) <= MOST_MODEL_REASONS


def test_a_reason_names_the_facts_it_rests_on_or_that_there_are_none(qualifier):
    found = {(r.code, r.about): r for r in reasons(qualifier, fit=3.0, budget=True)}
    assert found["MODEL_CRITERION", "fits"].facts == {"fit": 3.0}
    assert found["MODEL_FACT", "budget"].fact is True
    assert found["KNOCKOUT_UNKNOWN", "too_risky"].facts == {}
    assert found["CRITERION_TO_COMPLETE", "risky"].figures == {"lowest": -5, "highest": 0}
    assert found["CRITERION_MET", "fits"].contribution == 10
    unknown = {(r.code, r.about): r for r in reasons(qualifier, fit=-3.0, budget=True)}
    assert all(r.facts == {"risk": None} for (code, about), r in unknown.items()
               if (code, about) == ("MODEL_CRITERION", "risky"))  # fmt: skip


def test_what_a_criterion_looks_at_is_told_of_the_criterion_alone(qualifier):
    found = reasons(qualifier, fit=3.0, risk=0.5, budget=True, sector="a")
    assert {"fits", "risky"} >= {r.about for r in found if r.code == "MODEL_CRITERION"}
    assert {"budget", "sector"} >= {r.about for r in found if r.code == "MODEL_FACT"}


def test_a_criterion_that_is_not_met_says_what_it_costs_against_the_best(qualifier):
    (lost,) = (r for r in reasons(qualifier, fit=-1.0, risk=0.0) if r.code == "POINTS_LOST")
    assert (lost.about, lost.contribution, lost.unit) == ("fits", -10, "points")
    assert lost.figures == {"points": 0.0, "best": 10.0}


def test_what_a_criterion_takes_away_is_told_once(qualifier):
    told = [(r.code, r.contribution) for r in reasons(qualifier, risk=1.5) if r.about == "risky"]
    assert ("CRITERION_MET", -5) in told
    assert "POINTS_LOST" not in {code for code, _ in told}


def test_without_closed_deals_nothing_is_said_of_the_past(qualifier):
    codes = {reason.code for reason in reasons(Qualifier(qualifier.policy), fit=1.0, risk=2.5)}
    assert codes == {"KNOCKOUT_FIRED", "KNOCKOUT_UNKNOWN", "CRITERION_MET"}
    assert "MODEL_FACT" in {reason.code for reason in reasons(qualifier, fit=1.0, risk=2.5)}


def test_a_condition_is_told_unless_the_deal_is_refused_or_too_unlikely(qualifier):
    def conditions(**facts):
        return [r.about for r in reasons(qualifier, **facts) if r.code == "CONDITION"]

    assert conditions(fit=2.0, risk=0.0, budget=False) == ["no_budget"]
    assert conditions(fit=2.0, risk=2.5, budget=False) == []
    assert conditions(fit=-2.0, risk=1.9, budget=False) == []
    assert conditions(fit=2.0, risk=0.0, budget=True) == []


def test_one_condition_asked_for_twice_is_told_once(qualifier):
    policy = qualifier.policy
    again = replace(policy.knockouts[1], id="again")
    other = replace(again, id="other", condition=Text(en="A sponsor", fr="Un parrain"))
    asking = replace(policy, knockouts=(*policy.knockouts, again, other))
    found = reasons(Qualifier(asking), fit=2.0, risk=0.0, budget=False)
    assert [r.about for r in found if r.code == "CONDITION"] == ["no_budget", "other"]


@pytest.fixture
def unlike(qualifier):
    """Return what is said of a deal whose shares and unlike facts are given."""
    (decision,) = qualifier.decide([Deal(as_of=date(2026, 1, 5), facts={"fit": 1.0})])

    def told(shares, *fields):
        estimate = replace(
            decision.estimate,
            band=Band(1.0, 9, 3),
            shares=shares,
            contributions=shares,
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
