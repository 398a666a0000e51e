"""A sentence that knows its parts, so that it can be said in another language.

It *is* its English sentence: whoever knows nothing of languages reads it as the text that it is.
Whoever tells people looks its template up and fills the same parts in. A text without parts needs
no phrase: it is its own template.
"""

from collections.abc import Callable, Mapping
from string import Formatter
from typing import Any

from features.texts import Language, set_in_french

NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
Catalogue = Callable[[str], str | None]
"""Gives the French template of an English one, None where it has none."""


class Phrase(str):
    """An English sentence made of a template and its parts.

    Parts that are phrases are told in the reader's language too; other parts are data.

    >>> phrase = Phrase("at most {most:,} deals", most=10_000)
    >>> phrase, phrase.template
    ('at most 10,000 deals', 'at most {most:,} deals')
    """

    __slots__ = ("parts", "template")
    template: str
    parts: Mapping[str, object]

    def __new__(cls, template: str, **parts: object) -> "Phrase":
        """Return the sentence."""
        phrase = super().__new__(cls, template.format_map(parts))
        phrase.template, phrase.parts = template, parts
        return phrase

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        """Say how a copy is made."""
        return (self.template,), dict(self.parts)


def told_in(language: Language, text: str, french: Catalogue) -> str:
    """Return a text, or a phrase, in a language; in English where the catalogue lacks it.

    >>> words = {"at most {most:,} deals": "au plus {most:,} affaires"}
    >>> told_in("fr", Phrase("at most {most:,} deals", most=10_000), words.get)
    'au plus 10\u202f000 affaires'
    """
    template, parts = (text.template, text.parts) if isinstance(text, Phrase) else (text, {})
    known = french(template) if language == "fr" else None
    if known is None:
        return str.__str__(text)
    told = {
        name: told_in(language, part, french) if isinstance(part, Phrase) else part
        for name, part in parts.items()
    }
    # The signs of the template alone are set: what people wrote is shown as it is.
    filled = set_in_french(known)
    return _InFrench().vformat(filled, (), told) if isinstance(text, Phrase) else filled


class _InFrench(Formatter):
    """Fills parts in; numbers for people as the French write them."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return one part as its template asks."""
        written = str(super().format_field(value, format_spec))
        if format_spec == ",":
            return written.replace(",", NARROW_SPACE)
        return written.replace(".", ",") if format_spec.endswith("f") else written
