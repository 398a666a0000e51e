"""From a source of deals to a table of facts with their outcomes, under one policy."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from features.errors import DealsError, Problem, did_you_mean
from features.policy import Policy
from features.table import Column, DealTable
from training.field_columns import ColumnProblem, day_column, field_column
from training.fingerprint import table_fingerprint
from training.outcomes import Outcome, outcome_problems, outcome_words
from training.progress import Tell, in_silence
from training.readers.conventions import Conventions
from training.readers.distinct_texts import DistinctTexts
from training.side_by_side import side_by_side
from training.sources.location import read_source
from training.sources.raw_table import RawTable

SHARE_OF_SOURCE = 0.5
"""How much of the time goes into reading the source, roughly, for a progress bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DealsOnFile:
    """The deals of a source; every array has shape (n_deals,).

    ``outcomes`` is None where there is no outcome column, ``closed_on`` where there are no such
    dates (NaT: not closed); ``accounts`` likewise. ``left_out`` names the columns nobody declared,
    ``missing`` the fields without a column; ``notes`` says what was decided on the way.
    """

    table: DealTable
    outcomes: NDArray[np.object_] | None
    closed_on: NDArray[np.datetime64] | None
    accounts: NDArray[np.object_] | None
    left_out: tuple[str, ...]
    missing: tuple[str, ...]
    fingerprint: str
    notes: tuple[str, ...] = ()


def read_deals(
    location: str | Path,
    policy: Policy,
    *,
    as_of: date,
    needs_outcome: bool,
    query: str | None = None,
    sheet: str | None = None,
    tell: Tell = in_silence,
) -> DealsOnFile:
    """Return the deals that a file or a query holds.

    Parameters
    ----------
    location, query, sheet
        As :func:`training.sources.location.read_source` takes them.
    as_of
        The day to pretend to be: what closes after it is still open. Also the day of the deals
        whose source has no such column.
    needs_outcome
        Whether to learn from it: then the outcomes are read and every column that the policy names
        must be there. To score, what is missing is unknown.
    tell
        Told how far the reading is, as the step "read".

    Raises
    ------
    DealsError
        With every problem in the source, each kind once a column, with examples and their lines.
    """
    raw = read_source(location, query=query, sheet=sheet)
    tell("read", SHARE_OF_SOURCE)
    return deals_of(raw, policy, as_of=as_of, needs_outcome=needs_outcome, tell=tell)


def deals_of(
    raw: RawTable, policy: Policy, *, as_of: date, needs_outcome: bool, tell: Tell = in_silence
) -> DealsOnFile:
    """Return the deals of a raw table; see :func:`read_deals`."""
    return _Reader(raw, policy, tell).deals(as_of, needs_outcome=needs_outcome)


