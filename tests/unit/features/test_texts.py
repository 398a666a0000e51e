"""Words in both languages."""

import pytest
from pydantic import ValidationError

from features.texts import LANGUAGES, Text


def test_a_text_is_read_in_either_language():
    text = Text(en="Budget is allocated", fr="Le budget est alloué")
    assert [text.in_(language) for language in LANGUAGES] == [text.en, text.fr]
    assert text.in_("en") == "Budget is allocated"
    assert text.in_("fr") == "Le budget est alloué"


@pytest.mark.parametrize(
    "written",
    [
        {"en": "only English"},
        {"fr": "seulement français"},
        {"en": "", "fr": "b"},
        {"en": "a", "fr": None},
        {"en": 5, "fr": "b"},
        {"en": "a", "fr": "b", "de": "c"},
    ],
)
def test_a_text_needs_words_in_both_languages_and_no_other(written):
    with pytest.raises(ValidationError):
        Text.model_validate(written)


def test_a_text_cannot_be_changed():
    text = Text(en="a", fr="b")
    with pytest.raises(ValidationError, match="frozen"):
        text.en = "c"  # type: ignore[misc]
