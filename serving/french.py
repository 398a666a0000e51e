"""What the service says of mistakes, in French: a catalogue beside the code, by English template.

A template that it lacks is told in English. A test holds that it lacks none that can be raised.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from features.phrase import told_in
from features.texts import Language

CATALOGUE = Path(__file__).with_name("problems_in_french.json")


def in_words(text: str, language: Language) -> str:
    """Return what is said of a mistake in the reader's language.

    >>> in_words("is given twice", "fr")
    'est donné deux fois'
    """
    return told_in(language, text, _french)


def _french(template: str) -> str | None:
    return catalogue().get(template)


@cache
def catalogue() -> Mapping[str, str]:
    """Return the French template of each English one."""
    found: dict[str, str] = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    return found
