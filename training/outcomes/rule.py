"""How a file says what became of its deals: flags, words of a status, stages, or an archive.

A rule reads a whole column at once and notes every word that it cannot read: nothing is guessed,
and neither an open deal nor one that we declined ever becomes a loss.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from features.errors import Problem, printable
from training.distinct import ColumnTexts, distinct_texts
from training.outcomes.outcome import Outcome
from training.outcomes.words import known_words, sounds_closed
from training.sources.raw_table import RawTable

Codes: TypeAlias = NDArray[np.int8]
"""Shape (n_rows,): the place of an outcome in ``OUTCOMES``, ``UNRECORDED``, or ``UNREAD``."""

OUTCOMES = tuple(Outcome)
UNRECORDED, UNREAD = -1, -2
MOST_WORDS = 8
CERTAIN = 100.0


def code_of(outcome: Outcome | None) -> int:
    """Return the code of an outcome; of None, that it is not recorded."""
    return UNRECORDED if outcome is None else OUTCOMES.index(outcome)


@dataclass(frozen=True, slots=True)
class RuleReading:
    """What a rule reads in a file, with every problem it met.

    ``meanings`` says which outcome each word means, as evidence for people; ``assumed`` are the
    words taken to be open stages because nothing in them speaks of an end, ``unmet`` the words of
    the policy that no deal has.
    """

    codes: Codes
    problems: tuple[Problem, ...] = ()
    meanings: Mapping[str, Outcome] | None = None
    assumed: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()


class OutcomeRule(Protocol):
    """Any way to read outcomes; ``columns`` are the headers it looks at."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The headers that the rule reads, the telling one first."""

    def read(self, raw: RawTable, kept: NDArray[np.bool_]) -> RuleReading:
        """Return the outcome of every row; problems are looked for among ``kept`` rows only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRule:
    """One column whose words mean outcomes.

    ``meaning`` answers None for a word it does not know. Where ``stages`` is true, an unknown word
    is an open stage unless it sounds like an end; else it is a problem.
    """

    column: str
    meaning: Callable[[str], Outcome | None]
    stages: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The one column."""
        return (self.column,)

    def read(self, raw: RawTable, kept: NDArray[np.bool_]) -> RuleReading:
        """Return the outcome of every row."""
        found = distinct_texts(raw, self.column)
        known = {text: self.meaning(text) for text in found.texts if text}
        assumed = tuple(
            text for text, outcome in known.items()
            if outcome is None and self.stages and not sounds_closed(text)
        )  # fmt: skip
        meanings = dict.fromkeys(assumed, Outcome.OPEN)
        meanings |= {text: outcome for text, outcome in known.items() if outcome is not None}
        codes = {text: code_of(outcome) for text, outcome in meanings.items()}
        codes[""] = UNRECORDED
        wrong = {text: n for text, n in found.counts(kept).items() if text not in codes}
        problems = _unread(raw, self.column, found, wrong)
        return RuleReading(_coded(found, codes), problems, meanings, assumed)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRule:
    """Columns of yes and no: ``won`` with ``closed``, with ``lost``, or alone.

    Alone, no means lost: nothing then tells which deals are open, and a warning says so.
    """

    won: str
    closed: str | None = None
    lost: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The flags that there are."""
        return tuple(filter(None, (self.won, self.closed, self.lost)))

    def read(self, raw: RawTable, kept: NDArray[np.bool_]) -> RuleReading:
        """Return the outcome of every row; a deal both won and lost, or still open, is wrong."""
        problems: list[Problem] = []
        won = _flags(raw, self.won, kept, problems)
        if self.closed is not None:
            closed = _flags(raw, self.closed, kept, problems)
            codes, clash = _of_closed(won, closed), (won == 1) & (closed == 0)
        elif self.lost is not None:
            lost = _flags(raw, self.lost, kept, problems)
            codes, clash = _of_lost(won, lost), (won == 1) & (lost == 1)
        else:
            codes, clash = _of_closed(won, np.ones_like(won)), np.zeros(len(won), dtype=bool)
        if (clash & kept).any():
            problems.append(self._clash(raw, clash & kept))
        return RuleReading(codes, tuple(problems))

    def _clash(self, raw: RawTable, clash: NDArray[np.bool_]) -> Problem:
        other = f"not '{self.closed}'" if self.closed is not None else f"also '{self.lost}'"
        what = f"'{self.won}' but {other} ({int(clash.sum())} deals)"
        hint = "the two columns contradict each other: export them together, from one object"
        return Problem(where=raw.place(int(np.flatnonzero(clash)[0])), what=what, hint=hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveRule:
    """Odoo's way: archived at probability 0 is lost, active at 100 is won, other active is open.

    What is archived at another probability is no loss: it is left unread, to be set aside.
    """

    active: str
    probability: str

    @property
    def columns(self) -> tuple[str, ...]:
        """Both columns."""
        return (self.active, self.probability)

    def read(self, raw: RawTable, kept: NDArray[np.bool_]) -> RuleReading:
        """Return the outcome of every row."""
        problems: list[Problem] = []
        active = _flags(raw, self.active, kept, problems)
        found = distinct_texts(raw, self.probability)
        numbers = {text: _number(text) for text in found.texts if text}
        wrong = {t: n for t, n in found.counts(kept).items() if t and numbers[t] is None}
        problems += _unread(raw, self.probability, found, wrong)
        values = np.array([np.nan if (n := numbers.get(t)) is None else n for t in found.texts])
        probability = values[found.codes]
        codes = np.full(len(active), code_of(Outcome.OPEN), dtype=np.int8)
        codes[active == 0] = UNREAD
        codes[(active == 0) & (probability <= 0)] = code_of(Outcome.LOST)
        codes[(active == 1) & (probability >= CERTAIN)] = code_of(Outcome.WON)
        codes[active < 0] = UNRECORDED
        return RuleReading(codes, tuple(problems))


def explicit_rule(column: str, meanings: Mapping[str, Outcome]) -> WordRule:
    """Return the rule of exact words that a policy gives.

    >>> explicit_rule("Status", {"Won": Outcome.WON}).meaning("won") is None
    True
    """
    return WordRule(column=column, meaning=meanings.get)


def word_rule(column: str, *, stages: bool = False) -> WordRule:
    """Return the rule of a column in words that everybody uses."""
    return WordRule(column=column, meaning=known_words().meaning, stages=stages)


def _of_closed(won: NDArray[np.int8], closed: NDArray[np.int8]) -> Codes:
    codes = np.full(len(won), UNRECORDED, dtype=np.int8)
    codes[closed == 0] = code_of(Outcome.OPEN)
    codes[(closed == 1) & (won == 0)] = code_of(Outcome.LOST)
    codes[(closed == 1) & (won == 1)] = code_of(Outcome.WON)
    return codes


def _of_lost(won: NDArray[np.int8], lost: NDArray[np.int8]) -> Codes:
    # HubSpot leaves both empty while a deal is open, and one of them once it is closed.
    codes = np.full(len(won), code_of(Outcome.OPEN), dtype=np.int8)
    codes[lost == 1] = code_of(Outcome.LOST)
    codes[won == 1] = code_of(Outcome.WON)
    return codes


def _flags(
    raw: RawTable, column: str, kept: NDArray[np.bool_], problems: list[Problem]
) -> NDArray[np.int8]:
    """Return 1, 0, or -1 where empty; notes what is neither yes nor no."""
    found = distinct_texts(raw, column)
    words = known_words()
    read = {text: words.flag(_whole(text)) for text in found.texts if text}
    wrong = {text: n for text, n in found.counts(kept).items() if text and read[text] is None}
    problems += _unread(raw, column, found, wrong, "write yes or no, true or false, 1 or 0")
    codes = {text: UNRECORDED if flag is None else int(flag) for text, flag in read.items()}
    return _coded(found, codes)


def _coded(found: ColumnTexts, codes: Mapping[str, int]) -> Codes:
    lookup = np.array([codes.get(text, UNRECORDED) for text in found.texts], dtype=np.int8)
    return lookup[found.codes]


def _whole(text: str) -> str:
    return text[:-2] if text in {"1.0", "0.0", "1,0", "0,0"} else text


def _number(text: str) -> float | None:
    try:
        return float(text.rstrip("% \u00a0\u202f").replace(",", "."))
    except ValueError:
        return None


def _unread(
    raw: RawTable,
    column: str,
    found: ColumnTexts,
    wrong: Mapping[str, int],
    hint: str = "say in the policy, under deals.outcome, what it means: won, lost, no_decision, "
    "declined_by_us or open",
) -> tuple[Problem, ...]:
    told = [
        Problem(
            where=raw.place(found.first_row(word)),
            what=f"column '{column}': '{printable(word, 40)}' says no outcome ({n} deals)",
            hint=hint,
        )
        for word, n in list(wrong.items())[:MOST_WORDS]
    ]
    if len(wrong) > MOST_WORDS:
        what = f"column '{column}': {len(wrong) - MOST_WORDS} more such words"
        told.append(Problem(where=raw.where, what=what))
    return tuple(told)
