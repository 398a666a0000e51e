"""Bytes as UTF-8, within bounds."""

import gzip

import pytest

from features import DealsError
from training.sources.text_content import text_content


@pytest.fixture
def content(tmp_path):
    def of(raw):
        file = tmp_path / "deals.csv"
        file.write_bytes(raw)
        return text_content(file)

    return of


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1252"])
def test_an_encoding_is_told_by_mark_then_utf_8_then_windows(content, encoding):
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    assert content(mark + "société;€\n".encode(encoding))[0].decode() == "société;€\n"


def test_a_gzip_bomb_is_refused_before_it_is_unpacked(content):
    bomb = gzip.compress(b"a,b\n" * 25_000_000, 1)
    with pytest.raises(DealsError, match="when it is unpacked"):
        content(bomb)
    with pytest.raises(DealsError, match="NUL"):
        content(gzip.compress(bytes(100_000_000), 1))


def test_a_repetitive_file_that_is_no_bomb_is_unpacked(content):
    text = b"won,lost,open\n" * 500_000
    assert content(gzip.compress(text))[0] == text
