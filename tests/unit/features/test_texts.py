"""Words in both languages."""

import pytest
from pydantic import ValidationError

from features.texts import LANGUAGES, Text, set_in_french


def test_a_text_is_read_in_either_language():
    text = Text(en="Budget is allocated", fr="Le budget est alloué")
    assert [text.in_(language) for language in LANGUAGES] == [text.en, text.fr]
    assert text.in_("en") == "Budget is allocated"
    assert text.in_("fr") == "Le budget est alloué"


def test_french_signs_never_stand_alone_on_a_line():
    text = Text(en="Why? Now: 40 %", fr="Pourquoi ? À ce jour : 40 %, « vite »")
    assert text.in_("fr") == "Pourquoi\xa0? À ce jour\xa0: 40\xa0%, «\xa0vite\xa0»"
    assert text.in_("en") == text.en
    assert set_in_french(text.in_("fr")) == text.in_("fr")


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
