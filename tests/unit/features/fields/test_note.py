"""Free words: kept with the deal, out of the model."""

import pytest

from features.fields import LONGEST_NOTE, TextField, WrongFactError

FIELD = TextField(type="text")


def test_words_are_kept_with_their_lines_and_without_the_space_around_them():
    assert FIELD.check("  two\nlines ") == "two\nlines"
    assert FIELD.read("été") == "été"
    assert not FIELD.in_model


@pytest.mark.parametrize("value", [1, None, True, ["a"]])
def test_what_is_not_a_text_is_refused(value):
    with pytest.raises(WrongFactError, match="is not a text"):
        FIELD.check(value)


def test_a_novel_is_refused():
    assert FIELD.check("x" * LONGEST_NOTE)
    with pytest.raises(WrongFactError, match="too long"):
        FIELD.check("x" * (LONGEST_NOTE + 1))
