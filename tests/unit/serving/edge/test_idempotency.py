"""An idempotency key is one printable ASCII text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serving.edge.idempotency import LONGEST, idempotency_key_of
from serving.edge.problem import RefusedError

NAME = b"idempotency-key"


@given(
    text=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=LONGEST)
)
def test_printable_ascii_is_one(text):
    assert idempotency_key_of([(NAME, text.encode())]) == text


@given(key=st.binary(max_size=8))
def test_whatever_is_sent_is_a_key_or_refused(key):
    fine = bool(key.strip(b" \t")) and all(32 <= one <= 126 for one in key.strip(b" \t"))
    if fine:
        found = idempotency_key_of([(NAME, key)])
        assert found
        assert found.isascii()
        assert found.isprintable()
    else:
        with pytest.raises(RefusedError):
            idempotency_key_of([(NAME, key)])


def test_none_is_none_and_two_are_refused():
    assert idempotency_key_of([]) is None
    with pytest.raises(RefusedError):
        idempotency_key_of([(NAME, b"a"), (NAME, b"a")])
    with pytest.raises(RefusedError):
        idempotency_key_of([(NAME, b"x" * (LONGEST + 1))])
