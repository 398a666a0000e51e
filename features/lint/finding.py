"""What the linter says of a policy: a code, a place, a sentence and a hint, in both languages."""

import re
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from features.policy.yaml_source import Path
from features.texts import Language, Text

Severity: TypeAlias = Literal["error", "warning", "note"]

SEVERITIES: dict[Severity, Text] = {
    "error": Text(en="error", fr="erreur"),
    "warning": Text(en="warning", fr="avertissement"),
    "note": Text(en="note", fr="remarque"),
}
"""From the worst on: an error is certainly a mistake, a note is something to know."""

HINT = Text(en="hint:", fr="conseil\N{NO-BREAK SPACE}:")
_BEFORE_A_SIGN = re.compile("(?<=«) | (?=[:;?!%»])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend, or to know, in a policy.

    ``path`` is the part of the policy that it is about and ``where`` is its ``file:line``;
    ``about`` names the rules or fields, ``also`` the places of all of them but the first.
    """

    code: str
    severity: Severity
    path: Path
    where: str
    what: Text
    hint: Text
    about: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def in_(self, language: Language) -> str:
        """Return the finding as people read it: the place and what is found, then the hint."""
        severity = SEVERITIES[self.severity].in_(language)
        first = f"{self.where}: {severity} {self.code}: {self.what.in_(language)}"
        return f"{first}\n  {HINT.in_(language)} {self.hint.in_(language)}"

    def to_data(self, language: Language) -> dict[str, Any]:
        """Return the finding as plain data, its words in one language."""
        return {
            "code": self.code,
            "severity": self.severity,
            "where": self.where,
            "also": list(self.also),
            "path": list(self.path),
            "about": list(self.about),
            "what": self.what.in_(language),
            "hint": self.hint.in_(language),
        }


def said(en: str, fr: str) -> Text:
    r"""Return a text in both languages, its French signs held to their words.

    >>> said("Why?", "Pourquoi ?").fr
    'Pourquoi\xa0?'
    """
    return Text(en=en, fr=_BEFORE_A_SIGN.sub("\N{NO-BREAK SPACE}", fr))


def number(value: float, language: Language) -> str:
    """Return a number as it stands in the file, with a comma where the French write one.

    >>> number(2.5, "en"), number(2.5, "fr"), number(30.0, "fr")
    ('2.5', '2,5', '30')
    """
    text = f"{value:.15g}"
    return text.replace(".", ",") if language == "fr" else text
