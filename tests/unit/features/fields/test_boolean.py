"""A question answered by yes or no."""

import pytest

from features.fields import BooleanField, WrongFactError

YES_NO = BooleanField(type="boolean")


@pytest.mark.parametrize("value", [1, 0, 1.0, "true", "Yes", "", None, [True]])
def test_only_true_and_false_are_yes_or_no(value):
    with pytest.raises(WrongFactError, match="is not true or false"):
        YES_NO.check(value)
    assert YES_NO.check(True) is True
    assert YES_NO.check(False) is False


@pytest.mark.parametrize("text", ["yes", "Yes", "TRUE", "y", "1", "oui", "O", "vrai"])
def test_yes_is_read_in_both_languages(text):
    assert YES_NO.read(text) is True


@pytest.mark.parametrize("text", ["no", "No", "FALSE", "n", "0", "non", "N", "faux"])
def test_no_is_read_in_both_languages(text):
    assert YES_NO.read(text) is False


@pytest.mark.parametrize("text", ["", "maybe", "2", "-", "yes no"])
def test_a_text_that_is_neither_yes_nor_no_is_refused(text):
    with pytest.raises(WrongFactError, match="is not yes or no"):
        YES_NO.read(text)
