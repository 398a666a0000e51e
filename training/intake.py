"""From a file of deals to a table of facts with their outcomes, under one policy."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.columns import Column, column_of
from features.deal import NOT_APPLICABLE, Fact
from features.derivation import with_derived_columns
from features.errors import DealsError, Problem, did_you_mean
from features.facts import means_not_applicable
from features.fields import PolicyField, WrongFactError
from features.policy import OutcomeColumn, Policy, canonical_fingerprint
from features.table import DealTable
from training.csv_source import read_csv
from training.outcomes import Outcome, outcome_problems, outcome_words

MOST_EXAMPLES = 3
FIRST_LINE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class DealsOnFile:
    """The deals of a file; every array has shape (n_deals,).

    ``outcomes`` is None where the file has no outcome column, ``closed_on`` where it has no such
    dates (NaT: not closed); ``accounts`` likewise. ``left_out`` names the columns nobody declared,
    ``missing`` the fields without a column.
    """

    table: DealTable
    outcomes: NDArray[np.object_] | None
    closed_on: NDArray[np.datetime64] | None
    accounts: NDArray[np.object_] | None
    left_out: tuple[str, ...]
    missing: tuple[str, ...]
    fingerprint: str


def read_deals(path: Path, policy: Policy, *, as_of: date, needs_outcome: bool) -> DealsOnFile:
    """Return the deals that a file holds.

    Parameters
    ----------
    as_of
        The day to pretend to be: what closes after it is still open. Also the day of the deals
        whose file has no such column.
    needs_outcome
        Whether to learn from it: then the outcomes are read and every column that the policy names
        must be there. To score, what is missing is unknown.

    Raises
    ------
    DealsError
        With every problem in the file, each kind once a column, with examples and their lines.
    """
    reader = _Reader(read_csv(path), str(path), policy)
    return reader.deals(as_of, needs_outcome=needs_outcome)


class _Reader:
    def __init__(self, frame: pd.DataFrame, where: str, policy: Policy) -> None:
        self.frame, self.where, self.policy = frame, where, policy
        self.problems: list[Problem] = []

    def deals(self, as_of: date, *, needs_outcome: bool) -> DealsOnFile:
        spec = self.policy.deals
        columns = {
            name: self._field(name, field, required=needs_outcome)
            for name, field in self.policy.fields.items()
            if not field.derived
        }
        if needs_outcome:
            self._require_columns()
        outcomes = self._outcomes() if needs_outcome else None
        closed_on = self._dates(spec.closed_on)
        ids, days = self._ids(), self._dates(spec.as_of)
        if self.problems:
            raise DealsError(self.problems)
        if self.frame.empty:
            raise DealsError([Problem(where=self.where, what="the file holds no deals")])
        given = {name: column for name, column in columns.items() if column is not None}
        when = self._days(days, as_of)
        table = DealTable(
            ids=ids, as_of=when, columns=with_derived_columns(given, self.policy.derived, when)
        )
        if not table.columns:
            what, hint = "no column is one of the policy's fields", "is it the right policy?"
            raise DealsError([Problem(where=self.where, what=what, hint=hint)])
        if outcomes is not None and closed_on is not None:
            outcomes[closed_on > np.datetime64(as_of)] = Outcome.OPEN
        accounts = self._texts(spec.account)
        return DealsOnFile(
            table=table,
            outcomes=outcomes,
            closed_on=closed_on,
            accounts=None if accounts is None else accounts.to_numpy(dtype=object),
            left_out=self._left_out(),
            missing=tuple(name for name, column in columns.items() if column is None),
            fingerprint=_fingerprint(self.frame),
        )

    def _add(self, what: str, hint: str | None, line: int | None = None) -> None:
        where = self.where if line is None else f"{self.where}:{line}"
        self.problems.append(Problem(where=where, what=what, hint=hint))

    def _texts(self, column: str | None) -> "pd.Series[str] | None":
        if column is None or column not in self.frame.columns:
            return None
        return self.frame[column].str.strip()

    def _require_columns(self) -> None:
        """Note the columns that the policy names and the file lacks: none is passed over."""
        spec = self.policy.deals
        for column in filter(None, (spec.id, spec.as_of, spec.closed_on, spec.account)):
            if column not in self.frame.columns:
                what, hint = f"there is no column '{column}'", self._nearest(column)
                self._add(what, hint, 1)

    def _nearest(self, column: str) -> str:
        return did_you_mean(column, self.frame.columns)

    def _field(self, name: str, field: PolicyField, *, required: bool) -> Column | None:
        column = field.column or name
        texts = self._texts(column)
        if texts is None and required:
            what = f"there is no column '{column}' for the field '{name}'"
            self._add(what, self._nearest(column), 1)
        return None if texts is None else self._column(column, texts, field)

    def _column(self, column: str, texts: "pd.Series[str]", field: PolicyField) -> Column:
        """Read each distinct text once: a column of a million deals has few of them."""
        codes, distinct = pd.factorize(texts)
        wrong: dict[int, WrongFactError] = {}
        facts: list[Fact | None] = []
        for code, text in enumerate(distinct):
            fact: Fact | None = None
            if means_not_applicable(text, field):
                fact = NOT_APPLICABLE
            elif text not in {"", *field.unknown}:
                try:
                    fact = field.read(text)
                except WrongFactError as error:
                    wrong[code] = error
            facts.append(fact)
        self._report(column, codes, wrong)
        return _as_column(codes, facts, field)

    def _report(
        self, column: str, codes: NDArray[np.intp], wrong: Mapping[int, WrongFactError]
    ) -> None:
        for error, code in [(error, code) for code, error in wrong.items()][:MOST_EXAMPLES]:
            rows = np.flatnonzero(codes == code)
            what = f"column '{column}': {error.what} ({len(rows)} deals)"
            self._add(what, error.hint, int(self.frame.index[rows[0]]) + FIRST_LINE)
        if len(wrong) > MOST_EXAMPLES:
            self._add(f"column '{column}': {len(wrong) - MOST_EXAMPLES} more such values", None)

    def _outcomes(self) -> NDArray[np.object_] | None:
        spec = self.policy.deals.outcome
        if not isinstance(spec, OutcomeColumn):
            raise NotImplementedError
        texts = self._texts(spec.column)
        if texts is None:
            what = f"there is no column '{spec.column}', which says how the deals ended"
            self._add(what, self._nearest(spec.column), 1)
            return None
        counts = {str(word): int(count) for word, count in texts.value_counts().items()}
        self.problems += outcome_problems(counts, spec, f"{self.where}: column '{spec.column}'")
        meanings: Mapping[str, Outcome] = outcome_words(spec)
        return np.array([meanings.get(text) for text in texts], dtype=object)

    def _dates(self, column: str | None) -> NDArray[np.datetime64] | None:
        texts = self._texts(column)
        if texts is None:
            return None
        codes, distinct = pd.factorize(texts)
        days, wrong = _read_days(distinct)
        self._report(str(column), codes, wrong)
        return np.array(days, dtype="datetime64[D]")[codes]

    def _days(self, days: NDArray[np.datetime64] | None, as_of: date) -> NDArray[np.datetime64]:
        today = np.full(len(self.frame), np.datetime64(as_of, "D"))
        return today if days is None else np.where(np.isnat(days), today, days)

    def _ids(self) -> tuple[str | None, ...]:
        texts = self._texts(self.policy.deals.id)
        if texts is None:
            return (None,) * len(self.frame)
        return tuple(str(text) or None for text in texts)

    def _left_out(self) -> tuple[str, ...]:
        spec = self.policy.deals
        declared = {field.column or name for name, field in self.policy.fields.items()}
        declared |= {str(spec.id), str(spec.as_of), str(spec.closed_on), str(spec.account)}
        declared |= {str(getattr(spec.outcome, "column", ""))}
        return tuple(str(name) for name in self.frame.columns if name not in declared)


def _as_column(codes: NDArray[np.intp], facts: list[Fact | None], field: PolicyField) -> Column:
    distinct = column_of(facts, field)
    return distinct.take(codes)


def _read_days(texts: Any) -> tuple[list[str], dict[int, WrongFactError]]:
    """Return ISO days ("NaT" where empty), and the texts that are none, by place."""
    days: list[str] = []
    wrong = {}
    for place, text in enumerate(texts):
        try:
            days.append(datetime.fromisoformat(text).date().isoformat() if text else "NaT")
        except ValueError:
            wrong[place] = WrongFactError(
                f"'{text[:40]}' is not a date", "write it like 2026-03-31"
            )
            days.append("NaT")
    return days, wrong


def _fingerprint(frame: pd.DataFrame) -> str:
    """Return what identifies the data: the same rows in any order of columns."""
    hashed: Callable[..., Any] = pd.util.hash_pandas_object
    rows = hashed(frame[sorted(frame.columns)], index=False).to_numpy()
    return canonical_fingerprint([sorted(frame.columns), [int(value) for value in rows]])
