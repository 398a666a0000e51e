"""Headers: what separates the names, and where the rows begin."""

import pytest

from features import DealsError
from training.sources.header import read_header


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_rows_begin_after_the_header(mark):
    content = f'"a{mark}\nb"{mark}c\n1{mark}2\n'.encode()
    header = read_header(content, "deals.csv")
    assert header.names == (f"a{mark} b".strip() if mark != "\t" else "a b", "c")
    assert content[header.end :] == f"1{mark}2\n".encode()
    assert (header.delimiter, header.line) == (mark, 3)


def test_what_excel_writes_above_the_header_is_believed():
    for told in ("sep=;", '"sep=;"', "SEP=;\r"):
        header = read_header(f"\n{told}\na;b,c\n1;2\n".encode(), "deals.csv")
        assert header.names == ("a", "b,c")
        assert header.line == 4


@pytest.mark.parametrize("content", [b"", b" \r\n\n", b"sep=;\n", b",,,\n1,2,3,4\n"])
def test_no_header_is_no_table(content):
    with pytest.raises(DealsError):
        read_header(content, "deals.csv")
