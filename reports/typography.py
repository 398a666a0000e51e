"""Spaces that do not break, where French wants them."""

import re

from features.texts import Language, Text
from reports.numbers import NO_BREAK_SPACE

_BEFORE_A_SIGN = re.compile("(?<=«) | (?=[:;?!%»])")


def typeset(text: str, language: Language) -> str:
    r"""Return a text whose signs stay with their words.

    >>> typeset("Le budget est-il débloqué ?", "fr")
    'Le budget est-il débloqué\xa0?'
    """
    return _BEFORE_A_SIGN.sub(NO_BREAK_SPACE, text) if language == "fr" else text


def pair(en: str, fr: str) -> Text:
    """Return a text in both languages, set as each wants it."""
    return Text(en=en, fr=typeset(fr, "fr"))


def quoted(text: str, language: Language) -> str:
    r"""Return a text in the language's quotation marks.

    >>> quoted("Budget", "en"), quoted("Budget", "fr")
    ('“Budget”', '«\xa0Budget\xa0»')
    """
    return typeset(f"« {text} »", language) if language == "fr" else f"“{text}”"
