"""The first line names the schema; every other byte of the file stays."""

import pytest

from features.policy.schema_line import with_schema_line

LINE = b"# yaml-language-server: $schema=./a.schema.json"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", LINE + b"\n"),
        (b"policy: a\n", LINE + b"\npolicy: a\n"),
        (b"# mine\r\npolicy: a\r\n", LINE + b"\r\n# mine\r\npolicy: a\r\n"),
        (b"policy: a\rx: b", LINE + b"\rpolicy: a\rx: b"),
        (b"\xef\xbb\xbfpolicy: \xc3\xa9", b"\xef\xbb\xbf" + LINE + b"\npolicy: \xc3\xa9"),
        (b"#yaml-language-server:  $schema=http://old\npolicy: a", LINE + b"\npolicy: a"),
        (b"# yaml-language-server: $schema=x", LINE),
        (b"\n# yaml-language-server: $schema=", LINE + b"\n\n# yaml-language-server: $schema="),
    ],
)  # fmt: skip
def test_only_the_first_line_is_ours(content, expected):
    once = with_schema_line(content, "a.schema.json")
    assert once == expected
    assert with_schema_line(once, "a.schema.json") == once


def test_names_that_a_comment_cannot_hold_are_quoted():
    assert with_schema_line(b"", "ma politique é.schema.json") == (
        b"# yaml-language-server: $schema=./ma%20politique%20%C3%A9.schema.json\n"
    )
