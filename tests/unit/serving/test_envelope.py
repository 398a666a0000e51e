"""A request is a deal's facts, or an envelope around them; all its problems are told at once."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from features import FactsError, parse_policy
from serving.envelope import LONGEST_ID, deal_of
from tests.conftest import POLICY_TEXT

TODAY = date(2026, 1, 5)
WAIVER = {
    "knockout": "exposure_over_limit", "by": "finance", "reason": "A guarantee has come in",
    "granted_on": "2026-01-02", "until": "2026-02-01",
}  # fmt: skip


@pytest.fixture
def waivable(policy_text):
    """Return the small policy with one knockout that finance may waive for 60 days."""
    return parse_policy(
        policy_text.replace(
            "    when: {exposure: {above: {field: credit_limit}}}\n",
            "    when: {exposure: {above: {field: credit_limit}}}\n"
            "    waiver: {by: [finance], days: 60}\n",
        ).encode()
    )


def read(policy, body, **query):
    return deal_of(body, query, policy, today=TODAY)


def problems(policy, body, **query):
    with pytest.raises(FactsError) as wrong:
        read(policy, body, **query)
    return [problem.where for problem in wrong.value.problems]


def test_plain_facts_and_the_envelope_are_the_same_deal(waivable):
    facts = {"amount": 1000, "authority": "High"}
    plain = read(waivable, facts, as_of="2025-02-03", deal="D-7")
    assert plain == read(waivable, {"facts": facts, "as_of": "2025-02-03", "id": "D-7"})
    assert read(waivable, {}) == read(waivable, {"facts": {}})
    assert (plain.id, plain.as_of, dict(plain.facts)) == (
        "D-7", date(2025, 2, 3), {"amount": 1000.0, "authority": "High"},
    )  # fmt: skip


def test_waivers_come_with_the_deal(waivable):
    deal = read(waivable, {"facts": {}, "waivers": [WAIVER]})
    assert [(one.knockout, one.until) for one in deal.waivers] == [
        ("exposure_over_limit", date(2026, 2, 1))
    ]
    assert deal.as_of == TODAY


def test_every_problem_of_every_part_is_told_at_once(waivable):
    body = {
        "facts": {"amount": "much", "budgte": 1},
        "waivers": [WAIVER | {"by": "sales"}],
        "id": 7,
        "as_of": "soon",
        "waiver": [],
    }
    assert problems(waivable, body) == [
        "amount", "budgte", "as_of", "id", "waivers[0].by", "waiver",
    ]  # fmt: skip
    assert problems(waivable, {"facts": [], "id": "x" * (LONGEST_ID + 1)}) == ["id", "facts"]


def test_what_the_query_says_too_is_said_once(waivable):
    assert problems(waivable, {"facts": {}, "id": "a"}, deal="b") == ["id"]
    assert read(waivable, {"facts": {}, "id": None}, deal="b").id == "b"


def test_a_policy_with_a_field_called_facts_is_asked_with_plain_facts(policy_text):
    policy = parse_policy(
        policy_text.replace("fields:\n", "fields:\n  facts: {type: number}\n", 1).encode()
    )
    assert dict(read(policy, {"facts": 3}).facts) == {"facts": 3.0}


def test_a_fact_may_say_when_it_was_observed_or_that_it_does_not_apply(policy_text):
    policy = parse_policy(
        policy_text.replace(
            "amount: {type: number,",
            "amount: {type: number, valid_for_days: 30, not_applicable: [],",
        ).encode()
    )
    old = {"value": 10, "observed_on": "2025-11-01"}
    assert read(policy, {"facts": {"amount": old}}).expired == ("amount",)
    none = read(policy, {"facts": {"amount": {"not_applicable": True}}})
    assert none.knows("amount")


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
LIKE_A_WAIVER = st.dictionaries(st.sampled_from([*WAIVER, "other"]), ANY_JSON, max_size=6)
LIKE_AN_ENVELOPE = st.fixed_dictionaries(
    {"facts": ANY_JSON | st.dictionaries(st.sampled_from(["amount", "authority"]), ANY_JSON)},
    optional={
        "waivers": ANY_JSON | st.lists(LIKE_A_WAIVER, max_size=2),
        "id": ANY_JSON,
        "as_of": ANY_JSON | st.just("2026-01-05"),
        "more": ANY_JSON,
    },
)


SMALL_POLICY = parse_policy(POLICY_TEXT.encode())


def problems_or_none(body):
    """Return the problems of a request, None where it is a deal."""
    try:
        read(SMALL_POLICY, body)
    except FactsError as error:
        return error.problems
    return None


@given(body=LIKE_AN_ENVELOPE)
def test_whatever_is_sent_is_a_deal_or_problems_in_words(body):
    found = problems_or_none(body)
    if found is None:
        assert isinstance(body["facts"], dict)
        assert not body.get("waivers")  # nobody may waive anything in this policy
    else:
        assert found
        assert all(one.what.isprintable() and one.where.isprintable() for one in found)
