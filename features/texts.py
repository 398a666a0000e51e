"""Words in French and in English, side by side wherever people read them."""

from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

Language: TypeAlias = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")


class Text(BaseModel):
    """One text in both languages.

    >>> Text(en="Budget is allocated", fr="Le budget est alloué").in_("fr")
    'Le budget est alloué'
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    en: str = Field(min_length=1)
    fr: str = Field(min_length=1)

    def in_(self, language: Language) -> str:
        """Return the text in one language."""
        return self.fr if language == "fr" else self.en
