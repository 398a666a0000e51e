"""What changes while a deal is worked is kept out of the model, unless it was turned back."""

from datetime import date

import pytest

from features.policy import parse_policy
from training.changing_fields import changing_fields
from training.closed_deals import closed_deals
from training.fit import fit_model
from training.intake import read_deals

POLICY = """
policy: changing
title: {en: a, fr: b}
deals:
  preset: salesforce
  SETTINGS
fields:
  amount: {type: number, column: Amount}
  industry: {type: category, column: Industry}
decision: {go_at: {p_win: 0.3}}
"""
HISTORY = """OpportunityId,Field,OldValue,NewValue,CreatedDate
006A0,Amount,5,7,2025-01-20T10:00:00Z
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("changing")
    lines = ["Id,IsClosed,IsWon,CreatedDate,CloseDate,Amount,Industry"]
    for n in range(80):
        won = n * 31 % 3 == 0
        lines.append(
            f"006A{n},true,{str(won).lower()},2025-01-{1 + n % 28:02},2025-03-{1 + n % 28:02},"
            f"{100 + n * 37 % 91},{'ABCDEFGHIJK'[n * 7 % 11]}"
        )
    (place / "deals.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (place / "history.csv").write_text(HISTORY, encoding="utf-8")
    return place


def read(folder, settings="unknown: []"):
    policy = parse_policy(POLICY.replace("SETTINGS", settings).encode())
    deals = read_deals(folder / "deals.csv", policy, as_of=date(2026, 1, 1), needs_outcome=True)
    return deals, policy


def test_the_model_does_not_see_a_column_that_changes(folder):
    deals, policy = read(folder)
    assert changing_fields(deals, policy) == ("amount",)
    closed = closed_deals(deals, policy)
    assert closed.kept_out == ("amount",)
    assert fit_model(closed, policy, seed=0).schema.fields() == ("industry",)
    assert "amount" in closed.table.columns  # rules may still look at it


@pytest.mark.parametrize(
    ("settings", "kept_out"),
    [
        ('keep: {Amount: "set once, by the tender"}', ()),
        ('keep: {Amount: " "}', ("amount",)),
        ("history: {file: history.csv, as_of: creation}", ()),
    ],
)
def test_a_reason_or_a_history_lets_it_stay(folder, settings, kept_out):
    assert changing_fields(*read(folder, settings)) == kept_out


def test_without_a_preset_nobody_knows_what_changes(folder):
    outcome = "outcome: {closed: IsClosed, won: IsWon}"
    text = POLICY.replace("preset: salesforce", outcome).replace("SETTINGS", "unknown: []")
    policy = parse_policy(text.encode())
    deals = read_deals(folder / "deals.csv", policy, as_of=date(2026, 1, 1), needs_outcome=True)
    assert changing_fields(deals, policy) == ()
