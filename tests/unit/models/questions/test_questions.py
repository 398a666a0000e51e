"""What to find out next: hand-computed, and in the order that helps."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from features import Deal
from models.qualifier import Qualifier
from models.questions import answer_classes
from models.questions.questions import unknown_facts
from tests.asked_worlds import ANSWERS, DAY, asked, facts_of, model_of, policy_of, qualifier_of

NO_MONEY = "{capacity_hours: 10}"


def by_field(qualifier, facts, **more):
    return {q.field: q for q in asked(qualifier, Deal(as_of=DAY, facts=facts, **more))}


def test_an_early_knockout_is_worth_the_pursuit_it_saves(monkeypatch):
    """Two facts differ: half the deals are broke. Known, nobody spends 60 h x 50 on those."""
    known: dict[str, Any] = {"budget": True, "sector": "paper", "rank": "high", "size": 4.0}
    facts: list[dict[str, Any]] = [{**known, "broke": n % 2 == 0} for n in range(40)]
    qualifier = qualifier_of(facts=facts)
    question = by_field(qualifier, known)["broke"]
    (decision,) = qualifier.decide([Deal(as_of=DAY, facts={**known, "broke": False})])
    good = decision.estimate.p_win * 30_000 - 3_000
    without = max(0.0, 0.5 * good - 0.5 * 3_000)
    assert question.gain == pytest.approx(0.5 * good - without, abs=1e-4)
    assert question.cost == 0.1 * 50 + 2
    assert question.net == question.gain - question.cost
    assert question.knockout_chance == pytest.approx(0.5)
    assert question.hours_saved == pytest.approx(60)
    assert question.n == pytest.approx(40)


def test_an_answer_that_is_too_old_is_unknown():
    qualifier = qualifier_of()
    deal = Deal(as_of=DAY, facts={"budget": True}, expired=("sector",))
    assert "sector" in unknown_facts(qualifier, deal)
    assert "sector" in {one.field for one in asked(qualifier, deal)}


def test_nothing_is_asked_of_a_deal_that_is_all_known_or_worth_nothing_if_refused():
    qualifier = qualifier_of()
    everything = {name: answers[0] for name, answers in ANSWERS.items()}
    assert asked(qualifier, Deal(as_of=DAY, facts=everything)) == ()
    assert {one.gain for one in by_field(qualifier, {"broke": True}).values()} == {0.0}


def test_without_money_the_chance_to_change_the_recommendation_per_cost_decides():
    policy = policy_of(economics=NO_MONEY, go_at="{p_win: 0.3}")
    questions = asked(qualifier_of(policy), Deal(as_of=DAY, facts={"rank": "mid"}))
    assert {one.gain for one in questions} == {None}
    assert questions[0].field == "broke"
    assert questions[0].change_chance == questions[0].knockout_chance > 0.1
    assert questions[0].is_needed


def test_without_closed_deals_what_may_stop_the_deal_comes_first_and_what_is_cheap():
    questions = asked(Qualifier(policy_of()), Deal(as_of=DAY, facts={}))
    assert [one.field for one in questions] == ["broke", "budget", "rank", "sector", "size"]
    assert {(one.gain, one.change_chance, one.n) for one in questions} == {(None, None, 0.0)}


def test_a_model_that_kept_no_deals_answers_like_none():
    qualifier = Qualifier(policy_of(), replace(model_of(), reference=None))
    assert {one.gain for one in by_field(qualifier, {}).values()} == {None}


def test_a_fact_that_no_closed_deal_knew_is_asked_all_the_same():
    facts = [{k: v for k, v in one.items() if k != "size"} for one in facts_of(60, 1)]
    qualifier = qualifier_of(policy_of(), facts)
    found = by_field(qualifier, {})
    assert found["size"].gain is None
    assert found["broke"].gain is not None


def test_no_money_is_counted_where_a_number_is_unknown_to_all():
    policy = policy_of(economics="{margin: {field: size, times: 4000}, other_costs: 500}")
    facts = [{k: v for k, v in one.items() if k != "size"} for one in facts_of(60, 1)]
    found = by_field(qualifier_of(policy, facts), {})
    assert {one.gain for one in found.values()} == {None}
    assert found["broke"].change_chance is not None


def test_a_conditional_knockout_stops_nothing_but_may_change_the_answer():
    rule = "\n  - {id: k, when: {sector: food}, then: {conditional_go: {en: a, fr: b}}, reason: {en: a, fr: b}}"  # noqa: E501
    found = by_field(
        qualifier_of(policy_of(knockouts=rule)), {"budget": True, "rank": "high", "size": 4.0}
    )
    assert found["sector"].knockout_chance == 0


def test_few_classes_cannot_be_worth_more_than_many(monkeypatch):
    qualifier, deal = qualifier_of(), Deal(as_of=DAY, facts={"sector": "steel", "broke": False})
    few = {one.field: one.gain for one in asked(qualifier, deal)}
    monkeypatch.setattr(answer_classes, "LIGHTEST", 0.0)
    monkeypatch.setattr(answer_classes, "MOST_CLASSES", 1_000)
    for one in asked(qualifier, deal):
        assert one.gain >= few[one.field] - 1e-9


def test_a_deal_of_another_day_asks_the_same():
    qualifier = qualifier_of()
    one, other = (asked(qualifier, Deal(as_of=day, facts={})) for day in (DAY, date(2030, 1, 1)))
    assert one == other
