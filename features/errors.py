"""What can be wrong with what people hand us, said all at once and with a hint.

::

    QualifoxError
    ├── InputError            carries every problem found, not only the first
    │   ├── PolicyError       the policy file
    │   ├── FactsError        the facts of one deal
    │   └── DealsError        a file of deals
    ├── ArtifactError         a model folder that does not fit or is damaged
    ├── RegistryError         no such model, version or alias
    └── EvidenceError         too few closed deals for what was asked
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from features.phrase import Phrase

MOST_NAMED = 8
"""Valid names that a hint lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, where it is, and what to do about it.

    ``source`` is what the place is called where the value came from, if that is another name: the
    field of the CRM.

    >>> print(Problem(where="policy.yaml:3", what="unknown field 'budgte'", hint="budget"))
    policy.yaml:3: unknown field 'budgte'
      hint: budget
    """

    where: str
    what: str
    hint: str | None = None
    source: str | None = None

    def __str__(self) -> str:
        """Return the problem as people read it: place, fact, hint."""
        line = f"{self.where}: {self.what}" if self.where else self.what
        return f"{line}\n  hint: {self.hint}" if self.hint else line


class QualifoxError(Exception):
    """Root of every error that Qualifox raises on purpose."""


class InputError(QualifoxError):
    """Input that people can correct; carries all its problems.

    >>> str(InputError([Problem(where="a", what="b")]))
    'a: b'
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class PolicyError(InputError):
    """The policy file cannot be used."""


class FactsError(InputError):
    """The facts of one deal cannot be used."""


class DealsError(InputError):
    """A file of deals cannot be used."""


class ArtifactError(QualifoxError):
    """A model folder is damaged, or does not fit this code or this policy."""


class RegistryError(QualifoxError):
    """The registry holds no such model, version or alias."""


class EvidenceError(QualifoxError):
    """There are too few closed deals to learn from."""


def printable(text: str, longest: int = 60) -> str:
    r"""Return a text that somebody else wrote as one line that any terminal can show.

    >>> printable("a\nb"), printable("x" * 100, 5)
    ('a\\nb', 'xxxx…')
    """
    shown = text if text.isprintable() else ascii(text)[1:-1]
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to ``name``, or None when nothing is close.

    >>> nearest("budgte", ["authority", "budget"])
    'budget'
    >>> nearest("xyz", ["authority"]) is None
    True
    """
    matches = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a hint for an unknown name: the nearest valid one, else the first few of them.

    >>> did_you_mean("budgte", ["authority", "budget"])
    "did you mean 'budget'?"
    >>> did_you_mean("zzz", ["authority", "budget"])
    'one of: authority, budget'
    """
    names = list(known)
    match = nearest(name, names)
    if match is not None:
        return Phrase("did you mean '{match}'?", match=match)
    if not names:
        return Phrase("none is known here")
    shown = ", ".join(names[:MOST_NAMED])
    if len(names) <= MOST_NAMED:
        return Phrase("one of: {names}", names=shown)
    more = len(names) - MOST_NAMED
    return Phrase("one of: {names} and {more} more", names=shown, more=more)
