"""An override: somebody decided about one deal otherwise than was recommended, and said why."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final, Literal, TypeAlias, TypeVar

from features.errors import InputError, Problem, did_you_mean, printable
from features.phrase import Phrase
from features.written_record import RecordReader

Recommended: TypeAlias = Literal["go", "conditional_go", "find_out", "no_go"]
Done: TypeAlias = Literal["go", "no_go"]
Word = TypeVar("Word", bound=str)

RECOMMENDED: Final[tuple[Recommended, ...]] = ("go", "conditional_go", "find_out", "no_go")
DONE: Final[tuple[Done, ...]] = ("go", "no_go")
TEXTS = ("deal", "by", "why")
DAYS = ("decided_on", "until")
SETTINGS = (*TEXTS, *DAYS, "recommended", "done")


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """What somebody decided about a deal, against what was recommended.

    ``by`` is a role rather than a name: what became of overrides is told by role. ``until`` is
    the last day on which it stands.
    """

    deal: str
    by: str
    why: str
    decided_on: date
    until: date
    recommended: Recommended
    done: Done

    @property
    def goes_ahead(self) -> bool:
        """Whether it lets a deal be worked that was not to be."""
        return self.done == "go"

    def stands_on(self, day: date) -> bool:
        """Return whether it is in force on a day."""
        return self.decided_on <= day <= self.until

    def to_data(self) -> dict[str, str]:
        """Return it as plain data, days in ISO form."""
        return {name: str(value) for name, value in asdict(self).items()}


def override_of(written: object, where: str = "override") -> Override:
    """Return the override that a mapping of plain data describes.

    Raises
    ------
    InputError
        With every problem: a setting missing or unknown, a day before another, nothing overridden.

    Examples
    --------
    >>> override_of({"deal": "D-1", "by": "head of sales", "why": "An old customer",
    ...              "decided_on": "2026-03-01", "until": "2026-02-01",
    ...              "recommended": "no_go", "done": "go"})
    Traceback (most recent call last):
    features.errors.InputError: override.until: 2026-02-01 is before 2026-03-01
      hint: it stands from decided_on
    """
    if not isinstance(written, Mapping):
        what, hint = "an override is an object", Phrase("with {names}", names=", ".join(SETTINGS))
        raise InputError([Problem(where=where, what=what, hint=hint)])
    reader = _Reader(written, where, called=Phrase("an override"), settings=SETTINGS)
    found = reader.override()
    if reader.problems or found is None:
        raise InputError(reader.problems)
    return found


class _Reader(RecordReader):
    """Reads one override, and notes every problem in it."""

    def override(self) -> Override | None:
        for key in self.written:
            if key not in SETTINGS:
                hint = did_you_mean(str(key), SETTINGS)
                self.add(printable(str(key)), "an override has no such entry", hint)
        deal, by, why = (self.text(name) for name in TEXTS)
        decided_on, until = (self.day(name) for name in DAYS)
        recommended = self._one_of("recommended", RECOMMENDED)
        done = self._one_of("done", DONE)
        if decided_on is not None and until is not None and until < decided_on:
            what = Phrase("{day} is before {other}", day=until, other=decided_on)
            self.add("until", what, "it stands from decided_on")
        if done is not None and done == recommended:
            what = Phrase("'{word}' is what was recommended: nothing is overridden", word=done)
            self.add("done", what, "go against a no-go, or no_go against a go")
        if self.problems or decided_on is None or until is None:
            return None
        if deal is None or by is None or why is None or recommended is None or done is None:
            return None
        return Override(
            deal=deal, by=by, why=why, decided_on=decided_on, until=until,
            recommended=recommended, done=done,
        )  # fmt: skip

    def _one_of(self, key: str, words: tuple[Word, ...]) -> Word | None:
        value = self.given(key)
        if value is None:
            return None
        for word in words:
            if value == word:
                return word
        what = Phrase("'{value}' is none of them", value=printable(str(value)))
        self.add(key, what, did_you_mean(str(value), words))
        return None
