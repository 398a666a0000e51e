"""A plan is for what is open: closed deals of the same file stay out."""

from datetime import date

import pytest

from features import parse_policy
from training.intake import read_deals
from training.open_deals import open_deals

HEADER = "Deal,Decided,Closed,Status,amount\n"
BLOCK = "deals:\n  as_of: Decided\n  closed_on: Closed\n"
AS_OF = date(2026, 1, 5)


@pytest.fixture
def still_open(tmp_path, policy_text):
    def read(text, block=BLOCK, preset=None):
        written = policy_text.replace("deals:\n", block, 1)
        if preset is not None:
            start, end = policy_text.index("deals:\n"), policy_text.index("fields:\n")
            written = f"{policy_text[:start]}deals: {{preset: {preset}}}\n{policy_text[end:]}"
        rules = parse_policy(written.encode())
        path = tmp_path / "deals.csv"
        path.write_text(text, encoding="utf-8")
        on_file = read_deals(path, rules, as_of=AS_OF, needs_outcome=False)
        return open_deals(on_file, AS_OF).table.ids

    return read


def test_what_has_ended_is_left_out_and_what_ends_later_is_open(still_open):
    rows = (
        "a,2025-11-01,2025-12-01,Won,1\n"
        "b,2025-11-01,2026-02-01,Lost,1\n"
        "c,2025-12-01,,,1\n"
        "d,2026-03-01,,,1\n"
    )
    assert still_open(HEADER + rows) == ("b", "c")


def test_a_file_without_outcomes_is_one_of_open_deals(still_open):
    assert still_open("Deal,amount\na,1\nb,2\n", "deals:\n") == ("a", "b")


def test_a_file_of_open_deals_only_needs_no_closed_one(still_open):
    assert still_open(HEADER + "a,2025-11-01,,,1\n") == ("a",)


def test_the_rule_of_a_preset_counts_too(still_open):
    text = (
        "Id,Name,StageName,IsClosed,IsWon,CloseDate,CreatedDate,amount\n"
        "1,x,Prospecting,false,false,2026-05-01,2025-05-01,5\n"
        "2,y,Closed Won,true,true,2025-10-01,2025-05-01,5\n"
    )
    assert still_open(text, preset="salesforce") == ("1",)
