"""From a JSON object to a deal: every fact checked, every problem at once."""

import json
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from features import Deal, FactsError, Policy, Problem, parse_policy
from features.facts import MOST_FACTS, deal_from_facts, means_unknown
from features.fields import CategoryField, NumberField, PolicyField

DAY = date(2026, 1, 5)


def problems_of(facts, policy: Policy):
    with pytest.raises(FactsError) as caught:
        deal_from_facts(facts, policy.fields, as_of=DAY)
    return caught.value.problems


def test_a_json_object_becomes_a_deal(policy):
    facts = json.loads('{"amount": 1200, "budget_allocated": true, "authority": "High"}')
    deal = deal_from_facts(facts, policy.fields, as_of=DAY, deal_id="D1")
    assert (deal.id, deal.as_of) == ("D1", DAY)
    assert dict(deal.facts) == {"amount": 1200.0, "budget_allocated": True, "authority": "High"}
    assert type(deal.facts["amount"]) is float


def test_null_an_empty_text_a_word_for_unknown_and_a_missing_key_all_mean_unknown(policy):
    facts = {
        "amount": None,
        "exposure": "Unknown",
        "budget_allocated": "",
        "authority": "  Unknown ",
        "source": "To ask",
    }
    assert dict(deal_from_facts(facts, policy.fields, as_of=DAY).facts) == {}


def test_false_zero_and_no_are_answers_and_not_unknown(policy_text):
    text = policy_text.replace("[Low, Mid, High]", "[Low, Mid, High, No, None]")
    fields = parse_policy(text.encode()).fields
    facts = {"amount": 0, "budget_allocated": False, "authority": "None"}
    assert dict(deal_from_facts(facts, fields, as_of=DAY).facts) == {
        "amount": 0.0,
        "budget_allocated": False,
        "authority": "None",
    }


def test_a_word_for_unknown_counts_only_for_its_field(policy):
    assert means_unknown("To ask", policy.fields["source"])
    assert not means_unknown("To ask", policy.fields["authority"])


@pytest.mark.parametrize("value", [0, False, "No", "None", "null", [], {}, float("nan")])
def test_only_null_and_words_for_unknown_mean_unknown(value):
    assert not means_unknown(value, CategoryField(type="category", unknown=("?",)))


def test_eleven_wrong_facts_are_eleven_problems_in_the_order_they_came(policy):
    facts = {
        "amount": True,
        "exposure": json.loads("NaN"),
        "credit_limit": json.loads("1e400"),
        "budget_allocated": 1,
        "insolvency": "true",
        "authority": "Hgih",
        "source": "a\x1b[31mb",
        "budgte_allocated": True,
        "zzz": 5,
        "": None,
        "AMOUNT": 5,
    }
    problems = problems_of(facts, policy)
    assert [problem.where for problem in problems] == list(facts)
    assert [problem.what for problem in problems] == [
        "true is not a number",
        "nan is not a usable number",
        "inf is not a usable number",
        "1 is not true or false",
        "'true' is not true or false",
        "'Hgih' is not an allowed value",
        r"'a\x1b[31mb' is not an answer",
        "the policy has no field 'budgte_allocated'",
        "the policy has no field 'zzz'",
        "the policy has no field ''",
        "the policy has no field 'AMOUNT'",
    ]
    assert all(problem.hint for problem in problems)


def test_an_unknown_field_is_told_the_nearest_one(policy):
    (problem,) = problems_of({"budgte_allocated": True}, policy)
    assert problem.hint == "did you mean 'budget_allocated'?"


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("amount", 10**400, "is not a usable number"),
        ("amount", float("-inf"), "is not a usable number"),
        ("amount", -1, "-1 is out of range"),
        ("amount", 5_000_000.5, "5000000.5 is out of range"),
        ("amount", "12", "'12' is not a number"),
        ("amount", [12], "a list is not a number"),
        ("budget_allocated", 0.0, "0.0 is not true or false"),
        ("authority", 3, "3 is not a text"),
        ("authority", True, "true is not a text"),
        ("authority", {"is": "High"}, "a fact is a value, or an object that holds one"),
        ("authority", {"value": ["High"]}, "a list is not a text"),
        ("source", "x" * 201, "is not an answer"),
        ("source", "a\nb", r"'a\nb' is not an answer"),
    ],
)
def test_a_wrong_fact_says_what_is_wrong_and_what_would_be_right(policy, name, value, what):
    (problem,) = problems_of({name: value}, policy)
    assert problem.where == name
    assert what in problem.what
    assert problem.hint


def test_a_megabyte_of_nonsense_is_answered_in_a_short_line(policy):
    for facts in ({"source": "x" * 1_000_000}, {"y" * 1_000_000: 1}):
        (problem,) = problems_of(facts, policy)
        assert len(str(problem)) < 300


def test_a_mountain_of_facts_is_one_problem_and_not_a_mountain_of_them(policy):
    for many in (MOST_FACTS + 1, 100_000):
        (problem,) = problems_of({f"f{n}": n for n in range(many)}, policy)
        assert problem.what == f"{many:,} facts are too many"
    assert len(problems_of({f"f{n}": n for n in range(MOST_FACTS)}, policy)) == MOST_FACTS


@pytest.mark.parametrize("name", ["\ud800", "a\x1b[31mb", "a\nb: fine", "\u202eevil"])
def test_a_field_name_that_cannot_be_printed_is_told_in_words_that_can(policy, name):
    (problem,) = problems_of({name: 1}, policy)
    assert str(problem).encode()
    assert problem.where.isprintable()
    assert problem.what.isprintable()


def test_a_deal_without_facts_is_a_deal_of_which_nothing_is_known(policy):
    assert dict(deal_from_facts({}, policy.fields, as_of=DAY).facts) == {}


def test_a_policy_without_such_a_field_says_that_none_is_known():
    with pytest.raises(FactsError, match="none is known here"):
        deal_from_facts({"a": 1}, {}, as_of=DAY)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda part: st.lists(part, max_size=2) | st.dictionaries(st.text(), part, max_size=2),
    max_leaves=4,
)
FIELDS: dict[str, PolicyField] = {
    "amount": NumberField(type="number", min=0),
    "authority": CategoryField(type="category", values=("Low", "High")),
}


@given(st.dictionaries(st.sampled_from(["amount", "authority"]) | st.text(max_size=5), JSON))
def test_any_json_object_is_a_deal_or_a_list_of_its_problems(facts):
    deal, problems = tried(facts)
    assert (deal is None) is bool(problems)
    assert len(problems) <= len(facts)
    if deal is not None:
        assert set(deal.facts) <= set(facts) & set(FIELDS)
        assert tried(deal.facts) == (deal, ())


def tried(facts: Mapping[str, object]) -> tuple[Deal | None, tuple[Problem, ...]]:
    try:
        return deal_from_facts(facts, FIELDS, as_of=DAY), ()
    except FactsError as error:
        return None, error.problems
