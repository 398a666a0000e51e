"""The page behind a code: what it means, an example, how to mend it, and why it matters."""

from dataclasses import dataclass
from textwrap import dedent, indent
from typing import Any

from features.lint.finding import SEVERITIES, Severity, said
from features.texts import Language, Text

_MEANS = said("What it means", "Ce que cela signifie")
_WHY = said("Why it matters", "Pourquoi c'est important")
_MEND = said("How to mend it", "Comment y remédier")
_EXAMPLE = said("It is found in", "On le trouve dans")
_MENDED = said("and no longer in", "et plus dans")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What there is to say of a code, whatever the policy.

    ``example`` and ``mended`` are parts of a policy file: the first gives the finding, the second
    does not.
    """

    code: str
    severity: Severity
    title: Text
    means: Text
    why: Text
    mend: Text
    example: str
    mended: str

    def page(self, language: Language) -> str:
        """Return the page as people read it in a terminal."""
        severity = SEVERITIES[self.severity].in_(language)
        parts = [f"{self.code} ({severity})", self.title.in_(language)]
        for head, text in ((_MEANS, self.means), (_WHY, self.why), (_MEND, self.mend)):
            parts += ["", head.in_(language), f"  {text.in_(language)}"]
        for head, yaml in ((_EXAMPLE, self.example), (_MENDED, self.mended)):
            parts += ["", head.in_(language), "", indent(yaml.rstrip(), "    ")]
        return "\n".join(parts)

    def to_data(self, language: Language) -> dict[str, Any]:
        """Return the page as plain data."""
        texts = {name: getattr(self, name) for name in ("title", "means", "why", "mend")}
        return {
            "code": self.code,
            "severity": self.severity,
            **{name: text.in_(language) for name, text in texts.items()},
            "example": self.example,
            "mended": self.mended,
        }


def explained(
    code: str,
    severity: Severity,
    *,
    title: tuple[str, str],
    means: tuple[str, str],
    why: tuple[str, str],
    mend: tuple[str, str],
    example: str,
    mended: str,
) -> Explanation:
    """Return an explanation from pairs of words, English first."""
    return Explanation(
        code=code,
        severity=severity,
        title=said(*title),
        means=said(*means),
        why=said(*why),
        mend=said(*mend),
        example=dedent(example).lstrip("\n"),
        mended=dedent(mended).lstrip("\n"),
    )
