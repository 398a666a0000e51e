"""What everything brings adds up: to the points, to the log-odds, to the probability, to money."""

from dataclasses import replace
from datetime import date

import pytest
from scipy.special import expit

from features import Deal
from features.conditions import All
from models.contributions import baseline_of, contributions, contributions_of, grouped
from models.decision import CriterionPart, Worth
from models.qualifier import Qualifier

WORTH = Worth(
    currency="EUR", expected_value=0.0, if_won=20_000.0, remaining_cost=8_000.0, break_even=0.4,
    lowest=0.0, highest=0.0, hours=100.0, per_hour=0.0, cost_share=None, sunk_cost=None,
    left_out=(), needs=(),
)  # fmt: skip


def decided(qualifier, **facts):
    (decision,) = qualifier.decide([Deal(as_of=date(2026, 1, 5), facts=facts)])
    return decision


def by_about(found):
    return {one.about: one for one in found}


def test_points_lost_are_those_against_the_best_and_add_up(qualifier):
    decision = decided(qualifier, fit=-1.0, risk=1.5)
    found = by_about(contributions_of(decision))
    assert (found["fits"].points, found["fits"].points_lost) == (0, -10)
    assert (found["risky"].points, found["risky"].points_lost) == (-5, -5)
    lost = sum(one.points_lost for one in found.values() if one.points_lost is not None)
    assert lost == decision.scorecard.points - decision.scorecard.best == -15


def test_what_is_unknown_says_what_is_still_open(qualifier):
    found = by_about(contributions_of(decided(qualifier, risk=0.0)))
    assert (found["fits"].points_lost, found["fits"].points_open) == (-10, 10)
    assert (found["risky"].points_lost, found["risky"].points_open) == (0, 0)


def test_the_list_is_complete_with_knockouts_criteria_and_the_other_fields(qualifier):
    decision = decided(qualifier, fit=1.0, risk=0.0, budget=True, sector="a")
    found = contributions_of(decision)
    assert [(one.kind, one.about) for one in found] == [
        ("knockout", "too_risky"), ("knockout", "no_budget"), ("knockout", "never_mind"),
        ("criterion", "fits"), ("criterion", "risky"), ("field", "budget"), ("field", "sector"),
    ]  # fmt: skip
    assert [one.fields for one in found][2:5] == [("fit",), ("fit",), ("risk",)]
    assert found[0].points is found[0].share is found[5].points is None


def check_sums(decision, worth=None, parts=None):
    """Check that the parts add up to the log-odds, the probability and the expected value."""
    estimate = decision.estimate
    found = contributions_of(replace(decision, worth=worth)) if parts is None else parts
    start = baseline_of(estimate, worth)
    assert start is not None
    total = start.log_odds + sum(one.log_odds or 0.0 for one in found)
    whole = estimate.baseline + sum(estimate.contributions.values())
    whole += sum(part.log_odds for part in estimate.of_criteria.values())
    assert total == pytest.approx(whole, abs=1e-12)
    assert expit(total) == pytest.approx(estimate.p_win, abs=1e-12)
    p_win = start.p_win + sum(one.share or 0.0 for one in found)
    assert p_win == pytest.approx(estimate.p_win, abs=1e-12)
    if worth is not None:
        expected = estimate.p_win * worth.if_won - worth.remaining_cost
        assert start.money is not None
        money = start.money + sum(one.money or 0.0 for one in found)
        assert money == pytest.approx(expected, abs=1e-12 * abs(worth.if_won) + 1e-9)


def test_they_add_up_for_every_deal_with_and_without_money(qualifier, shop_deals):
    for decision in qualifier.decide(shop_deals[0][:100]):
        check_sums(decision)
        check_sums(decision, WORTH)


def test_the_check_catches_a_share_given_to_two_criteria_in_full(qualifier):
    policy = qualifier.policy
    twice = replace(policy, criteria=(*policy.criteria, replace(policy.criteria[0], id="again")))
    decision = decided(Qualifier(twice, qualifier.model), fit=1.0, risk=0.5, budget=True)
    check_sums(decision)
    parts = contributions_of(decision)
    doubled = tuple(
        replace(one, share=2 * (one.share or 0.0), log_odds=2 * (one.log_odds or 0.0))
        if one.about in {"fits", "again"} else one
        for one in parts
    )  # fmt: skip
    with pytest.raises(AssertionError):
        check_sums(decision, parts=doubled)


def test_a_field_that_several_criteria_look_at_is_theirs_in_equal_parts(qualifier):
    policy = qualifier.policy
    twice = replace(policy, criteria=(*policy.criteria, replace(policy.criteria[0], id="again")))
    decision = decided(Qualifier(twice, qualifier.model), fit=1.0, risk=0.5, budget=True)
    by_criterion, by_field = grouped(decision.estimate, decision.scorecard.criteria)
    shares = decision.estimate.shares
    assert by_criterion["fits"].share == by_criterion["again"].share == shares["fit"] / 2
    assert by_criterion["risky"].share == shares["risk"]
    assert {name: part.share for name, part in by_field.items()} == {
        "budget": shares["budget"], "sector": shares["sector"],
    }  # fmt: skip


