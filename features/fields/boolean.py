"""A question answered by yes or no."""

from typing import ClassVar, Literal

from features.deal import Fact
from features.fields.base import BaseField, Better, WrongFactError, shown
from features.phrase import Phrase

_YES = frozenset({"true", "yes", "y", "1", "oui", "o", "vrai"})
_NO = frozenset({"false", "no", "n", "0", "non", "faux"})


class BooleanField(BaseField):
    """A question answered by yes or no.

    >>> BooleanField(type="boolean").read("Oui")
    True
    """

    kind: ClassVar[str] = "boolean"
    type: Literal["boolean"]
    better: Better | None = None

    def check(self, value: object) -> Fact:
        """Return a JSON value as a fact; raises `WrongFactError` unless it is true or false."""
        if not isinstance(value, bool):
            what = Phrase("{value} is not true or false", value=shown(value))
            raise WrongFactError(what, "write true or false")
        return value

    def read(self, text: str) -> Fact:
        """Return a text from a file as a fact; yes/no, true/false, oui/non, 1/0 are read."""
        word = text.lower()
        if word in _YES or word in _NO:
            return word in _YES
        what = Phrase("{value} is not yes or no", value=shown(text))
        raise WrongFactError(what, "write yes or no, or leave it out")
