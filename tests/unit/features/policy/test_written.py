"""A policy written out reads back to the same policy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.policy.written import written_policy
from features.policy.yaml_source import read_yaml

WORDS = [
    "Yes", "no", "null", "~", "1", "1.5", "1e3", "true", "2026-01-05", "a: b", "a #b", "- a",
    " a ", "a\nb\n", "é", "«\u00a0x\u00a0»", "'", '"', "*a", "&a", "!a", "", "=", "<<",
    "\u2028", "0x10", "0o7", "1_000", ".inf", ".nan", "-", "?", "%a", "@a", "`a", "{a}",
    "[a]", "x" * 300,
]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_any_word_reads_back_as_itself_as_a_value_a_key_and_in_a_list(word):
    data = {"value": word, "list": [word, word], "key": {word: 1}}
    assert read_yaml(written_policy(data).encode(), "p.yaml").data == data


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=9),
    lambda part: st.lists(part, max_size=3)
    | st.dictionaries(st.text("abc: #-'\"é", max_size=6), part, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(st.dictionaries(st.text("abc", min_size=1), PLAIN, max_size=4))
def test_plain_data_reads_back_as_it_is(data):
    again = read_yaml(written_policy(data).encode(), "p.yaml").data
    assert (again or {}) == data


def test_nothing_is_written_as_an_anchor():
    text = {"en": "a", "fr": "b"}
    assert "&" not in written_policy({"one": text, "other": text})
