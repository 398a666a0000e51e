"""The calendar of the notations is the one everybody uses."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.readers.date_notations import NOTATIONS

FEWER = settings(max_examples=settings().max_examples // 4)
BY_NAME = {notation.name: notation for notation in NOTATIONS}
NUMBERS = st.tuples(st.integers(1900, 2200), st.integers(0, 14), st.integers(0, 33))


def real(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        return None


@FEWER
@given(st.lists(NUMBERS, min_size=1, max_size=10))
def test_days_are_real_or_not_as_python_says(numbers):
    texts = pa.array([f"{year}-{month:02}-{day:02}" for year, month, day in numbers])
    found = BY_NAME["iso"].read(texts).moments().astype("datetime64[D]").tolist()
    assert found == [real(*triple) for triple in numbers]


@pytest.mark.parametrize("notation", NOTATIONS, ids=lambda notation: notation.name)
def test_the_example_of_a_notation_is_in_it_and_in_no_other(notation):
    text = notation.example(None).split(" (")[0]
    fits = [other.name for other in NOTATIONS if other.read(pa.array([text])).written[0]]
    assert fits == [notation.name]
    moment = notation.read(pa.array([text])).moments()[0]
    assert str(moment)[:10] == "2026-03-31"
