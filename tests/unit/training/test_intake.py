"""Files of deals as companies have them: read as the policy says, or refused."""

import gzip
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from features import DealsError
from training.intake import read_deals
from training.outcomes.outcome import Outcome
from training.progress import in_silence
from training.sources.text_file import read_text_file

DAY = date(2026, 1, 5)
ROW = "1,Won,2025-01-02,2025-03-04,Acme,12.5,Yes,Public,Web,\n"


def read(path, policy, *, needs_outcome=True):
    return read_deals(path, policy, as_of=DAY, needs_outcome=needs_outcome, tell=in_silence)


def test_a_row_becomes_a_deal_as_it_was_known_on_its_day(shop, write, header):
    deals = read(write(header + ROW), shop)
    deal = deals.table.deal(0)
    assert dict(deal.facts) == {
        "amount": 12.5, "urgent": True, "sector": "Public", "source": "Web",
    }  # fmt: skip
    assert (deal.id, deal.as_of) == ("1", date(2025, 1, 2))
    assert list(deals.outcomes) == [Outcome.WON]
    assert deals.closed_on[0] == np.datetime64("2025-03-04")
    assert deals.left_out == ("Notes",)


def test_the_word_none_is_an_answer_where_the_policy_says_so_and_unknown_is_missing(
    shop, write, header
):
    rows = "1,Won,,,A,?,?,None,NA,\n2,Lost,,,A,,,?,,\n"
    deals = read(write(header + rows), shop)
    assert dict(deals.table.deal(0).facts) == {"sector": "None", "source": "NA"}
    assert dict(deals.table.deal(1).facts) == {}
    assert deals.table.as_of[0] == DAY


def test_every_outcome_word_is_understood_and_a_foreign_one_is_a_problem(shop, write, header):
    words = ("Won", "Lost", "Nobody", "We no", "Open", "")
    rows = "".join(f"{i},{word},,,A,1,no,Public,Web,\n" for i, word in enumerate(words))
    outcomes = read(write(header + rows), shop).outcomes
    assert list(outcomes) == [*Outcome, Outcome.OPEN]
    with pytest.raises(DealsError, match=r"'Gagnée' says no outcome \(1 deals\)"):
        read(write(header + "1,Gagnée,,,A,1,no,Public,Web,\n"), shop)


