from datetime import date

import pyarrow as pa
import pytest

from features.errors import DealsError
from training.inspection import inspect_deals
from training.sources.raw_table import RawTable

AS_OF = date(2026, 7, 1)
HEADERS = (
    "Id",
    "StageName",
    "IsClosed",
    "IsWon",
    "CloseDate",
    "CreatedDate",
    "Probability",
    "Budget__c",
)


def salesforce(*deals, **more):
    columns = dict(zip(HEADERS, map(list, zip(*deals, strict=True)), strict=True)) | more
    return RawTable(table=pa.table(columns), where="sf.csv", first_line=2, notes=("a note",))


WON = ("1", "Signed", "true", "true", "2026-02-03", "2026-01-01", "100", "yes")
LOST = ("2", "Dead", "true", "false", "2026-02-05", "2026-01-01", "0", "no")
LATE = ("3", "Talks", "false", "false", "2026-02-10", "2026-01-01", "50", "no")


def test_an_inspection_says_what_would_be_used_and_why_the_rest_is_not():
    found = inspect_deals(salesforce(WON, LOST, LATE), as_of=AS_OF)
    assert (found.preset, found.deals, found.as_of) == ("salesforce", 3, "CreatedDate")
    assert found.close_is_expected
    assert [column.header for column in found.columns] == list(HEADERS)
    usable = {column.header for column in found.columns if column.usable}
    assert usable == {"CreatedDate", "Budget__c"}
    assert found.outcome is not None
    assert found.outcome.columns == ("IsWon", "IsClosed")
    assert found.outcome.counts["won"] == found.outcome.counts["lost"] == 1
    assert [(m.month, m.deals, m.unrecorded) for m in found.months] == [("2026-02", 3, 1)]
    assert found.notes == ("a note",)
    assert not found.problems


def test_what_stands_in_the_way_is_told_beside_the_rest():
    found = inspect_deals(salesforce(WON, LATE), as_of=AS_OF)
    assert found.outcome is None
    assert [problem.what for problem in found.problems] == ["no deal was lost"]
    assert "Any" in str(found.problems[0].hint)
    assert len(found.columns) == len(HEADERS)


def test_two_columns_for_one_target_stop_it():
    with pytest.raises(DealsError, match="both the stage"):
        inspect_deals(salesforce(WON, LOST, Stage=["a", "b"]), as_of=AS_OF)


def test_days_that_cannot_be_read_are_a_warning_not_a_guess():
    deals = [(*deal[:4], "02/03/2026", *deal[5:]) for deal in (WON, LOST)]
    found = inspect_deals(salesforce(*deals), as_of=AS_OF)
    assert found.months == ()
    assert [w.en for w in found.warnings] == [
        "the days of 'CloseDate' cannot be read in one form, so months are not counted"
    ]


def test_words_are_shown_with_their_meaning_and_count():
    table = pa.table({"Statut": ["Gagnée", "Perdue", "Perdue", None], "Budget": ["a"] * 4})
    found = inspect_deals(RawTable(table=table, where="a.csv"), as_of=AS_OF)
    assert found.preset is None
    assert found.outcome is not None
    assert [(w.word, w.outcome, w.deals) for w in found.outcome.words] == [
        ("Gagnée", "won", 1),
        ("Perdue", "lost", 2),
    ]
    assert found.outcome.unrecorded == 1


def test_a_rise_of_unrecorded_ends_is_told():
    def deals(month, missing):
        day = f"2025-{month:02}-10"
        for n in range(30):
            state = ("false", "false") if n < missing else ("true", "true" if n % 2 else "false")
            yield (f"{month}-{n}", "x", *state, day, "2025-01-01", "50", "no")

    calm = [deal for month in range(1, 13) for deal in deals(month, 2)]
    worse = [deal for month in range(1, 13) for deal in deals(month, 2 if month < 10 else 20)]
    assert not inspect_deals(salesforce(*calm), as_of=AS_OF).rising
    assert inspect_deals(salesforce(*worse), as_of=AS_OF).rising


def test_a_closed_deal_without_a_closing_day_counts_in_its_expected_month():
    table = pa.table(
        {
            "won_status": ["won", "lost", "pending"],
            "date_deadline": ["2026-02-01", "2026-02-02", "2026-02-03"],
        }
    )
    found = inspect_deals(RawTable(table=table, where="odoo.csv"), preset="odoo", as_of=AS_OF)
    assert [(m.month, m.deals, m.unrecorded) for m in found.months] == [("2026-02", 3, 1)]
