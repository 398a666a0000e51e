"""The names of the months as the Unicode CLDR has them in English, French and German."""

import unicodedata
from functools import lru_cache

from babel.dates import get_month_names

LANGUAGES = ("en", "fr", "de")


@lru_cache(maxsize=1)
def month_numbers() -> dict[str, int]:
    """Return the number of each month by its names and abbreviations, in plain letters.

    >>> months = month_numbers()
    >>> months[plain_word("Févr.")], months["january"], months["sept"]
    (2, 1, 9)
    """
    numbers = {"sept": 9, "mrz": 3}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                names = get_month_names(width, context, language)
                numbers |= {plain_word(name): number for number, name in names.items()}
    return numbers


def plain_word(word: str) -> str:
    """Return a word in small letters without accents and points.

    >>> plain_word("Août.")
    'aout'
    """
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if letter.isalnum())
