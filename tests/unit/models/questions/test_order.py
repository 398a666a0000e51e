"""What asking costs, and what an unknown fact may still do."""

import pytest

from features import Deal
from models.questions.order import (
    CONDITIONS,
    COUNTS,
    STOPS,
    TELLS,
    AskingCosts,
    needed_for_a_go,
    urgency_of,
)
from tests.asked_worlds import ANSWERS, DAY, completed, model_of, policy_of

NOTHING = Deal(as_of=DAY, facts={})
MONEY = "margin: 9000, other_costs: 10"


def costs_of(economics, deal=NOTHING, completions=None):
    return AskingCosts.of(policy_of(economics=f"{{{economics}}}"), deal, completions)


def test_hours_count_at_the_policys_rate_and_money_comes_on_top():
    costs = costs_of(f"{MONEY}, remaining_hours: 10, cost_per_hour: 50")
    assert costs.money("broke") == 0.1 * 50 + 2
    assert costs.money("rank") == costs.effort("rank") == 200
    assert costs.hours("rank") == 4


def test_without_a_rate_hours_cost_no_money_and_efforts_are_hours():
    costs = costs_of(MONEY)
    assert costs.money("rank") == 0
    assert (costs.effort("rank"), costs.effort("broke")) == (4, 0.1)


def test_the_rate_of_several_roles_is_their_mean():
    roles = (
        "{a: {remaining_hours: 1, cost_per_hour: 40}, b: {remaining_hours: 1, cost_per_hour: 60}}"
    )
    assert costs_of(f"{MONEY}, roles: {roles}").money("budget") == 50


def test_a_rate_that_hangs_on_an_unknown_fact_is_what_it_is_on_average():
    economics = "{margin: 9, remaining_hours: 1, cost_per_hour: {by: budget, values: {'true': 40, 'false': 60}}}"  # noqa: E501
    policy = policy_of(economics=economics)
    completions = completed(model_of().reference, NOTHING, policy)
    assert 40 < AskingCosts.of(policy, NOTHING, completions).rate < 60
    assert AskingCosts.of(policy, Deal(as_of=DAY, facts={"budget": True}), None).rate == 40
    assert AskingCosts.of(policy, NOTHING, None).rate == 0


def test_a_question_without_a_cost_counts_like_the_cheapest_in_effort_and_nothing_in_money():
    fields = """
  budget: {type: boolean}
  sector: {type: category, values: [food, steel, paper], cost: {money: 5}}
  rank: {type: category, values: [low, mid, high], cost: {money: 7}}
  size: {type: number}
  broke: {type: boolean}
"""
    costs = AskingCosts.of(policy_of(fields=fields), NOTHING, None)
    assert costs.money("budget") == 0
    assert costs.effort("budget") == 5


def test_what_may_stop_a_deal_is_urgent_as_long_as_it_may():
    rules = """
  - {id: a, when: {broke: true}, then: no_go, reason: {en: a, fr: b}}
  - {id: b, when: {budget: false, rank: low}, then: {conditional_go: {en: a, fr: b}}, on_unknown: ignore, reason: {en: a, fr: b}}
"""  # noqa: E501
    policy = policy_of(knockouts=rules)
    ranks = urgency_of(policy, NOTHING)
    assert (ranks["broke"], ranks["rank"], ranks["sector"]) == (STOPS, CONDITIONS, COUNTS)
    settled = urgency_of(policy, Deal(as_of=DAY, facts={"broke": False, "budget": True}))
    assert (settled["broke"], settled["rank"]) == (TELLS, TELLS)
    assert needed_for_a_go(policy, NOTHING) == {"broke"}


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_every_asked_fact_has_a_rank(name):
    assert name in urgency_of(policy_of(), NOTHING)