class _Reader:
    def __init__(self, raw: RawTable, policy: Policy, tell: Tell) -> None:
        self.raw, self.policy, self.tell = raw, policy, tell
        spec = policy.deals
        self.conventions = Conventions(raw.table, numbers=spec.numbers, dates=spec.dates)
        self.problems: list[Problem] = []

    def deals(self, as_of: date, *, needs_outcome: bool) -> DealsOnFile:
        spec = self.policy.deals
        columns = self._fields(required=needs_outcome)
        if needs_outcome:
            self._require_columns()
        outcomes = self._outcomes() if needs_outcome else None
        closed_on, days = self._days(spec.closed_on), self._days(spec.as_of)
        self._refuse(columns)
        if outcomes is not None and closed_on is not None:
            outcomes[closed_on > np.datetime64(as_of)] = Outcome.OPEN
        found = DealsOnFile(
            table=DealTable(
                ids=self._ids(), as_of=_filled_days(days, as_of, len(self.raw)), columns=columns
            ),
            outcomes=outcomes,
            closed_on=closed_on,
            accounts=self._accounts(),
            left_out=self._left_out(),
            missing=tuple(name for name in self.policy.fields if name not in columns),
            fingerprint=table_fingerprint(self.raw.table),
            notes=self.raw.notes,
        )
        self.tell("read", 1.0)
        return found

    def _refuse(self, columns: Mapping[str, Column]) -> None:
        if self.problems:
            raise DealsError(self.problems)
        if not len(self.raw):
            raise DealsError([Problem(where=self.raw.where, what="the file holds no deals")])
        if not columns:
            what, hint = "no column is one of the policy's fields", "is it the right policy?"
            raise DealsError([Problem(where=self.raw.where, what=what, hint=hint)])

    def _column(self, name: str | None) -> pa.ChunkedArray | None:
        if name is None or name not in self.raw.headers:
            return None
        return self.raw.table.column(name)

    def _add(self, column: str, problems: list[ColumnProblem]) -> None:
        for found in problems:
            where = self.raw.where if found.row is None else self.raw.place(found.row)
            what = f"column '{column}': {found.what}"
            self.problems.append(Problem(where=where, what=what, hint=found.hint))

    def _missing(self, column: str, purpose: str = "") -> None:
        """Note a column that is not there, on the line of the header."""
        line = self.raw.first_line
        where = self.raw.where if line is None else f"{self.raw.where}:{line - 1}"
        hint = did_you_mean(column, self.raw.headers)
        what = f"there is no column '{column}'{purpose}"
        self.problems.append(Problem(where=where, what=what, hint=hint))

    def _require_columns(self) -> None:
        """Note the columns that the policy names and the source lacks: none is passed over."""
        spec = self.policy.deals
        for name in filter(None, (spec.id, spec.as_of, spec.closed_on, spec.account)):
            if name not in self.raw.headers:
                self._missing(name)

    def _fields(self, *, required: bool) -> dict[str, Column]:
        fields, columns = self.policy.fields, {}
        found = zip(fields.items(), side_by_side(self._field, fields), strict=True)
        for place, ((name, field), read) in enumerate(found):
            header = field.column or name
            if read is not None:
                columns[name] = read[0]
                self._add(header, read[1])
            elif required:
                self._missing(header, f" for the field '{name}'")
            done = (place + 1) / len(fields)
            self.tell("read", SHARE_OF_SOURCE + (1 - SHARE_OF_SOURCE) * done)
        return columns

    def _field(self, name: str) -> tuple[Column, list[ColumnProblem]] | None:
        field = self.policy.fields[name]
        column = self._column(field.column or name)
        return None if column is None else field_column(column, field, self.conventions)

    def _outcomes(self) -> NDArray[np.object_] | None:
        spec = self.policy.deals.outcome
        column = self._column(spec.column)
        if column is None:
            self._missing(spec.column, ", which says how the deals ended")
            return None
        distinct = DistinctTexts.of(column)
        words = distinct.texts.to_pylist()
        known = distinct.codes[distinct.codes >= 0]
        counts = dict(zip(words, np.bincount(known, minlength=len(words)).tolist(), strict=True))
        where = f"{self.raw.where}: column '{spec.column}'"
        self.problems += outcome_problems(counts, spec, where)
        meanings = outcome_words(spec)
        outcomes = np.array([meanings.get(word) for word in [*words, ""]], dtype=object)
        return outcomes[distinct.codes]  # the code -1 finds the last entry: nothing is open

    def _days(self, name: str | None) -> NDArray[np.datetime64] | None:
        column = self._column(name)
        if column is None:
            return None
        days, problems = day_column(column, self.policy.deals.unknown, self.conventions)
        self._add(str(name), problems)
        return days

    def _ids(self) -> tuple[str | None, ...]:
        column = self._column(self.policy.deals.id)
        if column is not None and pa.types.is_string(column.type):
            return tuple(column.to_pylist())  # quicker: hardly one is like another
        return tuple(self._texts(self.policy.deals.id, None) or [None] * len(self.raw))

    def _accounts(self) -> NDArray[np.object_] | None:
        texts = self._texts(self.policy.deals.account, "")
        return None if texts is None else np.array(texts, dtype=object)

    def _texts(self, name: str | None, missing: str | None) -> list[str | None] | None:
        column = self._column(name)
        if column is None:
            return None
        distinct = DistinctTexts.of(column)
        texts = np.array([*distinct.texts.to_pylist(), missing], dtype=object)
        spread: list[str | None] = texts[distinct.codes].tolist()
        return spread

    def _left_out(self) -> tuple[str, ...]:
        spec = self.policy.deals
        declared = {field.column or name for name, field in self.policy.fields.items()}
        declared |= {str(spec.id), str(spec.as_of), str(spec.closed_on), str(spec.account)}
        declared.add(spec.outcome.column)
        return tuple(name for name in self.raw.headers if name not in declared)


def _filled_days(
    days: NDArray[np.datetime64] | None, as_of: date, n_deals: int
) -> tuple[date, ...]:
    """Return the day of each deal, the given one where the source has none."""
    if days is None:
        return (as_of,) * n_deals
    return tuple(np.where(np.isnat(days), np.datetime64(as_of), days).tolist())
