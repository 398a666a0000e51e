"""All families together: one order, on the examples few and true findings, and no crash."""

from datetime import date
from pathlib import Path

import pytest

from features import DealTable, load_policy, parse_policy
from features.lint import lint_policy

DAY = date(2026, 1, 5)
EXAMPLES = sorted((Path(__file__).parents[4] / "examples").glob("*/policy.yaml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_the_examples_have_no_mistake_and_few_notes(path):
    found = lint_policy(load_policy(path), as_of=DAY)
    assert {one.severity for one in found} <= {"note"}
    assert len(found) <= 6


def test_findings_are_in_the_order_of_the_lines(policy):
    found = lint_policy(policy, as_of=DAY)
    lines = [int(one.where.rpartition(":")[2]) for one in found]
    assert len(found) > 3
    assert lines == sorted(lines)
    assert found == lint_policy(policy, as_of=DAY)


def test_findings_stand_in_the_file_of_their_part(tmp_path):
    (tmp_path / "company.yaml").write_text(
        'policy: company\ntitle: {en: "One text", fr: "One text"}\n'
        "deals: {outcome: {column: S, won: [W], lost: [L]}}\n"
        "fields: {need: {type: boolean, label: {en: a, fr: b}}}\n"
        "decision: {go_at: {p_win: 0.3}}\n",
        encoding="utf-8",
    )
    segment = tmp_path / "segment.yaml"
    segment.write_text(
        "extends: company.yaml\nknockouts:\n"
        '  - {id: one, when: {need: false}, then: no_go, reason: {en: "a", fr: "b"}}\n',
        encoding="utf-8",
    )
    where = {one.code: one.where for one in lint_policy(load_policy(segment), as_of=DAY)}
    assert where["NOT_TRANSLATED"] == f"{tmp_path / 'company.yaml'}:2"
    assert where["OWNER_MISSING"] == f"{segment}:3"


def test_a_policy_without_rules_and_a_table_without_deals_are_no_trouble():
    policy = parse_policy(
        b"policy: bare\ntitle: {en: a, fr: b}\ndeals: {preset: salesforce}\n"
        b"fields: {need: {type: boolean, label: {en: a, fr: b}}}\n"
        b"decision: {go_at: {p_win: 0.3}}\n"
    )
    empty = DealTable.of([], policy.fields)
    assert lint_policy(policy, deals=empty, as_of=DAY) == ()
