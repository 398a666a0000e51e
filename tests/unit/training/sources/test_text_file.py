"""Text files as CRMs and spreadsheets write them."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features import DealsError
from training.sources.text_file import read_text_file

FEWER = settings(max_examples=settings().max_examples // 4)
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=8)


@pytest.fixture
def read(tmp_path):
    def read_bytes(content, name="deals.csv"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_text_file(file)

    return read_bytes


@FEWER
@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_python_writes_is_read_back(tmp_path_factory, rows, delimiter, encoding):
    rows = [["id", *row, "end"] for row in rows]  # no footer, and no blank line
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([["k", "a", "b", "c", "e"], *rows])
    file = tmp_path_factory.mktemp("laws") / "deals.csv"
    file.write_bytes(text.getvalue().encode(encoding))
    found = [list(row.values()) for row in read_text_file(file).table.to_pylist()]
    assert found == [[cell.strip() or None for cell in row] for row in rows]


def test_a_delimiter_is_told_by_the_header_and_the_rows(read):
    assert read("a;b\n1,5;2,5\n").headers == ("a", "b")
    assert read("Amount, EUR;Stage\n15;Won\n25;Lost\n").headers == ("Amount, EUR", "Stage")
    assert read('"a,b";c\n1;2\n').headers == ("a,b", "c")
    assert read("sep=|\na|b,c\n1|2\n").headers == ("a", "b,c")
    assert read("only\n1\n2\n").table.to_pylist() == [{"only": "1"}, {"only": "2"}]


def test_the_footer_of_a_salesforce_report_is_dropped_and_said(read):
    raw = read(
        '"Id","Amount","Stage"\n"1","5","Won"\n"2","6","Lost"\n\n\n"Grand Totals (2 records)"\n'
        '"Confidential Information - Do Not Distribute"\n'
        '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\n'
    )
    assert len(raw) == 2
    assert raw.notes == (
        "3 rows at the end are a footer, and left out: 'Grand Totals (2 records)'",
    )


def test_a_last_deal_of_the_company_total_is_no_footer(read):
    assert len(read("Account,Amount,Stage\nAcme,1,Won\nTotal,2,Lost\n")) == 2
    assert len(read("Account,Amount,Stage\nAcme,1,Won\nTotal,2,\n")) == 2
    assert len(read("Account,Amount\nAcme,1\nBeta,\n")) == 2
    assert len(read("a,b,c\n1,,\n2,,\n")) == 2  # all rows are so


def test_lines_are_right_after_breaks_in_quotes_and_blank_lines(read):
    raw = read('a,b\n1,"x\ny\nz"\n\n2,u\n,\n3,v\n')
    assert [raw.place(row) for row in range(3)] == [f"{raw.where}:{line}" for line in (2, 6, 8)]
    assert raw.table["b"].to_pylist() == ["x\ny\nz", "u", "v"]


def test_short_rows_are_filled_up_where_they_stand(read):
    raw = read("a,b,c\n1,2,3\n4\n7,8,9\n5,6\n7,8,9\n")
    assert raw.table["a"].to_pylist() == ["1", "4", "7", "5", "7"]
    assert raw.table["b"].to_pylist() == ["2", None, "8", "6", "8"]


def test_trailing_delimiters_make_no_column(read):
    assert read("a,b\n1,2,\n3,4,\n").table.to_pylist() == [
        {"a": "1", "b": "2"},
        {"a": "3", "b": "4"},
    ]
    assert read("a,b,\n1,2,\n").headers == ("a", "b")
    assert read("a,b\n1,2\n3,4,,,\n").table["b"].to_pylist() == ["2", "4"]


def test_a_column_without_a_name_is_left_out_and_said(read):
    raw = read(",a\n0,x\n1,y\n")
    assert raw.headers == ("a",)
    assert raw.notes == ("column 1 has no name: its 2 values are left out",)


def test_rows_that_are_too_wide_are_refused_with_their_lines(read):
    rows = "".join(f"{n},2,3\n" for n in range(5))
    with pytest.raises(DealsError) as refused:
        read("a,b\n1,2\n1,2\n" + "3,4\n" * 60 + rows)
    told = str(refused.value)
    assert "deals.csv:64: more values than the 2 columns" in told
    assert "2 more rows" in told


@pytest.mark.parametrize("text", ['a,b\n1,"x\n2,y\n3,z\n', 'a,b\n1,2\n"x,3\n4,5\n'])
def test_a_quote_that_is_never_closed_swallows_no_rows(read, text):
    with pytest.raises(DealsError, match="quote"):
        read(text)


def test_inch_marks_and_formulas_are_texts(read):
    raw = read('a,b\n5" pipe,=1+1\n6" pipe,"=HYPERLINK(""x"")"\n')
    assert raw.table["a"].to_pylist() == ['5" pipe', '6" pipe']
    assert raw.table["b"].to_pylist() == ["=1+1", '=HYPERLINK("x")']


def test_a_line_longer_than_a_block_is_read(read):
    raw = read("a,b\n" + "x" * 6_000_000 + ",1\ny,2\n")
    assert len(raw.table["a"][0].as_py()) == 6_000_000


def test_breaks_in_quotes_are_read_whole_across_blocks(read):
    rows = "".join(f'{n},"line\n{n}\n{"y" * 40}"\n' for n in range(120_000))
    raw = read("a,b\n" + rows)
    assert len(raw) == 120_000
    assert raw.place(119_999).endswith(f":{2 + 3 * 119_999}")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_end_is_one(read, ending):
    assert len(read(ending.join(["a,b", "1,2", "3,4"]))) == 2


def test_names_given_twice_are_refused_and_spaces_in_them_tidied(read):
    assert read('" Amount\n (EUR) ",b\n1,2\n').headers == ("Amount (EUR)", "b")
    with pytest.raises(DealsError, match="columns given twice: a"):
        read("a,b, a\n1,2,3\n")
