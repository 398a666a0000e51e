"""From a source of deals to a table of facts with their outcomes, under one policy."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from features.columns import Column
from features.derivation import with_derived_columns
from features.errors import DealsError, Problem
from features.fields import PolicyField
from features.policy import Policy
from features.table import DealTable
from training.as_known import AsKnown, as_known
from training.days import filled_days, first_days, readable_days
from training.deals_columns import NAMED_COLUMNS, columns_of, missing_column
from training.deals_on_file import DealsOnFile
from training.field_columns import ColumnProblem, day_column, field_column, without_expired
from training.fingerprint import table_fingerprint
from training.outcomes.outcome import Outcome
from training.outcomes.reading import OutcomeReading, read_outcomes
from training.progress import Tell, in_silence
from training.pursuit_columns import PursuitColumns, pursuit_columns
from training.readers.conventions import Conventions
from training.readers.distinct_texts import DistinctTexts
from training.set_aside import told_aside
from training.shares import shares_of
from training.side_by_side import side_by_side
from training.sources.location import Location, read_source
from training.sources.raw_table import RawTable

LONGEST_DAYS = 10**6
SHARE_OF_SOURCE = 0.5
"""How much of the time goes into reading the source, roughly, for a progress bar."""


def read_deals(
    location: Location,
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
        self.columns = columns_of(raw, policy, self.problems)

    def deals(self, as_of: date, *, needs_outcome: bool) -> DealsOnFile:
        if needs_outcome:
            self._require_columns()
        reading = self._outcomes() if needs_outcome else None
        closed_on = self._first_days(self.columns.closing_columns)
        known = self._as_known() if needs_outcome else None
        days = self._days(self.columns.as_of) if known is None else known.as_of
        when = filled_days(days, as_of, len(self.raw))
        facts = self._fields(when, required=needs_outcome)
        pursuits = self._pursuits()
        self._refuse(facts)
        table = DealTable(
            ids=self._ids(),
            as_of=when,
            columns=with_derived_columns(facts, self.policy.derived, when),
        )
        kept = self._kept(reading, known)
        outcomes = None if reading is None else reading.outcomes[kept]
        closed_on = self._closings(closed_on, outcomes, kept, as_of)
        accounts, human_p, opened_on = self._accounts(), self._human_p(), self._opened_on()
        found = DealsOnFile(
            table=table if len(kept) == len(table) else table.take(kept),
            outcomes=outcomes,
            opened_on=None if opened_on is None else opened_on[kept],
            closed_on=closed_on,
            human_p=None if human_p is None else human_p[kept],
            accounts=None if accounts is None else accounts[kept],
            left_out=self._left_out(reading),
            missing=tuple(name for name in self.policy.asked if name not in facts),
            fingerprint=table_fingerprint(self.raw.table),
            raw=self.raw,
            columns=self.columns,
            reading=reading,
            rewound=self.raw.known_then if known is None else known.rewound,
            kept=kept,
            notes=(*self.raw.notes, *told_aside(reading, known)),
            pursuits=pursuits.take(kept),
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

    def _column(self, header: str | None) -> pa.ChunkedArray | None:
        return None if header is None else self.raw.table.column(header)

    def _add(self, column: str, problems: list[ColumnProblem]) -> None:
        for found in problems:
            where = self.raw.where if found.row is None else self.raw.place(found.row)
            what = f"column '{column}': {found.what}"
            self.problems.append(Problem(where=where, what=what, hint=found.hint))

    def _require_columns(self) -> None:
        """Note the columns that the policy names and the source lacks: none is passed over."""
        spec = self.policy.deals
        for setting in NAMED_COLUMNS:
            name = getattr(spec, setting)
            if name is not None and getattr(self.columns, setting) is None:
                self.problems.append(missing_column(self.raw, name))

    def _fields(self, as_of: NDArray[np.datetime64], *, required: bool) -> dict[str, Column]:
        fields: dict[str, PolicyField] = {
            name: field for name, field in self.policy.fields.items() if not field.derived
        }
        columns = {}
        found = zip(fields.items(), side_by_side(self._field, fields), strict=True)
        for place, ((name, field), read) in enumerate(found):
            header = field.column or name
            if read is not None:
                columns[name] = self._still_valid(field, read[0], as_of)
                self._add(self.columns.fields[name], read[1])
            elif required:
                purpose = f" for the field '{name}'"
                self.problems.append(missing_column(self.raw, header, purpose))
            done = (place + 1) / len(fields)
            self.tell("read", SHARE_OF_SOURCE + (1 - SHARE_OF_SOURCE) * done)
        return columns

    def _field(self, name: str) -> tuple[Column, list[ColumnProblem]] | None:
        column = self._column(self.columns.fields.get(name))
        field = self.policy.fields[name]
        return None if column is None else field_column(column, field, self.conventions)

    def _still_valid(
        self, field: PolicyField, found: Column, as_of: NDArray[np.datetime64]
    ) -> Column:
        """Return the answers without those that were too old, or not yet given, on the day."""
        if field.observed_column is None or field.observed_column not in self.raw.headers:
            return found
        observed_on = self._days(field.observed_column)
        if observed_on is None:
            return found
        return without_expired(found, observed_on, as_of, field.valid_for_days or LONGEST_DAYS)

    def _outcomes(self) -> OutcomeReading | None:
        mapping = self.columns.mapping
        try:
            return read_outcomes(
                self.raw,
                preset=None if mapping is None else mapping.preset,
                rule=self.columns.rule,
            )
        except DealsError as error:
            self.problems += error.problems
            return None

    def _as_known(self) -> AsKnown | None:
        """Turn the source back to what was known, where the policy names a history."""
        history = self.policy.deals.history
        if history is None:
            return None
        try:
            known = as_known(self.raw, self.columns, history, self.conventions)
        except DealsError as error:
            self.problems += error.problems
            return None
        self.raw = known.raw
        self.conventions = replace(self.conventions, table=known.raw.table, _asked={})
        return known

    def _kept(self, reading: OutcomeReading | None, known: AsKnown | None) -> NDArray[np.intp]:
        """Return the rows that are deals of which something is known."""
        rows = np.ones(len(self.raw), dtype=bool)
        if reading is not None:
            rows &= reading.is_deal
        if known is not None:
            rows &= known.covered
        return np.flatnonzero(rows)

    def _closings(
        self,
        closed_on: NDArray[np.datetime64] | None,
        outcomes: NDArray[np.object_] | None,
        kept: NDArray[np.intp],
        as_of: date,
    ) -> NDArray[np.datetime64] | None:
        """Return the closing days, and let what closes after the day of training be open.

        While a deal is open, a closing day on file is only the one that somebody hopes for.
        """
        if closed_on is None:
            return None
        closed_on = closed_on[kept]
        if outcomes is None:
            return closed_on
        outcomes[closed_on > np.datetime64(as_of)] = Outcome.OPEN
        return np.where(outcomes == Outcome.OPEN, np.datetime64("NaT"), closed_on)

    def _days(self, header: str | None) -> NDArray[np.datetime64] | None:
        column = self._column(header)
        if column is None:
            return None
        days, problems = day_column(column, self.policy.deals.unknown, self.conventions)
        self._add(str(header), problems)
        return days

    def _first_days(self, headers: tuple[str, ...]) -> NDArray[np.datetime64] | None:
        """Return the days of the first of the columns that has one, None without any column."""
        found = [days for header in headers if (days := self._days(header)) is not None]
        return first_days(found)

    def _opened_on(self) -> NDArray[np.datetime64] | None:
        """Return the days on which the deals were created, or else decided."""
        for header in (self.columns.created_on, self.columns.as_of):
            days = readable_days(self.raw, header, self.conventions)
            if days is not None:
                return days
        return None

    def _human_p(self) -> NDArray[np.float64] | None:
        column = self._column(self.columns.human_probability)
        return None if column is None else shares_of(column, self.conventions)

    def _pursuits(self) -> PursuitColumns:
        found, problems = pursuit_columns(self.raw, self.columns, self.conventions)
        self.problems += problems
        return found

    def _ids(self) -> tuple[str | None, ...]:
        column = self._column(self.columns.id)
        if column is not None and pa.types.is_string(column.type):
            return tuple(column.to_pylist())  # quicker: hardly one is like another
        return tuple(self._texts(self.columns.id, None) or [None] * len(self.raw))

    def _accounts(self) -> NDArray[np.object_] | None:
        texts = self._texts(self.columns.account, "")
        return None if texts is None else np.array(texts, dtype=object)

    def _texts(self, header: str | None, missing: str | None) -> list[str | None] | None:
        column = self._column(header)
        if column is None:
            return None
        distinct = DistinctTexts.of(column)
        texts = np.array([*distinct.texts.to_pylist(), missing], dtype=object)
        spread: list[str | None] = texts[distinct.codes].tolist()
        return spread

    def _left_out(self, reading: OutcomeReading | None) -> tuple[str, ...]:
        declared = {*self.columns.fields.values(), *self.columns.others()}
        declared |= set() if reading is None else set(reading.rule.columns)
        if reading is None and self.columns.rule is not None:
            declared |= set(self.columns.rule.columns)
        return tuple(name for name in self.raw.headers if name not in declared)
