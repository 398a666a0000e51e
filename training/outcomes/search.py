"""Which column says how deals ended, where nobody has told: the evidence, or a question.

A column is a candidate when its words speak of both won and lost deals, or when it answers yes and
no under a header that asks whether a deal was won. One that only repeats another is no rival.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.errors import DealsError, Problem
from features.headers import normal
from training.distinct import ColumnTexts, few_texts
from training.outcomes.outcome import Outcome
from training.outcomes.rule import FlagRule, OutcomeRule, code_of, word_rule
from training.outcomes.words import known_words
from training.sources.raw_table import RawTable

MOST_DISTINCT = 200
LEAST_COVERAGE = 0.5
MARGIN = 0.75
"""How much better the best candidate must be than one that contradicts it."""

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeCandidate:
    """A way to read outcomes, with the evidence: its score and the deals won and lost by it.

    ``decided`` has shape (n_rows,): 1 where won, 0 where lost, -1 where neither.
    """

    rule: OutcomeRule
    score: float
    decided: NDArray[np.int8]

    @property
    def won(self) -> int:
        """How many deals it calls won."""
        return int((self.decided == 1).sum())

    @property
    def lost(self) -> int:
        """How many deals it calls lost."""
        return int((self.decided == 0).sum())

    def repeats(self, other: "OutcomeCandidate") -> bool:
        """Return whether the two never contradict each other on what both decide."""
        both = (self.decided >= 0) & (other.decided >= 0)
        return bool(both.any() and (self.decided[both] == other.decided[both]).all())


def outcome_candidates(raw: RawTable) -> tuple[OutcomeCandidate, ...]:
    """Return every way to read outcomes that a file offers, the best first."""
    columns = {header: few_texts(raw, header, MOST_DISTINCT) for header in raw.headers}
    few = {header: column for header, column in columns.items() if column is not None}
    closed = _closed_flag(few)
    found = [_by_words(raw, header, texts) for header, texts in few.items()]
    found += [_by_flags(raw, header, texts, closed) for header, texts in few.items()]
    return tuple(sorted(filter(None, found), key=lambda one: -one.score))


def find_outcome(raw: RawTable) -> OutcomeRule:
    """Return the rule of the column that says how deals ended.

    Raises
    ------
    DealsError
        When there is none, or when several contradict each other and none is clearly better.
    """
    candidates = outcome_candidates(raw)
    if not candidates:
        raise DealsError([_none(raw)])
    best = candidates[0]
    rivals = [
        one for one in candidates[1:] if best.score - one.score < MARGIN and not one.repeats(best)
    ]
    if rivals:
        raise DealsError([_several(raw, [best, *rivals])])
    return best.rule


def restating_columns(
    raw: RawTable, outcomes: NDArray[np.object_], rule: OutcomeRule
) -> tuple[str, ...]:
    """Return the columns, beside those of the rule, that say the same outcomes in their words."""
    decided = np.full(len(raw), -1, dtype=np.int8)
    decided[outcomes == Outcome.WON] = 1
    decided[outcomes == Outcome.LOST] = 0
    known = OutcomeCandidate(rule=rule, score=0.0, decided=decided)
    found = [one.rule.columns for one in outcome_candidates(raw) if one.repeats(known)]
    return tuple(
        dict.fromkeys(name for names in found for name in names if name not in rule.columns)
    )


def _by_words(raw: RawTable, header: str, texts: ColumnTexts) -> OutcomeCandidate | None:
    words = known_words()
    is_stage = normal(header) in words.headers["stage"]
    announced = is_stage or normal(header) in words.headers["outcome"]
    known = {text: words.meaning(text) for text in texts.texts if text}
    if not {Outcome.WON, Outcome.LOST} <= set(known.values()):
        return None
    counts = texts.counts()
    filled = sum(n for text, n in counts.items() if text)
    coverage = sum(n for text, n in counts.items() if known.get(text)) / filled
    if coverage < LEAST_COVERAGE and not announced:
        return None
    rule = word_rule(header, stages=is_stage)
    return _candidate(raw, rule, 1.0 + coverage + announced)


def _by_flags(
    raw: RawTable, header: str, texts: ColumnTexts, closed: str | None
) -> OutcomeCandidate | None:
    if normal(header) not in known_words().headers["won"] or not _answers(texts):
        return None
    rule = FlagRule(won=header, closed=closed)
    return _candidate(raw, rule, 1.75 if closed is None else 2.75)


def _closed_flag(few: dict[str, ColumnTexts]) -> str | None:
    headers = known_words().headers["closed"]
    found = [name for name, texts in few.items() if normal(name) in headers and _answers(texts)]
    return found[0] if len(found) == 1 else None


def _answers(texts: ColumnTexts) -> bool:
    """Return whether a column holds both yes and no, and nothing else."""
    flags = {known_words().flag(text) for text in texts.texts if text}
    return flags == {True, False}


def _candidate(raw: RawTable, rule: OutcomeRule, score: float) -> OutcomeCandidate:
    codes = rule.read(raw, np.ones(len(raw), dtype=bool)).codes
    decided = np.full(len(raw), -1, dtype=np.int8)
    decided[codes == code_of(Outcome.WON)] = 1
    decided[codes == code_of(Outcome.LOST)] = 0
    return OutcomeCandidate(rule=rule, score=score, decided=decided)


def _none(raw: RawTable) -> Problem:
    return Problem(
        where=raw.where,
        what="no column says which deals were won and which were lost",
        hint="name it in the policy: deals: {outcome: {column: ..., won: [...], lost: [...]}}",
    )


def _several(raw: RawTable, candidates: Sequence[OutcomeCandidate]) -> Problem:
    shown = "; ".join(
        f"'{one.rule.columns[0]}' ({one.won} won, {one.lost} lost)"
        for one in candidates[:MOST_SHOWN]
    )
    return Problem(
        where=raw.where,
        what=f"several columns may say how deals ended, and they disagree: {shown}",
        hint="name the right one in the policy: deals: {outcome: {column: ..., won: [...], "
        "lost: [...]}}",
    )
