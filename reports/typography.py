"""Texts in both languages, with the spaces that French puts before its signs."""

import re

from features.texts import Text
from reports.numbers import NO_BREAK_SPACE

_BEFORE_A_SIGN = re.compile("(?<=«) | (?=[:;?!%»])")


def pair(en: str, fr: str) -> Text:
    r"""Return a text in both languages, whose French spaces before ``: ; ? !`` do not break.

    >>> pair("Why?", "Pourquoi ?").fr
    'Pourquoi\xa0?'
    """
    return Text(en=en, fr=_BEFORE_A_SIGN.sub(NO_BREAK_SPACE, fr))
