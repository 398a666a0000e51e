"""What a question is worth: equal to enumeration in plain Python, and never below nothing."""

from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features import Deal
from models.knockouts import KnockoutState
from models.questions import answer_classes
from tests.asked_worlds import (
    ANSWERS,
    DAY,
    KNOCKOUTS,
    asked,
    completed,
    facts_of,
    policy_of,
    qualifier_of,
)

WHENS = (
    "{broke: true}",
    "{sector: steel}",
    "{budget: false, rank: low}",
    "{size: {at_least: 3}}",
    "{any: [{sector: paper}, {rank: [low, mid]}]}",
    "{size: {below: 2}, budget: true}",
)
THENS = ("no_go", "{conditional_go: {en: a, fr: b}}")
MONEY = (
    "{margin: 9000, remaining_hours: 40, cost_per_hour: 60}",
    "{margin: {by: sector, values: {food: 2000, steel: 9000, paper: 30000}}, other_costs: 2500}",
    "{margin_rate: 0.1, revenue: {field: size, times: 30000}, other_costs: 1500}",
)


@st.composite
def worlds(draw):
    rules = draw(st.lists(st.tuples(st.sampled_from(WHENS), st.sampled_from(THENS)), max_size=3))
    knockouts = "".join(
        f"\n  - {{id: k{n}, when: {when}, then: {then}, reason: {{en: a, fr: b}}}}"
        for n, (when, then) in enumerate(rules)
    )
    policy = policy_of(knockouts=knockouts, economics=draw(st.sampled_from(MONEY)))
    seed = draw(st.integers(0, 10**6))
    qualifier = qualifier_of(policy, facts_of(Random(seed).randint(4, 30), seed))
    known = draw(
        st.fixed_dictionaries({}, optional={n: st.sampled_from(a) for n, a in ANSWERS.items()})
    )
    return qualifier, Deal(as_of=DAY, facts=known)


def by_enumeration(qualifier, deal, *, sunk_knockouts=True):
    """Return the gain of each unknown fact: every completion decided one by one."""
    completions = completed(qualifier.model.reference, deal, qualifier.policy)
    ways = []
    for row, weight in enumerate(completions.weights.tolist()):
        complete = completions.table.deal(row)
        (decision,) = qualifier.decide([Deal(as_of=DAY, facts=dict(complete.facts))])
        refused = any(
            verdict.knockout.refuses and verdict.state is KnockoutState.FIRED
            for verdict in decision.knockouts
        )
        worth = decision.worth
        value = decision.estimate.p_win * worth.if_won - worth.remaining_cost
        if refused and sunk_knockouts:
            value = -worth.remaining_cost
        ways.append((complete.facts, weight, value))
    without = max(0.0, sum(weight * value for _, weight, value in ways))
    gains = {}
    for name in completions.filled:
        by_answer: dict[Any, list[float]] = {}
        for facts, weight, value in ways:
            by_answer.setdefault(facts[name], []).append(weight * value)
        gains[name] = sum(max(0.0, sum(parts)) for parts in by_answer.values()) - without
    return gains


@pytest.fixture
def answers_as_they_are(monkeypatch):
    """Join no answers, as enumeration does not: no class is light, and there may be many."""
    monkeypatch.setattr(answer_classes, "LIGHTEST", 0.0)
    monkeypatch.setattr(answer_classes, "MOST_CLASSES", 1_000)


@pytest.mark.usefixtures("answers_as_they_are")
def test_the_gain_equals_enumeration_one_completion_at_a_time():
    judged = []

    @settings(max_examples=60)
    @given(worlds())
    def equal(world):
        qualifier, deal = world
        truth = by_enumeration(qualifier, deal)
        for question in asked(qualifier, deal):
            assert question.gain == pytest.approx(truth[question.field], rel=1e-9, abs=1e-9)
            assert question.net == question.gain - question.cost
            judged.append(question.gain)

    equal()
    assert np.mean(np.array(judged) > 1) > 0.1  # enough of them are worth something


@pytest.mark.usefixtures("answers_as_they_are")
def test_an_enumeration_that_forgets_what_an_indigestible_deal_costs_differs():
    """The negative control of the test above."""
    qualifier, deal = qualifier_of(policy_of(knockouts=KNOCKOUTS)), Deal(as_of=DAY, facts={})
    wrong = by_enumeration(qualifier, deal, sunk_knockouts=False)
    differences = [abs(one.gain - wrong[one.field]) for one in asked(qualifier, deal)]
    assert max(differences) > 1


@settings(max_examples=60)
@given(worlds())
def test_knowing_is_never_worth_less_than_nothing_and_chances_are_chances(world):
    for question in asked(*world):
        assert question.gain >= 0
        assert 0 <= question.knockout_chance <= 1
        assert 0 <= question.change_chance <= 1
        assert sum(one.chance for one in question.classes) == pytest.approx(1)
        assert question.n <= 30 + 1e-9


@settings(max_examples=40)
@given(worlds())
def test_a_known_fact_is_not_asked_and_the_best_net_gain_is_first(world):
    qualifier, deal = world
    questions = asked(qualifier, deal)
    assert {one.field for one in questions} == set(ANSWERS) - set(deal.facts)
    nets = [round(one.net, 6) for one in questions]
    assert nets == sorted(nets, reverse=True)
