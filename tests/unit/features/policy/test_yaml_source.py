"""YAML as people write it, and YAML as people attack with it."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from features import PolicyError, Problem
from features.policy.yaml_source import DEEPEST_NESTING, LONGEST_FILE, YamlSource, read_yaml

QUICKLY = 5.0
"""Seconds; what is refused is refused in a fraction of this, but the machine may be busy."""


def read(text: str) -> YamlSource:
    return read_yaml(text.encode(), "p.yaml")


def value(text: str) -> object:
    source = read(f"a: {text}\n")
    assert not source.problems
    assert isinstance(source.data, dict)
    return source.data["a"]


def refusal(content: bytes | str) -> tuple[Problem, ...]:
    """Return the problems for which the content is refused, and that it took no time."""
    content = content.encode() if isinstance(content, str) else content
    begin = time.perf_counter()
    with pytest.raises(PolicyError) as caught:
        read_yaml(content, "p.yaml")
    assert time.perf_counter() - begin < QUICKLY
    return caught.value.problems


@pytest.mark.parametrize(
    "word", ["Yes", "No", "yes", "no", "YES", "NO", "y", "n", "On", "Off", "on", "off", "None"]
)
def test_the_words_of_a_picklist_stay_texts(word):
    assert value(word) == word
    assert value(f'"{word}"') == word


@pytest.mark.parametrize(
    "text",
    ["2024-01-01", "0x1F", "0o17", "1_000", "1,5", "12:30:45", ".inf", "-.Inf", ".nan", "NaN",
     "1e", "1.2.3", "+", "<<", "="],
)  # fmt: skip
def test_what_only_looks_like_a_number_or_a_date_stays_a_text(text):
    assert value(text) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-0012", -12),
        ("1.50", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1E-2", 0.01),
        ("[1, a]", [1, "a"]),
        ("{b: true}", {"b": True}),
        ("{}", {}),
        ("[]", []),
    ],
)
def test_plain_words_and_numbers_are_what_they_look_like(text, plain):
    read_value = value(text)
    assert read_value == plain
    assert type(read_value) is type(plain)


@pytest.mark.parametrize("quoted", ['"12"', "'true'", '"null"', "'~'", '""', "|\n  12\n"])
def test_what_is_quoted_is_a_text(quoted):
    assert isinstance(value(quoted), str)


def test_a_number_too_long_for_an_integer_is_a_float():
    assert type(value("9" * 25)) is float
    assert value("9" * 400) == float("inf")
    assert value("1e400") == float("inf")


def test_every_part_knows_its_line():
    source = read("a: 1\nb:\n  c: [x,\n      y]\n  d:\n    - e: 1\n      f: 2\n")
    assert source.data == {"a": 1, "b": {"c": ["x", "y"], "d": [{"e": 1, "f": 2}]}}
    lines = {
        ("a",): 1,
        ("b",): 2,
        ("b", "c"): 3,
        ("b", "c", 0): 3,
        ("b", "c", 1): 4,
        ("b", "d"): 5,
        ("b", "d", 0): 6,
        ("b", "d", 0, "f"): 7,
    }
    assert {path: source.where(path) for path in lines} == {
        path: f"p.yaml:{line}" for path, line in lines.items()
    }


def test_a_part_that_is_not_in_the_file_has_the_line_of_what_is_around_it():
    source = read("a:\n  b:\n    c: 1\n")
    assert source.where(("a", "b", "missing", "deeper")) == "p.yaml:2"
    assert source.where(("missing",)) == "p.yaml:1"


def test_a_byte_order_mark_and_windows_line_ends_are_fine():
    source = read_yaml(b"\xef\xbb\xbfa: 1\r\nb: \xc3\xa9\r\n", "p.yaml")
    assert source.data == {"a": 1, "b": "é"}
    assert source.where(("b",)) == "p.yaml:2"


def test_every_key_given_twice_is_told_with_the_line_of_the_first():
    source = read("a: 1\nb: {c: 1, c: 2}\na: 3\na: 4\n")
    assert source.data == {"a": 1, "b": {"c": 1}}
    assert [(p.where, p.what, p.hint) for p in source.problems] == [
        ("p.yaml:2", "'c' is given twice", "first on line 2; keep one of them"),
        ("p.yaml:3", "'a' is given twice", "first on line 1; keep one of them"),
        ("p.yaml:4", "'a' is given twice", "first on line 1; keep one of them"),
    ]


def test_a_key_that_is_not_a_text_is_told_at_its_line():
    source = read("a: 1\n? [b, c]\n: 2\n")
    assert [(p.where, p.what) for p in source.problems] == [("p.yaml:2", "a key is a text")]


def test_a_number_or_a_word_as_a_key_is_a_text():
    assert read("1: a\ntrue: b\nNo: c\n").data == {"1": "a", "true": "b", "No": "c"}


def test_a_tab_is_told_at_its_line_with_a_hint():
    (problem,) = refusal("a:\n  b: 1\n\tc: 2\n")
    assert problem.where == "p.yaml:3"
    assert problem.hint is not None
    assert "no tabs" in problem.hint


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1, 2", 1),
        ("a: 1\nb: c: d\n", 2),
        ("a: 1\n b: 2\n", 2),
        ('a: "x\n', 2),
        ("a: 1\n}\n", 2),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: @x\n", 1),
        ("%YAML 9.9\n---\na: 1\n", 1),
    ],
)
def test_text_that_is_not_yaml_is_told_near_its_line(text, line):
    (problem,) = refusal(text)
    assert problem.where in {f"p.yaml:{line}", f"p.yaml:{line + 1}"}
    assert problem.what.startswith("not readable as YAML: ")


def test_every_anchor_alias_and_tag_is_told_at_its_line():
    problems = refusal("a: &x 1\nb: *x\nc: !!str 3\nd: !!python/object:os.system {}\ne: ! f\n")
    assert [p.where for p in problems] == [f"p.yaml:{line}" for line in range(1, 6)]
    assert {p.what for p in problems} == {"anchors, aliases and tags are not allowed"}


def test_a_merge_key_is_only_a_word():
    assert read("<<: {a: 1}\nb: 2\n").data == {"<<": {"a": 1}, "b": 2}


def test_a_billion_laughs_are_refused_quickly():
    laughs = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    laughs += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert refusal("\n".join(laughs))


def test_a_list_that_contains_itself_is_refused():
    assert refusal("a: &a [*a]\n")


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\ufffe"])
def test_characters_that_no_text_holds_are_refused(character):
    (problem,) = refusal(f"a: b{character}c\n")
    assert problem.what.startswith("not readable as YAML: ")
    assert problem.what.isprintable()


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_a_file_that_is_not_utf8_is_told_at_its_line(encoding):
    (problem,) = refusal("a: fine\nb: fine\nc: Procédure collective\n".encode(encoding))
    assert problem.where == "p.yaml:3"
    assert problem.what == "the file is not UTF-8 text"
    assert problem.hint == "save it as UTF-8"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_file_of_wide_characters_is_refused(encoding):
    assert refusal("a: Procédure\n".encode(encoding))


@pytest.mark.parametrize("content", ["", "\n\n", "# only a comment\n", "---\n", "\ufeff"])
def test_an_empty_file_holds_nothing(content):
    assert read(content).data is None


@pytest.mark.parametrize("size", [LONGEST_FILE + 1, 2_000_000])
def test_a_file_that_is_too_large_is_refused_unread(size):
    (problem,) = refusal(b"a: " + b"x" * size)
    assert problem.what == "the file is larger than 500 KB"


@pytest.mark.parametrize("shape", ["[", "{a: ", "- ", "? ", "[{a: "])
@pytest.mark.parametrize("closed", [True, False])
def test_ten_thousand_levels_are_refused_quickly(shape, closed):
    ends = {"[": "]", "{a: ": "}", "[{a: ": "}]"}
    assert refusal(shape * 10_000 + ("x" + ends.get(shape, "") * 10_000 if closed else ""))


def test_as_many_levels_as_allowed_are_read_and_one_more_is_told():
    deep = "a: " + "[" * (DEEPEST_NESTING - 1) + "x" + "]" * (DEEPEST_NESTING - 1)
    assert not read(deep).problems
    deeper = refusal(f"fine: 1\n{deep.replace('x', '[x]')}")
    assert [(p.where, p.what) for p in deeper] == [
        ("p.yaml:2", f"nested deeper than {DEEPEST_NESTING} levels")
    ]


@pytest.mark.parametrize(
    "text",
    [
        'a: "\\UFFFFFFFF"\n',
        'a: "\\U00110000"\n',
        '"\\UFFFFFFFF": a\n',
        f"%YAML 1.{'1' * 5000}\n---\na: 1\n",
        f"%YAML {'1' * 5000}.1\n---\na: 1\n",
        "%TAG ! tag:%FF\n---\n!a b\n",
        'a: "\\xZZ"\n',
        "a: |99\n  b\n",
    ],
)
def test_yaml_that_trips_the_reader_is_refused_and_never_raises_anything_else(text):
    assert refusal(text)


YAML_BITS = st.sampled_from(
    ["a", "b: ", ": ", "- ", "? ", "\n", "\n  ", " ", "\t", "[", "]", "{", "}", ",", "'", '"', "|",
     ">", "&x ", "*x", "!", "!!str ", "%YAML ", "1.", "---", "...", "#", "\\", "\\U", "\\x", "0",
     "FFFFFFFF", "é", "\u2028", "\x85", "\r", "@", "`", "~", "<<"]
)  # fmt: skip


@given(st.lists(YAML_BITS, max_size=25).map("".join))
def test_any_scrap_of_yaml_is_data_or_refused(text):
    assert data_or_problems(text.encode())


@given(st.binary(max_size=60))
def test_any_bytes_are_data_or_refused(content):
    assert data_or_problems(content)


def data_or_problems(content: bytes) -> YamlSource | tuple[Problem, ...]:
    try:
        return read_yaml(content, "p.yaml")
    except PolicyError as error:
        return error.problems


TEXTS = st.text(st.characters(codec="utf-8", max_codepoint=0xFFFF), max_size=20)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | TEXTS
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(TEXTS, part, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(PLAIN)
def test_plain_data_written_as_json_is_read_back_as_it_is(data):
    source = read(json.dumps(data))
    assert source.data == data
    assert not source.problems
