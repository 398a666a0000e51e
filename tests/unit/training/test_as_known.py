"""Deals as they were known at an event: every form of history, every event, and no look ahead."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features import DealsError, parse_policy
from training.intake import deals_of, read_deals
from training.sources.location import read_source
from training.sources.raw_table import RawTable

DAY = date(2026, 1, 5)
POLICY = """
policy: shop
title: {{en: Shop, fr: Boutique}}
deals:
  id: Id
  outcome: {{column: Result, won: [Won], lost: [Lost]}}
  created_on: Created
  as_of: Qualified
  closed_on: Closed
  history: {{file: {file}, as_of: {as_of}}}
fields:
  amount: {{type: number, column: Amount}}
  need: {{type: category, column: Need}}
decision: {{go_at: {{p_win: 0.5}}}}
"""
DEALS = (
    "Id,Result,Created,Qualified,Closed,Amount,Need\n"
    "006000000000001,Won,2025-01-02,2025-02-10,2025-06-01,999,urgent\n"
    "006000000000002,Lost,2025-01-05,2025-02-12,2025-06-02,888,none\n"
)
FIELD_HISTORY = (
    "Id,OpportunityId,Field,OldValue,NewValue,CreatedDate\n"
    "1,006000000000001,Amount,10,20,2025-02-01T10:00:00Z\n"
    "2,006000000000001,Amount,20,999,2025-05-01T10:00:00Z\n"
    "3,006000000000001,Need,,urgent,2025-02-11T10:00:00Z\n"
    "4,006000000000002,Amount,5,888,2025-03-01T10:00:00Z\n"
    "5,006000000000001,StageName,New,Talks,2025-03-01T10:00:00Z\n"
    "6,006000000000002,StageName,New,Talks,2025-02-20T10:00:00Z\n"
)
PROPERTY_HISTORY = (
    "objectId,name,value,timestamp\n"
    "006000000000001,amount,10,2025-01-02T10:00:00Z\n"
    "006000000000001,amount,20,2025-02-01T10:00:00Z\n"
    "006000000000001,amount,999,2025-05-01T10:00:00Z\n"
    "006000000000001,need,urgent,2025-02-11T10:00:00Z\n"
    "006000000000002,amount,5,2025-01-05T10:00:00Z\n"
    "006000000000002,amount,888,2025-03-01T10:00:00Z\n"
    "006000000000002,need,none,2025-01-05T10:00:00Z\n"
)
STATES = (
    "OpportunityId,CreatedDate,StageName,Amount,Need\n"
    "006000000000001,2025-01-02T10:00:00Z,New,10,\n"
    "006000000000001,2025-02-01T10:00:00Z,New,20,\n"
    "006000000000001,2025-03-01T10:00:00Z,Talks,20,urgent\n"
    "006000000000001,2025-05-01T10:00:00Z,Signed,999,urgent\n"
    "006000000000002,2025-01-05T10:00:00Z,New,5,none\n"
    "006000000000002,2025-02-20T10:00:00Z,Talks,5,none\n"
    "006000000000002,2025-03-01T10:00:00Z,Dead,888,none\n"
)
TYPE_2 = (
    "id,amount,need,_fivetran_start,_fivetran_end\n"
    "006000000000001,10,,2025-01-02T10:00:00Z,2025-02-01T10:00:00Z\n"
    "006000000000001,20,,2025-02-01T10:00:00Z,2025-05-01T10:00:00Z\n"
    "006000000000001,999,urgent,2025-05-01T10:00:00Z,9999-12-31T23:59:59Z\n"
    "006000000000002,5,none,2025-01-05T10:00:00Z,2025-03-01T10:00:00Z\n"
    "006000000000002,888,none,2025-03-01T10:00:00Z,9999-12-31T23:59:59Z\n"
)
LOG = (
    "deal,as_of,facts\n"
    '006000000000001,2025-01-02,"{""amount"": 10}"\n'
    '006000000000001,2025-02-01,"{""amount"": 20}"\n'
    '006000000000001,2025-05-01,"{""amount"": 999, ""need"": ""urgent""}"\n'
    '006000000000002,2025-01-05,"{""amount"": 5, ""need"": ""none""}"\n'
    '006000000000002,2025-03-01,"{""amount"": 888, ""need"": ""none""}"\n'
)
HISTORIES = {
    "field history": FIELD_HISTORY, "property history": PROPERTY_HISTORY, "states": STATES,
    "type 2": TYPE_2, "decision log": LOG,
}  # fmt: skip


@pytest.fixture
def read(write):
    def read_as_known(history, as_of="creation", deals=DEALS):
        write(history, "history.csv")
        text = POLICY.format(file="history.csv", as_of=as_of)
        return read_deals(write(deals), parse_policy(text.encode()), as_of=DAY, needs_outcome=True)

    return read_as_known


def amounts(deals):
    return deals.table.columns["amount"].values.tolist()


@pytest.mark.parametrize("form", HISTORIES)
def test_at_its_creation_a_deal_is_what_it_was_then(read, form):
    deals = read(HISTORIES[form])
    assert amounts(deals) == [10.0, 5.0]
    assert deals.table.as_of.astype(str).tolist() == ["2025-01-02", "2025-01-05"]
    assert "need" not in deals.table.deal(0).facts
    assert "Amount" in deals.rewound
    assert any("as known at their event: Amount" in note for note in deals.notes)


@pytest.mark.parametrize("form", HISTORIES)
def test_at_its_qualification_it_knows_what_came_by_the_end_of_the_day(read, form):
    deals = read(HISTORIES[form], "qualification")
    assert amounts(deals) == [20.0, 5.0]
    assert deals.table.as_of.astype(str).tolist() == ["2025-02-10", "2025-02-12"]
    assert "need" not in deals.table.deal(0).facts


@pytest.mark.parametrize("form", ["field history", "states"])
def test_at_a_stage_it_knows_what_came_before(read, form):
    deals = read(HISTORIES[form], "{stage: Talks}")
    assert amounts(deals) == [20.0, 5.0]
    assert deals.table.deal(0).facts["need"] == "urgent"
    assert deals.table.as_of.astype(str).tolist() == ["2025-03-01", "2025-02-20"]


def test_deals_of_which_nothing_is_known_are_left_out_and_told(read):
    third = DEALS + "006000000000003,Won,2025-01-05,2025-02-12,2025-06-02,7,none\n"
    deals = read(STATES, deals=third)
    assert (len(deals.table), deals.kept.tolist(), len(deals.closed_on)) == (2, [0, 1], 2)
    assert "1 deals left out: their history says nothing of their event" in deals.notes
    stage = read(FIELD_HISTORY, "{stage: Talks}", deals=third)
    assert stage.kept.tolist() == [0, 1]


def test_mistakes_of_a_history_are_told(read, write):
    with pytest.raises(DealsError, match="no deal of the history was ever in the stage 'Talk'"):
        read(STATES, "{stage: Talk}")
    with pytest.raises(DealsError, match="not those of a history"):
        read("a,b\n1,2\n")
    text = POLICY.replace("  as_of: Qualified\n", "")
    policy = parse_policy(text.format(file="history.csv", as_of="qualification").encode())
    write(STATES, "history.csv")
    with pytest.raises(DealsError, match="no column of the day of qualification"):
        read_deals(write(DEALS), policy, as_of=DAY, needs_outcome=True)


def test_to_score_no_history_is_needed(write):
    text = POLICY.format(file="gone.csv", as_of="creation")
    policy = parse_policy(text.encode())
    assert amounts(read_deals(write(DEALS), policy, as_of=DAY, needs_outcome=False)) == [999, 888]
    with pytest.raises(DealsError, match=r"gone\.csv"):
        read_deals(write(DEALS), policy, as_of=DAY, needs_outcome=True)


LATER = st.lists(
    st.tuples(
        st.sampled_from(["006000000000001", "006000000000002"]),
        st.sampled_from(["Amount", "Need"]),
        st.integers(0, 10**6).map(str),
        st.integers(1, 300),
    ),
    max_size=6,
)


@settings(max_examples=settings().max_examples // 8)
@given(LATER, st.integers(0, 10**6), st.sampled_from(["urgent", "none", "other"]))
def test_nothing_after_the_event_changes_a_byte(tmp_path_factory, later, amount, need):
    place = tmp_path_factory.mktemp("known")
    policy = parse_policy(POLICY.format(file="history.csv", as_of="qualification").encode())
    tables = []
    for changed in (False, True):
        extra = "".join(
            f"9{n},{deal},{column},none,{value},{np.datetime64('2025-05-01') + days}T11:00:00Z\n"
            for n, (deal, column, value, days) in enumerate(later if changed else ())
        )
        (place / "history.csv").write_text(FIELD_HISTORY + extra, encoding="utf-8")
        text = DEALS.replace(",999,urgent", f",{amount},{need}") if changed else DEALS
        (place / "deals.csv").write_text(text, encoding="utf-8")
        deals = read_deals(place / "deals.csv", policy, as_of=DAY, needs_outcome=True)
        tables.append((deals.table.as_of.tobytes(), bytes_of(deals.table), deals.fingerprint))
    assert tables[0] == tables[1]


def bytes_of(table):
    amount, need = table.columns["amount"], table.columns["need"]
    return amount.values.tobytes(), need.codes.tobytes(), need.levels


def test_without_its_history_what_changes_later_would_show(write):
    """The negative control: the same change of the export is seen where nothing is rewound."""
    policy = parse_policy(POLICY.format(file="history.csv", as_of="qualification").encode())
    plain = replace(policy, deals=policy.deals.model_copy(update={"history": None}))
    found = {
        text: bytes_of(read_deals(write(text), plain, as_of=DAY, needs_outcome=True).table)
        for text in (DEALS, DEALS.replace(",999,", ",7,"))
    }
    assert len(set(found.values())) == 2


def test_a_table_without_ids_cannot_be_turned_back(write):
    text = POLICY.replace("  id: Id\n", "").format(file="history.csv", as_of="creation")
    raw = read_source(write(DEALS))
    assert isinstance(raw, RawTable)
    with pytest.raises(DealsError, match="a history needs ids"):
        deals_of(raw, parse_policy(text.encode()), as_of=DAY, needs_outcome=True)
