"""Laws of the contributions: whatever the policy and the deal, they add up."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from scipy.special import expit

from features import Policy
from features.texts import LANGUAGES
from models.contributions import Contribution, baseline_of, contributions_of
from models.decision import CriterionPart, Decision, Estimate, Worth
from models.qualifier import Qualifier
from models.reason_codes import ReasonCode
from reports.answer import answer
from tests.property import strategies as made
from tests.property.worlds import World, worlds

some = settings(max_examples=settings().max_examples // 8)
quickly = settings(phases=[Phase.generate])
Contributions = Callable[[Decision], tuple[Contribution, ...]]


def learned(policy: Policy, decision: Decision, terms: list[float]) -> Decision:
    """Return a decision as if a model had learned such terms of the policy's fields and points.

    One of the criteria that it knows is no longer in the policy, and one looks at other fields.
    """
    names = sorted(policy.fields)
    log_odds = dict(zip(names, terms, strict=False))
    looked_at = {one.id: tuple(sorted(one.fields())) for one in policy.criteria[:2]}
    looked_at |= {"gone": tuple(names[:2])} | {one.id: (names[0],) for one in policy.criteria[2:3]}
    points = dict(zip(looked_at, reversed(terms), strict=False))
    total, baseline = sum(log_odds.values()) + sum(points.values()), -0.7
    way = float(expit(baseline + total) - expit(baseline))
    slope = way / total if total else 0.0
    shares = {name: slope * one for name, one in log_odds.items()}
    estimate = Estimate(
        p_win=float(expit(baseline)) + slope * total, p_lost=None, p_no_decision=None,
        band=None, stability_range=None, level="plenty", won=900, not_won=900, baseline=baseline,
        contributions=log_odds, shares=shares, unseen=(), of_criteria={
            name: CriterionPart(fields=looked_at[name], log_odds=one, share=slope * one)
            for name, one in points.items()
        },
    )  # fmt: skip
    return replace(decision, estimate=estimate)


def money_of(estimate: Estimate) -> Worth:
    value = estimate.p_win * 20_000.0 - 8_000.0
    return Worth(
        currency="EUR", expected_value=value, if_won=20_000.0, remaining_cost=8_000.0,
        break_even=0.4, left_out=(), needs=(), lowest=value, highest=value,
    )  # fmt: skip


def check_points(of: Contributions, effort: settings = some) -> None:
    """Check that what is lost and open adds up, and that taking a criterion out moves so much."""

    @given(worlds())
    @effort
    def law(world: World) -> None:
        policy = made.load(world.policy)
        for decision in Qualifier(policy).decide(world.deals):
            card = decision.scorecard
            parts = [one for one in of(decision) if one.kind == "criterion"]
            assert sum(one.points_lost or 0.0 for one in parts) == card.points - card.best
            assert sum(one.points_open or 0.0 for one in parts) == card.highest - card.points
            assert sum(one.points or 0.0 for one in parts) == card.points

    law()


def check_estimate(of: Contributions, effort: settings = some) -> None:
    """Check that the parts of the estimate add up, in log-odds, in probability and in money."""

    @given(worlds(), st.lists(st.floats(-3, 3), min_size=6, max_size=6))
    @effort
    def law(world: World, terms: list[float]) -> None:
        policy = made.load(world.policy)
        for bare in Qualifier(policy).decide(world.deals[:2]):
            decision = learned(policy, bare, terms)
            estimate = decision.estimate
            assert estimate is not None
            decision = replace(decision, worth=money_of(estimate))
            start, parts = baseline_of(estimate, decision.worth), of(decision)
            assert start is not None
            assert start.money is not None
            total = start.log_odds + sum(one.log_odds or 0.0 for one in parts)
            whole = estimate.baseline + sum(estimate.contributions.values())
            whole += sum(part.log_odds for part in estimate.of_criteria.values())
            assert total == pytest.approx(whole, abs=1e-12)
            p_win = start.p_win + sum(one.share or 0.0 for one in parts)
            assert p_win == pytest.approx(estimate.p_win, abs=1e-12)
            value = start.money + sum(one.money or 0.0 for one in parts)
            expected = estimate.p_win * 20_000.0 - 8_000.0
            assert value == pytest.approx(expected, abs=1e-12 * 20_000 * 10)

    law()


def test_points_lost_open_and_earned_add_up():
    check_points(contributions_of)


def test_the_law_catches_a_list_that_leaves_out_what_is_not_met():
    def of(decision: Decision) -> tuple[Contribution, ...]:
        return tuple(one for one in contributions_of(decision) if one.points)

    with pytest.raises(AssertionError):
        check_points(of, quickly)


def test_shares_log_odds_and_money_add_up():
    check_estimate(contributions_of)


def test_the_law_catches_a_list_of_the_strongest_only():
    def of(decision: Decision) -> tuple[Contribution, ...]:
        found = contributions_of(decision)
        return tuple(sorted(found, key=lambda one: -abs(one.share or 0.0)))[:1]

    with pytest.raises(AssertionError):
        check_estimate(of, quickly)


def test_the_law_catches_points_that_nobody_gets():
    def of(decision: Decision) -> tuple[Contribution, ...]:
        assert decision.estimate is not None
        bare = replace(decision.estimate, of_criteria={})
        return contributions_of(replace(decision, estimate=bare))

    with pytest.raises(AssertionError):
        check_estimate(of, quickly)


@given(worlds())
@some
def test_every_reason_is_of_the_closed_list_and_every_sum_can_be_checked_from_the_json(world):
    policy = made.load(world.policy)
    for decision in Qualifier(policy).decide(world.deals[:3]):
        for language in LANGUAGES:
            told = answer(decision, policy, language)
            assert {one["code"] for one in told["reasons"]} <= set(ReasonCode)
            assert all(one["text"] for one in told["reasons"])
            assert all(one["label"] for one in told["contributions"])
            lost = sum(one["points_lost"] or 0.0 for one in told["contributions"])
            assert lost == told["scorecard"]["points"] - told["scorecard"]["best"]
            if told["baseline"] is not None:
                shares = sum(one["percentage_points"] or 0.0 for one in told["contributions"])
                p_win = told["baseline"]["p_win"] + shares
                assert p_win == pytest.approx(told["p_win"], abs=1e-9)
