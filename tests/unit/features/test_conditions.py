"""Conditions over facts: what holds, what is unknown, what decided it and what is missing."""

from datetime import date

import pytest

from features import Deal, DealTable
from features.conditions import (
    All,
    AnyOf,
    Comparison,
    Condition,
    IsOneOf,
    Not,
    deciding_facts,
    missing_facts,
)
from features.deal import Fact
from features.fields import CategoryField, NumberField, PolicyField
from features.table import TableFacts

HIGH = IsOneOf("authority", frozenset({"High"}))
BUDGET = IsOneOf("budget", frozenset({True}))
LARGE = Comparison("amount", "above", 100.0)
EXPOSED = Comparison("exposure", "above", "credit_limit")


def truth(condition: Condition, **facts: Fact) -> bool | None:
    return condition.holds(facts)


def deciding(condition: Condition, **facts: Fact) -> set[str]:
    return set(deciding_facts(condition, facts))


def missing(condition: Condition, **facts: Fact) -> set[str]:
    return set(missing_facts(condition, facts))


def test_a_fact_is_one_of_the_values_or_not_or_unknown():
    assert truth(HIGH, authority="High") is True
    assert truth(HIGH, authority="Low") is False
    assert truth(HIGH) is None


def test_false_and_zero_are_facts_and_not_unknown():
    assert truth(IsOneOf("budget", frozenset({False})), budget=False) is True
    assert truth(BUDGET, budget=False) is False
    assert truth(Comparison("amount", "below", 1.0), amount=0.0) is True


@pytest.mark.parametrize(
    ("test", "below", "at", "above"),
    [
        ("above", False, False, True),
        ("at_least", False, True, True),
        ("below", True, False, False),
        ("at_most", True, True, False),
    ],
)
def test_a_comparison_is_exact_at_its_limit(test, below, at, above):
    condition = Comparison("amount", test, 100.0)
    assert [truth(condition, amount=number) for number in (99.99, 100.0, 100.01)] == [
        below,
        at,
        above,
    ]


def test_a_comparison_with_another_field_is_unknown_while_either_is():
    assert truth(EXPOSED, exposure=5.0, credit_limit=4.0) is True
    assert truth(EXPOSED, exposure=5.0, credit_limit=5.0) is False
    assert truth(EXPOSED, exposure=5.0) is None
    assert truth(EXPOSED, credit_limit=5.0) is None


def test_a_field_compared_with_itself_is_still_unknown_until_it_is_known():
    same = Comparison("amount", "at_least", "amount")
    assert truth(same) is None
    assert truth(same, amount=3.0) is True


def test_one_false_part_settles_all_and_one_true_part_settles_any():
    assert truth(All((HIGH, BUDGET)), budget=False) is False
    assert truth(All((HIGH, BUDGET)), budget=True) is None
    assert truth(AnyOf((HIGH, BUDGET)), budget=True) is True
    assert truth(AnyOf((HIGH, BUDGET)), budget=False) is None


def test_not_of_unknown_is_unknown():
    assert truth(Not(HIGH)) is None
    assert truth(Not(HIGH), authority="Low") is True


def test_a_column_of_deals_is_judged_like_each_deal():
    fields: dict[str, PolicyField] = {
        "authority": CategoryField(type="category"),
        "exposure": NumberField(type="number"),
        "credit_limit": NumberField(type="number"),
    }
    deals = [
        Deal(as_of=date(2026, 1, 5), facts={"authority": "High", "exposure": 2.0}),
        Deal(as_of=date(2026, 1, 5), facts={"exposure": 2.0, "credit_limit": 1.0}),
        Deal(as_of=date(2026, 1, 5), facts={"authority": "Low", "exposure": 1.0}),
    ]
    answer = AnyOf((HIGH, EXPOSED)).truth(TableFacts(DealTable.of(deals, fields)))
    assert answer.true.tolist() == [True, True, False]
    assert answer.false.tolist() == [False, False, False]
    assert answer.unknown.tolist() == [False, False, True]


def test_a_condition_names_every_field_it_looks_at():
    condition = AnyOf((All((HIGH, Not(BUDGET))), EXPOSED, LARGE))
    assert condition.fields() == {"authority", "budget", "exposure", "credit_limit", "amount"}


def test_the_canonical_form_is_what_would_stand_in_a_file():
    condition = AnyOf((All((HIGH, Not(BUDGET))), EXPOSED, LARGE))
    assert condition.to_data() == {
        "any": [
            {"all": [{"authority": "High"}, {"not": {"budget": True}}]},
            {"amount": {"above": 100.0}},
            {"exposure": {"above": {"field": "credit_limit"}}},
        ]
    }


def test_the_values_of_a_canonical_form_are_in_order():
    assert IsOneOf("a", frozenset({"c", "a", "b"})).to_data() == {"a": ["a", "b", "c"]}
    assert IsOneOf("a", frozenset({True, False})).to_data() == {"a": [False, True]}


def test_the_fact_that_settles_a_condition_alone_is_the_one_named():
    both = All((HIGH, BUDGET))
    assert deciding(both, authority="Low", budget=True) == {"authority"}
    assert deciding(both, budget=False) == {"budget"}
    assert deciding(AnyOf((HIGH, BUDGET)), authority="Low", budget=True) == {"budget"}


def test_all_facts_are_named_when_it_takes_all_of_them():
    assert deciding(All((HIGH, BUDGET)), authority="High", budget=True) == {"authority", "budget"}
    assert deciding(AnyOf((HIGH, BUDGET)), authority="Low", budget=False) == {
        "authority",
        "budget",
    }
    assert deciding(EXPOSED, exposure=1.0, credit_limit=2.0) == {"exposure", "credit_limit"}


def test_of_several_facts_that_settle_it_the_fewest_are_named_and_always_the_same():
    either = AnyOf((EXPOSED, HIGH, BUDGET))
    facts: dict[str, Fact] = {"exposure": 2.0, "credit_limit": 1.0, "authority": "High"}
    facts["budget"] = True
    assert deciding(either, **facts) == {"authority"}
    assert deciding(AnyOf(either.parts[::-1]), **facts) == {"authority"}


def test_what_decides_a_condition_decides_its_opposite():
    both = All((HIGH, BUDGET))
    assert deciding(Not(both), authority="Low", budget=True) == {"authority"}
    assert deciding(Not(Not(both)), authority="Low", budget=True) == {"authority"}


def test_nothing_decides_an_unknown_condition():
    assert deciding(All((HIGH, BUDGET)), authority="High") == set()


def test_what_is_missing_are_the_unknown_facts_that_can_still_decide():
    condition = AnyOf((All((HIGH, BUDGET)), EXPOSED))
    assert missing(condition) == {"authority", "budget", "exposure", "credit_limit"}
    assert missing(condition, authority="Low") == {"exposure", "credit_limit"}
    assert missing(condition, authority="High", exposure=3.0) == {"budget", "credit_limit"}


def test_nothing_is_missing_once_a_condition_is_decided():
    assert missing(All((HIGH, BUDGET)), budget=False) == set()
    assert missing(Not(AnyOf((HIGH, BUDGET))), authority="High") == set()
