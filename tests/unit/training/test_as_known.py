"""Deals as they were known at an event: whatever changed afterwards makes no difference."""

from datetime import date
from random import Random

import numpy as np
import pytest

from features.columns import CategoryColumn, NumericColumn
from features.errors import DealsError
from features.policy import parse_policy
from training.deals_on_file import DealsOnFile
from training.intake import read_deals

POLICY = """
policy: history
title: {en: a, fr: b}
deals:
  id: Id
  created_on: Created
  as_of: Qualified
  outcome: {column: Status, won: [Won], lost: [Lost], open: [Open]}
  history: HISTORY
fields:
  amount: {type: number, column: Amount}
  level: {type: category, column: Level}
decision: {go_at: {p_win: 0.3}}
"""
DEALS = """Id,Created,Qualified,Status,Amount,Level
A,2025-01-10,2025-02-01,Won,900,High
B,2025-01-20,2025-03-01,Lost,50,Low
C,2025-02-01,2025-04-01,Won,70,Mid
"""
HEADER = "OpportunityId,Field,OldValue,NewValue,CreatedDate\n"
CHANGES = [
    "A,Amount,100,300,2025-01-20T10:00:00Z",
    "A,Amount,300,900,2025-05-01T10:00:00Z",
    "A,Level,Low,High,2025-05-01T10:00:00Z",
    "B,Amount,80,50,2025-06-01T10:00:00Z",
    "A,StageName,Lead,Offer,2025-03-15T09:00:00Z",
    "B,StageName,Lead,Offer,2025-06-15T09:00:00Z",
]
LATER = ["A,Amount,900,1,2025-07-01T10:00:00Z", "B,Level,Low,High,2025-08-01T10:00:00Z"]


@pytest.fixture
def known(tmp_path):
    def read(as_of="qualification", changes=CHANGES, history=None):
        (tmp_path / "deals.csv").write_text(DEALS, encoding="utf-8")
        (tmp_path / "history.csv").write_text(HEADER + "\n".join(changes) + "\n", encoding="utf-8")
        written = history or f"{{file: history.csv, as_of: {as_of}}}"
        policy = parse_policy(POLICY.replace("HISTORY", written).encode())
        return read_deals(
            tmp_path / "deals.csv", policy, as_of=date(2026, 1, 1), needs_outcome=True
        )

    return read


def facts(on_file: DealsOnFile):
    amount, level = on_file.table.columns["amount"], on_file.table.columns["level"]
    assert isinstance(amount, NumericColumn)
    assert isinstance(level, CategoryColumn)
    return amount.values.tolist(), [level.fact(row) for row in range(len(on_file.table))]


def test_at_qualification_a_deal_is_what_was_known_on_its_day(known):
    on_file = known()
    assert facts(on_file) == ([300.0, 80.0, 70.0], ["Low", "Low", "Mid"])
    assert on_file.table.as_of.astype(str).tolist() == ["2025-02-01", "2025-03-01", "2025-04-01"]
    assert set(on_file.rewound) == {"Amount", "Level"}
    assert any("as known at their event" in note for note in on_file.notes)


def test_at_creation_nothing_had_changed_yet(known):
    assert facts(known("creation")) == ([100.0, 80.0, 70.0], ["Low", "Low", "Mid"])


def test_at_a_stage_deals_that_never_entered_it_are_left_out_and_told(known):
    on_file = known("{stage: Offer}")
    assert on_file.table.ids == ("A", "B")
    assert facts(on_file)[0] == [300.0, 50.0]
    assert [outcome.value for outcome in on_file.outcomes] == ["won", "lost"]
    assert any(note.startswith("1 deals left out") for note in on_file.notes)


def test_what_happens_after_the_event_changes_nothing(known):
    plain, random = known(), Random(1)
    for _ in range(10):
        more = [*CHANGES, *random.sample(LATER, random.randint(1, 2))]
        random.shuffle(more)
        again = known(changes=more)
        assert facts(again) == facts(plain)
        assert np.array_equal(again.table.as_of, plain.table.as_of)
    earlier = known(changes=[*CHANGES, "A,Amount,300,555,2025-01-30T10:00:00Z"])
    assert facts(earlier) != facts(plain)  # an earlier change would be seen


@pytest.mark.parametrize(
    ("history", "told"),
    [
        ("{file: nowhere.csv}", "nowhere.csv"),
        ("{file: deals.csv}", "history"),
        ("{file: history.csv, form: sales}", "form"),
    ],
)
def test_a_history_that_cannot_be_used_is_told(known, history, told):
    with pytest.raises(DealsError, match=told):
        known(history=history)
