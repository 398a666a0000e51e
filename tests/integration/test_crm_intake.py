"""Exports of every CRM through the intake: a policy of three lines gives the table of deals."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from features import parse_policy
from training.intake import read_deals
from training.outcomes.outcome import Outcome

FOLDER = Path(__file__).parent.parent / "fixtures" / "crm"
DAY = date(2026, 7, 1)

POLICY = """
policy: export
title: {{en: Export, fr: Export}}
deals: {{preset: {preset}{more}}}
fields:
  {amount}: {{type: number, unit: EUR, min: 0}}
  answer: {{type: {kind}, column: "{column}"}}
decision: {{go_at: {{p_win: 0.5}}}}
"""

# file -> preset, the column of an answer and its type, (won, lost, open), rows set aside
FILES = {
    "salesforce_en.csv": ("salesforce", "Budget confirmed", "boolean", (5, 4, 3), 0),
    "salesforce_fr.csv": ("salesforce", "budget valide", "boolean", (5, 4, 3), 0),
    "salesforce_api.csv": ("salesforce", "Budget__c", "boolean", (5, 4, 3), 0),
    "hubspot_en.csv": ("hubspot", "Decision maker met", "boolean", (4, 3, 3), 0),
    "hubspot_fr.csv": ("hubspot", "DECIDEUR RENCONTRE", "boolean", (4, 3, 3), 0),
    "hubspot_api.csv": ("hubspot", "budget_confirmed", "boolean", (4, 3, 3), 0),
    "dynamics_en.xlsx": ("dynamics", "Budget", "category", (4, 3, 3), 2),
    "dynamics_fr.xlsx": ("dynamics", "Statut du budget", "category", (4, 3, 3), 2),
    "pipedrive_en.csv": ("pipedrive", "Decision maker known", "boolean", (4, 4, 2), 1),
    "pipedrive_fr.csv": ("pipedrive", "budget prévu", "boolean", (4, 4, 2), 1),
    "odoo_en.csv": ("odoo", "budget_confirmed", "boolean", (3, 3, 3), 1),
    "odoo_fr.csv": ("odoo", "Budget confirmé", "boolean", (3, 3, 3), 1),
    "zoho_en.csv": ("zoho", "Budget confirmed", "boolean", (3, 4, 3), 0),
    "zoho_fr.csv": ("zoho", "Budget confirmé", "boolean", (3, 4, 3), 0),
    "fivetran_salesforce.csv": ("fivetran_salesforce", "budget__c", "boolean", (3, 3, 3), 1),
    "fivetran_hubspot.csv": (
        "fivetran_hubspot", "property_budget_confirmed", "boolean", (3, 3, 3), 1,
    ),
    "maven.csv": ("maven", "product", "category", (5, 4, 3), 0),
}  # fmt: skip
NO_CLOSING_DAY = {"odoo_fr.csv"}
SYSTEMS = ("salesforce", "hubspot", "dynamics", "pipedrive", "odoo", "zoho")


def policy_of(name, more=""):
    preset, column, kind, *_ = FILES[name]
    amount = "close_value" if preset == "maven" else "amount"
    text = POLICY.format(preset=preset, more=more, amount=amount, kind=kind, column=column)
    return parse_policy(text.encode())


def deals_of(name, *, needs_outcome=True, more=""):
    return read_deals(FOLDER / name, policy_of(name, more), as_of=DAY, needs_outcome=needs_outcome)


def counts(deals):
    return tuple(
        int((deals.outcomes == outcome).sum())
        for outcome in (Outcome.WON, Outcome.LOST, Outcome.OPEN)
    )


def test_every_fixture_is_read():
    assert {file.name for file in FOLDER.iterdir()} == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_an_export_gives_facts_days_outcomes_and_counts(name):
    _, _, _, expected, aside = FILES[name]
    deals = deals_of(name)
    assert counts(deals) == expected
    assert len(deals.table) == sum(expected) == len(deals.kept)
    assert sum("set aside" in note for note in deals.notes) == bool(aside)
    assert deals.missing == ()
    days = deals.table.as_of.astype(str).tolist()
    assert days[0] == "2025-01-07"
    assert set(days) - {str(DAY)} <= {day for day in days if "2025-01-07" <= day <= "2025-08-04"}
    assert all(deals.table.deal(row).facts for row in range(len(deals.table)))
    assert {deals.table.deal(row).facts.get("answer") for row in range(len(deals.table))} - {None}


@pytest.mark.parametrize("name", sorted(set(FILES) - NO_CLOSING_DAY))
def test_what_has_ended_has_a_day_of_ending_and_what_is_open_has_none(name):
    deals = deals_of(name)
    is_open = deals.outcomes == Outcome.OPEN
    assert np.isnat(deals.closed_on[is_open]).all()
    assert not np.isnat(deals.closed_on[~is_open]).any()
    assert str(deals.closed_on[0]) == "2025-02-11"
    assert (deals.closed_on[~is_open] > deals.table.as_of[~is_open]).all()


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_same_deals_in_english_and_in_french_are_the_same_table(system):
    suffix = "xlsx" if system == "dynamics" else "csv"
    english, french = (deals_of(f"{system}_{tongue}.{suffix}") for tongue in ("en", "fr"))
    amounts = [deals.table.columns["amount"].values.tolist() for deals in (english, french)]
    assert amounts[0] == amounts[1]
    assert english.table.as_of.tolist() == french.table.as_of.tolist()
    assert list(english.outcomes) == list(french.outcomes)
    if french.closed_on is not None:
        assert english.closed_on.tolist() == french.closed_on.tolist()


@pytest.mark.parametrize("name", FILES)
def test_to_score_no_outcome_is_needed_and_no_row_is_set_aside(name):
    deals = deals_of(name, needs_outcome=False)
    assert deals.outcomes is None
    assert len(deals.table) == sum(FILES[name][3]) + FILES[name][4]


def test_flags_of_the_policy_with_a_loss_reason_win_over_the_preset():
    flags = (
        ", outcome: {closed: ISCLOSED, won: iswon, reason: loss_reason__c, no_decision: [price]}"
    )
    deals = deals_of("salesforce_api.csv", more=flags)
    assert counts(deals) == (5, 0, 3)
    assert (deals.outcomes == Outcome.NO_DECISION).sum() == 4


def test_what_closes_after_the_day_is_open():
    early = read_deals(
        FOLDER / "pipedrive_en.csv",
        policy_of("pipedrive_en.csv"),
        as_of=date(2025, 4, 1),
        needs_outcome=True,
    )
    assert counts(early) == (1, 1, 8)
