"""Files of deals as companies have them: read as the policy says, or refused."""

import gzip
from datetime import date

import numpy as np
import pytest

from features import DealsError
from training.sources.text_file import read_text_file
from training.intake import read_deals
from training.outcomes import Outcome

DAY = date(2026, 1, 5)
ROW = "1,Won,2025-01-02,2025-03-04,Acme,12.5,Yes,Public,Web,\n"


def read(path, policy, *, needs_outcome=True):
    return read_deals(path, policy, as_of=DAY, needs_outcome=needs_outcome)


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
    with pytest.raises(DealsError, match=r"'Gagnée' \(1 deals\) has no meaning"):
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
        "the outcome 'Maybe' (1 deals) has no meaning",
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
