"""Words in French and in English, side by side wherever people read them."""

import re
from functools import lru_cache
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

Language: TypeAlias = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

MOST_TEXTS = 16_384
"""More than all texts of the house and of a large policy together."""
_BEFORE_A_SIGN = re.compile("(?<=«) | (?=[:;?!%»€])")


class Text(BaseModel):
    """One text in both languages.

    >>> Text(en="Budget is allocated", fr="Le budget est alloué").in_("fr")
    'Le budget est alloué'
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    en: str = Field(min_length=1)
    fr: str = Field(min_length=1)

    def in_(self, language: Language) -> str:
        """Return the text in one language, French with no-break spaces around its signs."""
        return _set_once(self.fr) if language == "fr" else self.en


def set_in_french(text: str) -> str:
    r"""Return a French text with no-break spaces where its signs ask for them.

    People write an ordinary space there, and a line would break before the sign.

    >>> set_in_french("À compléter : 40 %, « vite »")
    'À compléter\xa0: 40\xa0%, «\xa0vite\xa0»'
    """
    return _BEFORE_A_SIGN.sub(NO_BREAK_SPACE, text)


@lru_cache(maxsize=MOST_TEXTS)
def _set_once(text: str) -> str:
    """Return what :func:`set_in_french` does: an answer holds some hundred of the same texts."""
    return set_in_french(text)
