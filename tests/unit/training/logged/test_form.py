"""The form of a policy's file, and of an export as a preset knows it."""

from datetime import date

import pyarrow as pa
import pytest

from features import parse_policy
from features.errors import DealsError
from tests.unit.training.logged.conftest import POLICY, logged, past
from training.intake import deals_of
from training.logged.form import form_of_file, form_of_policy, outcome_cells
from training.logged.source import logged_source
from training.outcomes.outcome import Outcome
from training.outcomes.rule import ArchiveRule, FlagRule
from training.sources.raw_table import RawTable

SALESFORCE = """
policy: crm
title: {en: "CRM", fr: "CRM"}
deals: {preset: salesforce}
fields:
  amount: {type: number}
  source: {type: category}
decision: {go_at: {p_win: 0.3}}
"""
EXPORT = {
    "Id": ["D-0", "D-1", "D-2", "D-9"],
    "CreatedDate": ["2025-01-01"] * 4,
    "CloseDate": ["2025-03-01"] * 4,
    "IsClosed": ["true", "true", "false", "true"],
    "IsWon": ["true", "false", "false", "true"],
    "AccountId": ["A", "B", "A", "C"],
    "Amount": ["1000", "2000", "3000", "4000"],
    "LeadSource": ["Web", "Web", None, "Partner"],
}


@pytest.fixture
def export():
    return RawTable(table=pa.table(EXPORT), where="export.csv")


def test_a_policy_names_its_columns_and_its_words(policy):
    form = form_of_policy(policy)
    assert form.fields["amount"] == "Amount of the offer"
    assert form.settings["closed_on"] == "Closed"
    assert form.outcomes[Outcome.LOST] == {"End": "Lost"}
    assert form.outcomes[Outcome.OPEN] == {"End": ""}
    assert {"Deal", "End", "Seller", "need"} <= {*form.headers}


def test_an_export_of_a_crm_is_written_under_its_own_headers(export):
    crm = parse_policy(SALESFORCE.encode())
    form = form_of_file(export, crm)
    assert form.fields == {"amount": "Amount", "source": "LeadSource"}
    assert (form.settings["id"], form.settings["account"]) == ("Id", "AccountId")
    assert form.outcomes[Outcome.WON] == {"IsWon": "true", "IsClosed": "true"}


def test_the_log_is_joined_with_an_export_of_a_crm(export):
    crm = parse_policy(SALESFORCE.encode())

    logs = past(
        logged(0, "lost", facts={"amount": 7, "source": "Fair"}), logged(5, facts={"amount": 8})
    )
    source = logged_source(logs, crm, beside=export)
    found = deals_of(source.raw, crm, as_of=date(2026, 12, 1), needs_outcome=True)
    assert found.outcomes is not None
    assert found.accounts is not None
    outcomes = dict(zip(found.table.ids, [one.value for one in found.outcomes], strict=True))
    assert outcomes == {"D-1": "lost", "D-2": "open", "D-9": "won", "D-0": "lost", "D-5": "won"}
    assert dict(found.table.deal(3).facts) == {"amount": 7.0, "source": "Fair"}
    assert found.accounts.tolist()[:4] == ["B", "A", "C", "A"]


def test_flags_of_won_and_lost_or_of_won_alone():
    cells = outcome_cells((FlagRule(won="W", lost="L"), {}))
    assert cells[Outcome.OPEN] == {"W": "false", "L": "false"}
    assert outcome_cells((FlagRule(won="W"), {})).keys() == {Outcome.WON, Outcome.LOST}


def test_a_way_that_cannot_be_written_or_a_file_that_cannot_be_read_is_told(export, monkeypatch):
    assert outcome_cells((ArchiveRule(active="a", probability="p"), {})) == {}
    crm = parse_policy(SALESFORCE.encode())
    monkeypatch.setattr("training.logged.form.outcome_cells", lambda _: {})
    with pytest.raises(DealsError, match="cannot be written"):
        form_of_file(export, crm)
    twice = RawTable(table=pa.table({"deal": ["a"], "DEAL": ["a"], "End": ["Won"]}), where="x")
    with pytest.raises(DealsError, match="may be"):
        form_of_file(twice, parse_policy(POLICY.encode()))