def check_points_are_its_own(estimate, criteria):
    """Check where a criterion over two fields gets what its points add, and others nothing."""
    by_criterion, by_field = grouped(estimate, criteria)
    assert by_criterion["both"].log_odds == pytest.approx(0.9 + 0.4 / 2 + 0.1 / 2)
    assert by_criterion["both"].share == pytest.approx(0.18 + 0.08 / 2 + 0.02 / 2)
    assert by_criterion["fits"].log_odds == pytest.approx(0.4 / 2)
    assert by_criterion["risky"].share == pytest.approx(0.02 / 2)
    assert by_field == {}


def over_both(qualifier):
    """Return an estimate and verdicts with a criterion that looks at two shared fields."""
    policy = qualifier.policy
    when = All((policy.criteria[0].cases[0].when, policy.criteria[1].cases[0].when))
    case = replace(policy.criteria[0].cases[0], when=when)
    both = replace(policy.criteria[0], id="both", cases=(case,))
    decision = decided(Qualifier(replace(policy, criteria=(*policy.criteria, both))), fit=1.0)
    estimate = replace(
        decision.estimate,
        contributions={"fit": 0.4, "risk": 0.1}, shares={"fit": 0.08, "risk": 0.02},
        of_criteria={"both": CriterionPart(fields=("fit", "risk"), log_odds=0.9, share=0.18)},
    )  # fmt: skip
    return estimate, decision.scorecard.criteria


def test_the_points_of_a_criterion_over_two_fields_are_wholly_its_own(qualifier):
    estimate, criteria = over_both(qualifier)
    check_points_are_its_own(estimate, criteria)
    # Split among its fields first, as if the estimate knew nothing but fields, they are not.
    added = {"fit": 0.4 + 0.45, "risk": 0.1 + 0.45}
    by_fields = replace(
        estimate, of_criteria={}, contributions=added, shares=estimate.field_shares
    )
    with pytest.raises(AssertionError):
        check_points_are_its_own(by_fields, criteria)
    assert estimate.field_shares == pytest.approx({"fit": 0.17, "risk": 0.11})


@pytest.mark.parametrize("changed", [{"gone": ("fit", "risk")}, {"both": ("fit",)}])
def test_points_of_a_criterion_that_is_another_now_go_to_its_fields(qualifier, changed):
    estimate, criteria = over_both(qualifier)
    ((name, fields),) = changed.items()
    part = CriterionPart(fields=fields, log_odds=0.9, share=0.18)
    by_criterion, _ = grouped(replace(estimate, of_criteria={name: part}), criteria)
    fit, risk = 0.4 + 0.9 / len(fields), 0.1 + (0.45 if len(fields) == 2 else 0.0)
    assert by_criterion["fits"].log_odds == pytest.approx(fit / 2)
    assert by_criterion["both"].log_odds == pytest.approx(fit / 2 + risk / 2)


def test_the_points_of_a_criterion_are_what_is_lost_without_it(qualifier):
    """Taking a criterion out of the policy moves points and best points as it was told."""
    policy = qualifier.policy
    for facts in ({"fit": 1.0, "risk": 1.5}, {"fit": -1.0, "risk": 0.0}, {}):
        decision = decided(Qualifier(policy), **facts)
        for one in (c for c in contributions_of(decision) if c.kind == "criterion"):
            rest = tuple(c for c in policy.criteria if c.id != one.about)
            without = decided(Qualifier(replace(policy, criteria=rest)), **facts).scorecard
            assert decision.scorecard.points - without.points == one.points
            gap = decision.scorecard.points - decision.scorecard.best
            assert gap - (without.points - without.best) == one.points_lost


def test_money_is_the_share_of_what_a_won_deal_brings(qualifier):
    decision = replace(decided(qualifier, fit=1.0, risk=0.5), worth=WORTH)
    for one in contributions_of(decision):
        assert one.money == (None if one.share is None else one.share * 20_000)
    start = baseline_of(decision.estimate, WORTH)
    assert start is not None
    assert start.money == expit(decision.estimate.baseline) * 20_000 - 8_000


def test_without_an_estimate_or_the_money_only_the_points_are_told(qualifier):
    decision = decided(qualifier, fit=1.0)
    criteria = decision.scorecard.criteria
    for one in contributions(criteria=criteria):
        assert one.points is not None
        assert one.share is one.log_odds is one.money is None
    assert baseline_of(None, WORTH) is None
    unknown = replace(WORTH, if_won=None, expected_value=None)
    start = baseline_of(decision.estimate, unknown)
    assert start is not None
    assert start.money is None
    told = contributions(criteria=criteria, estimate=decision.estimate, worth=unknown)
    assert all(one.money is None and one.share is not None for one in told)
