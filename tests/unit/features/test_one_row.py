"""The row of one deal: what each answer is worth, remembered, as the batch makes it."""

from datetime import date

import numpy as np
import pytest

from features import Deal, DealTable, Schema, parse_policy
from features.deal import NOT_APPLICABLE
from features.matrix_column import MatrixColumn
from features.one_row import MOST_ANSWERS, OneRow

DAY = date(2026, 1, 5)
POLICY = parse_policy(
    b"""
policy: rows
title: {en: a, fr: b}
deals: {outcome: {column: Status, won: [W], lost: [L]}}
fields:
  size: {type: number, not_applicable: [none]}
  since: {type: date}
  budget: {type: boolean}
  sector: {type: category}
  rank: {type: category, values: [low, mid, high], ordered: true}
  per_size: {type: ratio, of: size, to: other}
  other: {type: number}
decision: {go_at: {p_win: 0.4}}
"""
)
FACTS = [
    {"size": 3.0, "since": date(2025, 1, 1), "budget": True, "sector": "a", "rank": "mid"},
    {"size": NOT_APPLICABLE, "budget": False, "sector": "b", "other": 2.0},
    {"size": 4.0, "other": 0.5, "sector": "never met", "rank": "high"},
    {"sector": "rare"},
    {},
]
DEALS = [Deal(as_of=DAY, facts=facts) for facts in FACTS]
CLOSED = [*DEALS[:2] * 6, *DEALS[4:], Deal(as_of=DAY, facts={"sector": "rare", "other": 1.0})]


@pytest.fixture(scope="module")
def schema():
    return Schema.learn(DealTable.of(CLOSED, POLICY.fields), POLICY.fields)


def same(row, schema, deal):
    batch = schema.matrix(DealTable.of([deal], POLICY.fields))
    made = row.matrix(POLICY.known(deal))
    return (
        np.array_equal(made.values, batch.values, equal_nan=True) and made.unseen == batch.unseen
    )


def test_every_kind_of_answer_is_worth_what_it_is_in_a_batch(schema):
    row = OneRow(schema, POLICY.fields, ())
    assert all(same(row, schema, deal) for deal in DEALS * 2)
    assert [one.value for one in row.matrix(DEALS[2].facts).unseen] == ["never met"]
    assert np.isnan(row.matrix({}).values).any()


def test_a_row_forgets_the_deal_before_it(schema):
    row = OneRow(schema, POLICY.fields, ())
    row.matrix(DEALS[0].facts)
    assert same(row, schema, DEALS[4])


def test_so_many_answers_are_remembered_and_no_more(schema, monkeypatch):
    monkeypatch.setattr("features.one_row.MOST_ANSWERS", 3)
    row = OneRow(schema, POLICY.fields, ())
    for word in "abcdefgh":
        assert same(row, schema, Deal(as_of=DAY, facts={"sector": word}))
    assert len(row._met) == 3 < MOST_ANSWERS


def test_a_track_record_hangs_on_more_than_the_facts(schema):
    assert OneRow.possible(schema)
    assert not OneRow.possible(Schema((MatrixColumn("sector", "track", "win_rate"),), {}))