def test_a_file_in_windows_1252_with_semicolons_is_read(shop, write, header):
    text = (header + "1,Won,,,Société,1,no,Public,Élu,\n").replace(",", ";")
    deals = read(write(text, encoding="cp1252"), shop)
    assert deals.table.deal(0).facts["source"] == "Élu"
    assert list(deals.accounts) == ["Société"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_believed(shop, write, header, encoding):
    assert len(read(write(header + ROW, encoding=encoding), shop).table) == 1


def test_a_gzip_file_is_read_by_its_content_and_a_cut_one_is_refused(shop, write, header):
    packed = gzip.compress((header + ROW).encode())
    assert len(read(write(packed, "deals.csv"), shop).table) == 1
    with pytest.raises(DealsError, match="cannot be read"):
        read(write(packed[:-12], "cut.csv.gz"), shop)


def test_all_problems_are_told_at_once_with_column_line_and_hint(shop, write):
    text = (
        "Id,Result,Seen,Closed,Account,Amnt,Urgent,Sector,Source\n"
        "1,Won,2025-01-02,2025-02-03,A,1,maybe,Public,Web\n"
        "2,Maybe,01/02/2025,2025-02-03,A,1,yes,Publik,Web\n"
    )
    with pytest.raises(DealsError) as refused:
        read(write(text), shop)
    told = str(refused.value)
    for words in (
        "deals.csv:1: there is no column 'Amount' for the field 'amount'",
        "did you mean 'Amnt'?",
        "deals.csv:2: column 'Urgent': 'maybe' is not yes or no",
        "deals.csv:3: column 'Sector': 'Publik' is not an allowed value",
        "did you mean 'Public'?",
        "deals.csv:3: column 'Seen': '01/02/2025' is not a date",
        "deals.csv:3: column 'Result': 'Maybe' says no outcome (1 deals)",
    ):
        assert words in told
    assert len(refused.value.problems) == 5


@pytest.mark.parametrize("column", ["Id", "Seen", "Closed", "Account"])
def test_a_column_that_the_policy_names_is_never_passed_over_in_training(
    shop, write, header, column
):
    text = header.replace(column, column.upper() + "S") + ROW
    with pytest.raises(DealsError, match=f"no column '{column}'"):
        read(write(text), shop)
    assert len(read(write(text), shop, needs_outcome=False).table) == 1


def test_what_is_missing_when_scoring_is_unknown_and_listed(shop, write):
    deals = read(write("Amount,Result\n5,Whatever\n"), shop, needs_outcome=False)
    assert dict(deals.table.deal(0).facts) == {"amount": 5.0}
    assert set(deals.missing) == {"urgent", "sector", "source"}
    with pytest.raises(DealsError, match="no column is one of the policy's fields"):
        read(write("A,B\n1,2\n"), shop, needs_outcome=False)


def test_a_date_is_read_whole(shop, write, header):
    fine = header + ROW.replace("2025-03-04", "2025-03-04T10:30:00")
    assert read(write(fine), shop).closed_on[0] == np.datetime64("2025-03-04")
    with pytest.raises(DealsError, match="is not a date"):
        read(write(header + ROW.replace("2025-03-04", "2025-03-04 or so")), shop)


def test_old_line_ends_and_what_excel_puts_above_the_header_are_read(shop, write, header):
    assert len(read(write((header + ROW).replace("\n", "\r")), shop).table) == 1
    excel = ("\n\nsep=;\n" + header + ROW).replace(",", ";")
    assert len(read(write(excel), shop).table) == 1
    with pytest.raises(DealsError, match=r"deals.csv:5: .*'maybe' is not yes or no"):
        read(write(excel.replace("Yes", "maybe")), shop)


def test_headers_beyond_reason_are_refused_quickly(shop, write):
    with pytest.raises(DealsError, match="the header cannot be read"):
        read(write("a" * 200_000 + "\n1\n"), shop)
    with pytest.raises(DealsError, match="100,000 columns"):
        read(write(",".join(f"c{n}" for n in range(100_000)) + "\n"), shop)


def test_many_wrong_values_of_a_column_are_three_examples_and_a_count(shop, write, header):
    rows = "".join(f"{i},Won,,,A,x{i},no,Public,Web,\n" for i in range(10))
    with pytest.raises(DealsError) as refused:
        read(write(header + rows), shop)
    assert len(refused.value.problems) == 4
    assert "7 more such values" in str(refused.value)


def test_a_file_without_the_outcome_can_be_scored_but_not_learned_from(shop, write):
    text = "Amount,Urgent,Sector,Source\n1,no,Public,Web\n"
    assert read(write(text), shop, needs_outcome=False).outcomes is None
    with pytest.raises(DealsError, match="no column 'Result', which says how the deals ended"):
        read(write(text), shop)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"\n\n", "the file is empty"),
        (b"a,b\x00,c\n1,2,3\n", "NUL bytes"),
        (b"Id,Id,Result\n1,2,Won\n", "columns given twice: Id"),
        (b"PK\x03\x04\x00\x00", "cannot be read as a workbook"),
    ],
)
def test_what_is_no_table_is_refused(shop, write, content, words):
    with pytest.raises(DealsError, match=words):
        read(write(content), shop)


def test_what_looks_missing_to_others_stays_a_text(write):
    table = read_text_file(write("a,b\nNA,None\nnull,\n")).table
    assert table.to_pylist() == [{"a": "NA", "b": "None"}, {"a": "null", "b": None}]


def test_a_file_that_is_not_there_or_holds_no_deal_is_refused(shop, write, header, tmp_path):
    with pytest.raises(DealsError, match="cannot be read"):
        read(tmp_path / "gone.csv", shop)
    with pytest.raises(DealsError, match="no deals"):
        read(write(header), shop)


def test_a_line_with_too_many_values_is_refused_and_blank_lines_are_passed_over(
    shop, write, header
):
    with pytest.raises(DealsError):
        read(write(header + ROW.strip() + ",1,2,3,4\n"), shop)
    assert len(read(write(header + "\n" + ROW + "\n\n"), shop).table) == 1


def test_the_fingerprint_follows_the_data_and_not_the_order_of_columns(shop, write, header):
    one = read(write(header + ROW), shop).fingerprint
    names, values = header.strip().split(","), ROW.strip("\n").split(",")
    turned = ",".join(names[::-1]) + "\n" + ",".join(values[::-1]) + "\n"
    assert read(write(turned), shop).fingerprint == one
    assert read(write(header + ROW.replace("12.5", "13")), shop).fingerprint != one


FRENCH = (
    "Id;Result;Seen;Closed;Account;Amount;Urgent;Sector;Source\n"
    "1;Won;15/01/2025;01/02/2025;Acmé;12\u202f500,50 €;oui;Public;Salon\n"
    "2;Lost;02/03/2025;04/05/2025;;1\u00a0234;non;;\n"
)


def test_a_french_export_is_read_as_its_columns_say(shop, write):
    deals = read(write(FRENCH, encoding="utf-8-sig"), shop)
    assert deals.table.columns["amount"].values.tolist() == [12500.5, 1234.0]
    assert [str(day) for day in deals.closed_on] == ["2025-02-01", "2025-05-04"]
    assert deals.table.deal(1).as_of == date(2025, 3, 2)
    assert list(deals.accounts) == ["Acmé", ""]


