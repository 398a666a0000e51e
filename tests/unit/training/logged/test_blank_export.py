"""A log is written as the CRM of a preset would export it, for every preset of the house."""

from dataclasses import replace
from datetime import date

import pytest

from features import parse_policy
from features.crm.preset import presets
from features.errors import InputError
from tests.unit.training.logged.conftest import logged, past
from training.changing_fields import changing_fields
from training.intake import deals_of
from training.logged.source import logged_source

TODAY = date(2026, 12, 1)
ENDS = ("won", "lost", "no_decision", "declined_by_us", None)
TEXT = """
policy: crm
title: {en: "CRM", fr: "CRM"}
deals: {preset: PRESET}
fields:
  amount: {type: number}
  source: {type: category}
  budget: {type: boolean}
decision: {go_at: {p_win: 0.3}}
"""


def policy_of(preset, **more):
    text = TEXT.replace("PRESET", preset)
    for old, new in more.items():
        text = text.replace(old, new)
    return parse_policy(text.encode())


def source_of(policy):
    facts = {"amount": 1.5, "source": "Web", "budget": True}
    return logged_source(
        past(*(logged(n, end, facts=facts) for n, end in enumerate(ENDS))), policy
    )


@pytest.mark.parametrize("preset", presets())
def test_every_preset_reads_its_own_form(preset):
    policy = policy_of(preset)
    source = source_of(policy)
    found = deals_of(source.raw, policy, as_of=TODAY, needs_outcome=True)
    assert found.outcomes is not None
    assert found.closed_on is not None
    outcomes = dict(zip(found.table.ids, [one.value for one in found.outcomes], strict=True))
    assert (outcomes["D-0"], outcomes["D-1"], outcomes["D-4"]) == ("won", "lost", "open")
    assert outcomes["D-2"] == ("lost" if source.counts["as_lost"] else "no_decision")
    assert outcomes.get("D-3", "left out") != "lost"  # never a loss, word or no word
    assert dict(found.table.deal(0).facts) == {"amount": 1.5, "source": "Web", "budget": True}
    assert found.closed_on[0] == logged().closed_on
    assert found.table.as_of[0] == logged().as_of


def test_what_changes_later_in_an_export_is_as_it_was_in_the_log():
    policy = policy_of("salesforce")
    raw = source_of(policy).raw
    found = deals_of(raw, policy, as_of=TODAY, needs_outcome=True)
    assert changing_fields(found, policy) == ()
    exported = deals_of(replace(raw, known_then=()), policy, as_of=TODAY, needs_outcome=True)
    assert "amount" in changing_fields(exported, policy)


def test_a_header_that_the_policy_writes_otherwise_is_one_column():
    policy = policy_of("salesforce", **{"{type: number}": "{type: number, column: amount}"})
    headers = source_of(policy).raw.headers
    assert [name for name in headers if name.lower() == "amount"] == ["amount"]


def test_a_preset_that_is_not_there_is_told():
    with pytest.raises(InputError, match="no preset 'salesforze'"):
        source_of(policy_of("salesforze"))
