"""What identifies data: the hash of its canonical form."""

import pytest

from features.fingerprint import canonical_fingerprint


def test_a_fingerprint_is_64_hexadecimal_digits_and_does_not_see_the_order_of_keys():
    one = canonical_fingerprint({"a": [1, 2], "b": {"c": "é", "d": None}})
    other = canonical_fingerprint({"b": {"d": None, "c": "é"}, "a": [1, 2]})
    assert one == other
    assert len(one) == 64
    assert set(one) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    ("one", "other"),
    [([1, 2], [2, 1]), ("1", 1), (True, 1), (None, ""), ({"a": 1}, {"a": 2}), ("é", "e\u0301")],
)
def test_different_data_have_different_fingerprints(one, other):
    assert canonical_fingerprint(one) != canonical_fingerprint(other)


def test_a_fingerprint_is_the_same_tomorrow():
    assert canonical_fingerprint({}) == (
        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    )