def test_ambiguous_numbers_and_dates_are_refused_with_examples_unless_the_policy_says(shop, write):
    text = (
        "Id,Result,Seen,Closed,Account,Amount,Urgent,Sector,Source\n"
        "1,Won,01/02/2025,03/04/2025,A,1.234,yes,Public,Web\n"
        "2,Won,05/06/2025,07/08/2025,A,5.678,yes,Public,Web\n"
    )
    with pytest.raises(DealsError) as refused:
        read(write(text), shop)
    told = str(refused.value)
    assert "column 'Amount': '1.234', '5.678' may have decimals or thousands" in told
    assert "numbers: decimal_comma" in told
    assert "column 'Seen': '01/02/2025', '05/06/2025' may be read day first or month first" in told
    assert "dates: day_first" in told
    said = shop.deals.model_copy(update={"numbers": "decimal_comma", "dates": "month_first"})
    deals = read(write(text), replace(shop, deals=said))
    assert deals.table.columns["amount"].values.tolist() == [1234.0, 5678.0]
    assert str(deals.closed_on[0]) == "2025-03-04"


def test_another_column_of_the_file_decides(shop, write, header):
    row = "1,Won,01/02/2025,13/04/2025,A,1.234,yes,Public,Web,7.5\n"
    deals = read(write(header + row), shop)
    assert deals.table.deal(0).as_of == date(2025, 2, 1)
    assert deals.table.columns["amount"].values.tolist() == [1.234]


def test_amounts_in_several_currencies_are_not_added_up(shop, write, header):
    rows = "1,Won,,,A,€ 12.5,,,,\n2,Won,,,A,$ 3.5,,,,\n"
    with pytest.raises(DealsError, match="several currencies: EUR, USD"):
        read(write(header + rows), shop)


def test_a_number_out_of_range_is_told_as_the_field_tells_it(shop, write, header):
    rows = "1,Won,,,A,-5,,,,\n2,Won,,,A,1e300,,,,\n3,Won,,,A,-5,,,,\n"
    with pytest.raises(DealsError) as refused:
        read(write(header + rows), shop)
    assert "deals.csv:2: column 'Amount': -5 is out of range (2 deals)" in str(refused.value)
    assert "deals.csv:3: column 'Amount': 1e+300 is not a usable number" in str(refused.value)


def test_the_same_deals_as_parquet_give_the_same_table(shop, write, header, tmp_path):
    ours = read(write(header + ROW), shop)
    parquet = tmp_path / "deals.parquet"
    columns = {
        "Id": ["1"], "Result": ["Won"], "Seen": [date(2025, 1, 2)], "Closed": [date(2025, 3, 4)],
        "Account": ["Acme"], "Amount": [12.5], "Urgent": [True], "Sector": ["Public"],
        "Source": ["Web"], "Notes": [None],
    }  # fmt: skip
    pq.write_table(pa.table(columns), parquet)
    assert read(str(parquet), shop).table.deal(0) == ours.table.deal(0)


def test_progress_is_told_to_the_end(shop, write, header):
    told = []
    read_deals(
        write(header + ROW), shop, as_of=DAY, needs_outcome=True,
        tell=lambda step, done: told.append((step, done)),
    )  # fmt: skip
    assert {step for step, _ in told} == {"read"}
    assert [done for _, done in told] == sorted(done for _, done in told)
    assert told[-1][1] == 1.0


def observed(policy, days):
    sector = policy.fields["sector"].model_copy(
        update={"observed_column": "Notes", "valid_for_days": days}
    )
    return replace(policy, fields={**policy.fields, "sector": sector})


def test_an_answer_too_old_or_given_after_the_day_is_unknown(shop, write, header):
    rows = "".join(
        f"{n},Won,2025-06-01,,A,1,no,Public,Web,{day}\n"
        for n, day in enumerate(["2025-05-01", "2025-01-01", "2025-06-02", "", "2025-06-01"])
    )
    deals = read(write(header + rows), observed(shop, 60))
    known = ["sector" in deals.table.deal(row).facts for row in range(5)]
    assert known == [True, False, False, True, True]
    ageless = read(write(header + rows), observed(shop, None))
    known = ["sector" in ageless.table.deal(row).facts for row in range(5)]
    assert known == [True, True, False, True, True]


def test_an_open_deal_has_no_closing_day_and_what_closes_later_is_open(shop, write, header):
    rows = "1,Open,2025-01-01,2025-09-01,A,1,no,,,\n2,Won,2025-01-01,2026-03-01,A,1,no,,,\n"
    deals = read(write(header + rows), shop)
    assert list(deals.outcomes) == [Outcome.OPEN, Outcome.OPEN]
    assert np.isnat(deals.closed_on).all()
