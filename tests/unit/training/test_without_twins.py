"""One deal stands for its twins, and never for one that ended otherwise."""

from datetime import date

from features.policy import parse_policy
from training.intake import read_deals
from training.without_twins import without_twins

POLICY = b"""
policy: twins
title: {en: a, fr: b}
deals: {id: Id, as_of: Day, twins: collapse, outcome: {column: Status, won: [Won], lost: [Lost]}}
fields: {size: {type: number, column: Size}}
decision: {go_at: {p_win: 0.3}}
"""
ROWS = """Id,Day,Status,Size,Seller
D1,2025-01-01,Won,10,Ann
D2,2025-02-01,Won,10,Ann
D3,2025-03-01,Lost,10,Ann
D4,2025-04-01,Won,10,Bob
D5,2025-05-01,Won,11,Ann
D6,2025-06-01,Won,10,Ann
"""


def read(tmp_path, text):
    file = tmp_path / "deals.csv"
    file.write_text(text, encoding="utf-8")
    policy = parse_policy(POLICY)
    assert policy.deals.twins == "collapse"
    return read_deals(file, policy, as_of=date(2026, 1, 1), needs_outcome=True)


def test_only_equals_in_all_but_id_and_date_are_left_out_and_counted(tmp_path):
    deals = without_twins(read(tmp_path, ROWS))
    assert deals.table.ids == ("D1", "D3", "D4", "D5")
    assert deals.outcomes is not None
    assert [outcome.value for outcome in deals.outcomes] == ["won", "lost", "won", "won"]
    assert deals.kept.tolist() == [0, 2, 3, 4]
    assert deals.notes[-1].startswith("2 twins left out")


def test_deals_without_twins_stay_as_they_are(tmp_path):
    deals = read(tmp_path, "\n".join(ROWS.splitlines()[:2]) + "\nD9,2025-01-02,Lost,3,Bob\n")
    assert without_twins(deals) is deals
