"""Depth is found as a parser finds it, without parsing."""

import json

from hypothesis import given
from hypothesis import strategies as st

from serving.edge.depth import is_deeper

ANY_JSON = st.recursive(
    st.none() | st.integers() | st.text(alphabet='[]{}"\\ a\n\u00e9', max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text('[]{}"\\', max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)  # fmt: skip


def depth_of(value):
    """Return the depth the slow way."""
    if isinstance(value, dict):
        return 1 + max(map(depth_of, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(depth_of, value), default=0)
    return 0


def naive(body, most):
    """Return what one gets by counting brackets within texts, too: it must be found out."""
    depth = deepest = 0
    for one in body:
        depth += (one in b"[{") - (one in b"]}")
        deepest = max(deepest, depth)
    return deepest > most


@given(value=ANY_JSON, most=st.integers(0, 5), ascii_only=st.booleans())
def test_it_is_the_depth_of_the_value(value, most, ascii_only):
    body = json.dumps(value, ensure_ascii=ascii_only).encode()
    assert is_deeper(body, most) == (depth_of(value) > most)


def test_brackets_in_texts_neither_hide_nor_make_depth():
    hidden = b'["]]]]", [[[1]]]]'
    assert is_deeper(hidden, 3)
    assert not naive(hidden, 3)
    assert not is_deeper(rb'["\"[[[[[\\"]', 1)


@given(body=st.binary(max_size=60))
def test_whatever_is_sent_gets_some_answer(body):
    assert is_deeper(body, 3) in {True, False}


def test_a_large_hostile_body_is_quick():
    assert is_deeper(b"[" * (8 << 20), 64)
    assert not is_deeper(b"[]" * (4 << 20), 64)
    assert not is_deeper(b'"\\\\\\""' * (1 << 20), 64)
