"""Distinct texts are the column, said in fewer words."""

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from training.readers.distinct_texts import DistinctTexts

FEWER = settings(max_examples=settings().max_examples // 4)
WORDS = st.lists(st.none() | st.sampled_from(["a", "b", "?", "é", "12"]), max_size=12)


@FEWER
@given(WORDS, st.sets(st.sampled_from(["?", "b"])), st.integers(0, 12))
def test_the_column_can_be_written_again(values, unknown, place):
    column = pa.chunked_array(
        [pa.array(values[:place], pa.string()), pa.array(values[place:], pa.string())]
    )
    found = DistinctTexts.of(column, unknown)
    texts = [*found.texts.to_pylist(), None]
    assert [texts[code] for code in found.codes] == [None if v in unknown else v for v in values]
    assert len(set(texts)) == len(texts)


def test_wrong_values_are_the_first_three_and_a_count():
    found = DistinctTexts.of(pa.chunked_array([["a", "b", "a", "c", "d", "e"]]))
    bad = found.codes[[0, 1, 3, 4, 5]] >= 0
    wrong, count = found.wrong(bad, lambda text: (text, None))
    assert [(value.what, value.row, value.n_deals) for value in wrong] == [
        ("a", 0, 2), ("b", 1, 1), ("c", 3, 1),
    ]  # fmt: skip
    assert count == 5


def test_other_types_are_written_as_in_a_file():
    typed = {"x": [1.0, 2.5], "y": [True, False], "z": [1, 2]}
    texts = [DistinctTexts.of(pa.chunked_array([v])).texts.to_pylist() for v in typed.values()]
    assert texts == [["1", "2.5"], ["true", "false"], ["1", "2"]]
