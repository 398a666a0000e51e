"""What no closed deal had is named: a category, an answer, a number far beyond theirs."""

from datetime import date

import numpy as np
import pytest

from features import Deal, DealTable, Schema, parse_policy
from features.deal import NOT_APPLICABLE
from models.scaling import Scaling
from models.unlike_facts import UnlikeFact, fields_of, unlike_facts

POLICY = """
policy: unlike
title: {en: Unlike, fr: Autre}
deals: {outcome: {column: Result, won: [Won], lost: [Lost]}}
fields:
  amount: {type: number, not_applicable: ["n/a"]}
  places: {type: number}
  signed: {type: boolean}
  sector: {type: category}
decision: {go_at: {p_win: 0.4}}
"""
DAY = date(2026, 1, 5)


@pytest.fixture(scope="module")
def policy():
    return parse_policy(POLICY.encode())


@pytest.fixture(scope="module")
def learned(policy):
    """Return the schema and scaling of deals from 1,000 to 101,000, all with 3 places, signed."""
    deals = [
        Deal(as_of=DAY, facts={"amount": float(amount), "places": 3.0, "signed": True,
                               "sector": "ab"[amount % 2000 == 0]})
        for amount in range(1_000, 102_000, 1_000)
    ]  # fmt: skip
    table = DealTable.of(deals, policy.fields)
    schema = Schema.learn(table, policy.fields)
    return schema, Scaling.learn(schema.matrix(table).values)


def found(learned, policy, *deals):
    schema, scaling = learned
    table = DealTable.of([Deal(as_of=DAY, facts=one) for one in deals], policy.fields)
    return unlike_facts(table.fact, schema, schema.matrix(table), scaling)


def test_what_closed_deals_had_is_not_unlike(learned, policy):
    facts = {"amount": 101_000.0, "places": 3.0, "signed": True, "sector": "b"}
    assert found(learned, policy, facts, {}, {"amount": 1_000.0}) == [(), (), ()]


def test_a_number_is_unlike_from_a_tenth_of_the_range_beyond_it(learned, policy):
    schema, scaling = learned
    place = schema.names.index("amount")
    low, high = scaling.low[place], scaling.high[place]

    def at(share):  # how far beyond the highest, on the model's scale
        squeezed = high + share * (high - low)
        return float(scaling.centre[place] + scaling.spread[place] * np.sinh(squeezed))

    inside, outside = found(learned, policy, {"amount": at(0.099)}, {"amount": at(0.101)})
    assert inside == ()
    assert outside == (UnlikeFact("amount", at(0.101), 1_000.0, 101_000.0),)
    (below,) = found(learned, policy, {"amount": -90_000.0})
    assert fields_of(below) == ("amount",)


def test_where_all_closed_deals_were_alike_any_other_answer_is_unlike(learned, policy):
    (facts,) = found(learned, policy, {"signed": False, "places": 4.0})
    assert facts == (UnlikeFact("places", 4.0, 3.0, 3.0), UnlikeFact("signed", False, 1.0, 1.0))
    assert facts[1].value is False


def test_a_category_and_a_question_that_does_not_apply_have_no_range(learned, policy):
    first, second = found(learned, policy, {"amount": NOT_APPLICABLE}, {"sector": "moon"})
    assert first == (UnlikeFact("amount", NOT_APPLICABLE),)
    assert second == (UnlikeFact("sector", "moon"),)


def test_one_deal_is_told_as_in_a_batch_and_the_table_is_left_alone(learned, policy):
    random = np.random.default_rng(0)
    deals = [{"amount": float(amount), "sector": "z"} for amount in random.normal(5e4, 2e5, 60)]
    together = found(learned, policy, *deals)
    assert together == [found(learned, policy, one)[0] for one in deals]
    assert {len(facts) for facts in together} == {1, 2}
