"""A question answered in free words: kept with the deal, out of the model and of conditions."""

from typing import ClassVar, Literal

from features.deal import Fact
from features.fields.base import BaseField, WrongFactError, shown
from features.phrase import Phrase

LONGEST_NOTE = 5_000


class TextField(BaseField):
    """Free words, for people only.

    >>> TextField(type="text").check("They will ask the board")
    'They will ask the board'
    """

    kind: ClassVar[str] = "text"
    modelled: ClassVar[bool] = False
    type: Literal["text"]

    def check(self, value: object) -> Fact:
        """Return a JSON value as a fact; raises `WrongFactError` unless it is a text."""
        if not isinstance(value, str):
            what = Phrase("{value} is not a text", value=shown(value))
            raise WrongFactError(what, "write the words in quotes")
        if len(value) > LONGEST_NOTE:
            raise WrongFactError(
                "the text is too long", Phrase("at most {most:,} characters", most=LONGEST_NOTE)
            )
        return value.strip()

    def read(self, text: str) -> Fact:
        """Return a text from a file as a fact; raises as :meth:`check` does."""
        return self.check(text)
