"""Which column is which: by the policy's words first, by the preset of the CRM else."""

import pyarrow as pa
import pytest

from features import parse_policy
from features.errors import Problem
from training.deals_columns import columns_of
from training.outcomes.loss_reasons import ReasonRule
from training.outcomes.outcome import Outcome
from training.outcomes.rule import FlagRule, WordRule
from training.sources.raw_table import RawTable

REST = """
policy: shop
title: {en: Shop, fr: Boutique}
deals: DEALS
fields:
  amount: {type: number}
  need: {type: category, column: Besoin client}
decision: {go_at: {p_win: 0.5}}
"""
WORDS = "outcome: {column: Issue, won: [oui], lost: [non]}"


def policy_of(deals):
    return parse_policy(REST.replace("DEALS", f"{{{deals}}}").encode())


def found(headers, deals):
    problems: list[Problem] = []
    raw = RawTable(table=pa.table({name: ["x"] for name in headers}), where="a.csv", first_line=2)
    return columns_of(raw, policy_of(deals), problems), [str(one.what) for one in problems]


def test_names_are_headers_but_for_case_accents_and_blanks():
    headers = ["N° d'affaire", "ISSUE", "Clôturée le", "Besoin  Client", "AMOUNT"]
    columns, problems = found(
        headers, f"id: n d affaire, closed_on: cloturee_le, account: Client, {WORDS}"
    )
    assert not problems
    assert (columns.id, columns.closed_on, columns.account) == (headers[0], headers[2], None)
    assert columns.fields == {"amount": "AMOUNT", "need": "Besoin  Client"}
    assert columns.rule is not None
    assert columns.rule.columns == ("ISSUE",)
    assert columns.others() == (headers[0], headers[2])
    assert columns.closing_columns == (headers[2],)


def test_what_is_written_exactly_wins_over_what_is_written_alike():
    columns, problems = found(["Amount", "amount", "AMOUNT"], WORDS)
    assert (columns.fields["amount"], problems) == ("amount", [])


def test_two_headers_that_a_name_may_mean_are_a_problem():
    _, problems = found(["Amount", "AMOUNT"], WORDS)
    assert problems == ["'amount' may be 'Amount' or 'AMOUNT'"]


HUBSPOT = ["Record ID", "Deal Stage", "Montant", "Create Date", "Close Date", "Besoin client"]


def test_a_preset_knows_the_columns_that_the_policy_leaves_out():
    columns, problems = found(HUBSPOT, "preset: hubspot")
    assert not problems
    assert (columns.id, columns.created_on, columns.as_of) == (
        "Record ID", "Create Date", "Create Date",
    )  # fmt: skip
    assert columns.fields == {"amount": "Montant", "need": "Besoin client"}
    assert columns.rule is None
    assert columns.mapping is not None


def test_what_the_policy_says_wins_over_the_preset():
    columns, problems = found([*HUBSPOT, "Day", "amount"], "preset: hubspot, created_on: DAY")
    assert not problems
    assert columns.created_on == "Day"
    assert columns.fields["amount"] == "amount"


def test_columns_choose_among_headers_that_would_all_do():
    headers = ["Deal - ID", "Deal - Value", "Value", "Deal - Status", "Besoin client"]
    _, problems = found(headers, "preset: pipedrive")
    assert problems == ["the columns 'Deal - Value' and 'Value' are both the amount"]
    columns, problems = found(headers, "preset: pipedrive, columns: {amount: Value}")
    assert (columns.fields["amount"], problems) == ("Value", [])


def test_won_on_and_lost_on_are_one_closing_day():
    won_and_lost = ["Deal - Won time", "Deal - Lost time"]
    headers = ["Deal - ID", "Deal - Status", *won_and_lost]
    columns, _ = found(headers, "preset: pipedrive")
    assert columns.closing_columns == tuple(won_and_lost)
    assert set(won_and_lost) <= set(columns.others())
    chosen, _ = found([*headers, "Ended"], "preset: pipedrive, closed_on: Ended")
    assert chosen.closing_columns == ("Ended",)
    assert found(["a"], WORDS)[0].closing_columns == ()


def test_mistakes_of_columns_are_told_with_the_nearest_name():
    _, problems = found(HUBSPOT, "preset: hubspot, columns: {amont: Montant}")
    assert problems == ["'amont' is no canonical column"]
    _, problems = found(HUBSPOT, "preset: hubspot, columns: {amount: Montent}")
    assert problems == ["there is no column 'Montent' for amount"]


@pytest.mark.parametrize("preset", ["hubspit", "odoo"])
def test_a_preset_that_is_none_or_not_of_this_file_is_told(preset):
    columns, problems = found(["a", "b"], f"preset: {preset}")
    assert len(problems) == 1
    assert columns.mapping is None


def test_a_rule_is_words_or_flags_or_flags_with_reasons():
    assert isinstance(found(["Issue"], WORDS)[0].rule, WordRule)
    flags = found(["Closed", "IS WON"], "outcome: {closed: closed, won: Is won}")[0].rule
    assert flags == FlagRule(won="IS WON", closed="Closed")
    reasons = found(
        ["Closed", "Won", "Motif"],
        "outcome: {closed: Closed, won: Won, reason: motif, no_decision: [Gel], "
        "declined_by_us: [Hors marché]}",
    )[0].rule
    assert reasons == ReasonRule(
        flags=FlagRule(won="Won", closed="Closed"),
        reason="Motif",
        meanings={"Gel": Outcome.NO_DECISION, "Hors marché": Outcome.DECLINED_BY_US},
    )
