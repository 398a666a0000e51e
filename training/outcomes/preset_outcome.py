"""The outcome rule that a preset brings, and the rows that it sets aside."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.crm.preset import (
    ColumnNames,
    FlagColumns,
    OutcomeColumns,
    Preset,
    StageWords,
    StatusWords,
)
from features.errors import DealsError, Problem
from features.headers import HeaderIndex, plain
from features.texts import Text
from training.distinct import distinct_texts
from training.outcomes.outcome import Outcome
from training.outcomes.rule import ArchiveRule, FlagRule, OutcomeRule, WordRule
from training.outcomes.words import known_words
from training.sources.raw_table import RawTable

ARCHIVED = Text(
    en="archived, but at a probability other than 0: not lost",
    fr="archivée, mais à une probabilité autre que 0 : pas perdue",
)


@dataclass(frozen=True, slots=True)
class SetAside:
    """Rows that are no deals, why, and by which column; ``rows`` has shape (n_rows,)."""

    rows: NDArray[np.bool_]
    reason: Text
    column: str | None


def preset_rule(raw: RawTable, preset: Preset) -> OutcomeRule | None:
    """Return the first rule of a preset whose columns the file has, None without any.

    Raises
    ------
    DealsError
        When two columns would do for one, or stages are ids that say nothing.
    """
    search = _Columns(raw)
    outcome = preset.outcome
    ways: list[OutcomeRule | None] = [
        *(_flag_rule(search, flags) for flags in outcome.flags),
        *(_status_rule(search, words) for words in outcome.status),
        _archive_rule(search, outcome),
    ]
    found = next((way for way in ways if way is not None), None)
    if found is None and outcome.stage is not None:
        found = _stage_rule(search, preset, outcome.stage)
    if search.problems:
        raise DealsError(search.problems)
    return found


def set_aside(raw: RawTable, preset: Preset) -> tuple[SetAside, ...]:
    """Return the rows that are no deals; each row for the first reason that it meets."""
    search = _Columns(raw)
    free = np.ones(len(raw), dtype=bool)
    found = []
    for part in preset.outcome.left_out:
        column = search.one(part.column)
        if column is not None:
            rows = _rows_with(raw, column, part.words) & free
            free &= ~rows
            found.append(SetAside(rows, part.reason, column))
    return tuple(found)


def _rows_with(raw: RawTable, column: str, words: Iterable[str]) -> NDArray[np.bool_]:
    texts = distinct_texts(raw, column)
    wanted = set(map(plain, words))
    return np.array([plain(text) in wanted for text in texts.texts], dtype=bool)[texts.codes]


class _Columns:
    """Finds the columns of a preset in one file; two for one are a problem."""

    def __init__(self, raw: RawTable) -> None:
        self.raw, self.problems = raw, list[Problem]()
        self._index = HeaderIndex(raw.headers)

    def one(self, names: ColumnNames | None) -> str | None:
        """Return the header of a column, None when the file has none."""
        headers = self._index.find(names.names) if names else ()
        if len(headers) > 1:
            both = " and ".join(f"'{header}'" for header in headers)
            what = f"the columns {both} both say how deals ended"
            hint = f"choose one in the policy: deals: {{outcome: {{column: {headers[0]}, ...}}}}"
            problem = Problem(where=self.raw.where, what=what, hint=hint)
            self.problems += [] if problem in self.problems else [problem]
        return headers[0] if headers else None


def _flag_rule(search: _Columns, flags: FlagColumns) -> FlagRule | None:
    won, closed, lost = (search.one(names) for names in (flags.won, flags.closed, flags.lost))
    if won is None or (closed is None and lost is None):
        return None
    return FlagRule(won=won, closed=closed, lost=lost)


def _status_rule(search: _Columns, words: StatusWords) -> WordRule | None:
    column = search.one(words.column)
    if column is None:
        return None
    own = {outcome: getattr(words, outcome.value) for outcome in Outcome}
    return WordRule(column=column, meaning=_meaning(own))


def _archive_rule(search: _Columns, outcome: OutcomeColumns) -> ArchiveRule | None:
    if outcome.archive is None:
        return None
    active = search.one(outcome.archive.active)
    probability = search.one(outcome.archive.probability)
    if active is None or probability is None:
        return None
    return ArchiveRule(active=active, probability=probability)


def _stage_rule(search: _Columns, preset: Preset, stage: StageWords) -> WordRule | None:
    columns = [search.one(names) for names in preset.targets.get("stage", ())]
    column = next((column for column in columns if column is not None), None)
    if column is None:
        return None
    ids = set(stage.ids) & {text.lower() for text in distinct_texts(search.raw, column).texts}
    if ids:
        shown = ", ".join(sorted(ids)[:3])
        what = f"column '{column}' holds ids of stages ({shown}), which keep their old names"
        place = search.raw.place(0)
        search.problems.append(Problem(where=place, what=what, hint=preset.advice.en))
        return None
    own = {Outcome.WON: stage.won, Outcome.LOST: stage.lost, Outcome.OPEN: stage.open}
    return WordRule(column=column, meaning=_meaning(own), stages=True)


def _meaning(own: dict[Outcome, tuple[str, ...]]) -> Callable[[str], Outcome | None]:
    """Return the preset's words first, then those that everybody uses."""
    words = {plain(word): outcome for outcome, listed in own.items() for word in listed}

    def meaning(text: str) -> Outcome | None:
        return words.get(plain(text)) or known_words().meaning(text)

    return meaning
