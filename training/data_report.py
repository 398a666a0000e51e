"""The data report: what a file of deals is worth before anything is learned from it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from reports.data_report import (
    ColumnCoverage,
    ColumnKind,
    ColumnUse,
    DataReport,
    LeftOutBecause,
    TwinCount,
    Unrecorded,
)
from reports.findings import Finding, Severity
from reports.inspection import InspectedMonth
from training.alike_answers import alike_answers
from training.cohorts import (
    bulk_days,
    drift,
    first_day,
    last_day,
    lifetimes,
    months,
    period_rate,
    truncation,
)
from training.leaks import LabelledDeals, ListedLeak, find_leaks
from training.outcomes.outcome import Outcome
from training.twins import Twins, divided, find_twins, identifying
from training.unrecorded import MonthOfDeals, is_rising

FREE_TEXT = 0.5
A_FEW = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What is known of a file besides its deals.

    ``declared`` are the columns that a policy uses (None: there is no policy, every column may
    be), ``listed`` the leaks that a preset knows, ``excused`` the certain leaks that the policy
    uses all the same, with the reason; ``ids`` the columns that the policy or preset calls ids.
    ``months`` says how many deals should have ended in each, and how many have no end on file.
    """

    where: str
    outcome_column: str
    opening_column: str | None = None
    closing_columns: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    declared: frozenset[str] | None = None
    listed: Mapping[str, ListedLeak] = field(default_factory=dict)
    excused: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    months: tuple[MonthOfDeals, ...] = ()


def data_report(deals: LabelledDeals, source: Source) -> DataReport:
    """Return the report on a file.

    ``deals.frame`` holds all columns but that of the outcome, those of the dates included.
    """
    leaks = find_leaks(deals, source.listed)
    dated, covered = first_day(deals), coverage(deals)
    ids = tuple(dict.fromkeys([*source.ids, *identifying(deals.frame)]))
    return DataReport(
        source=source.where,
        outcome_column=source.outcome_column,
        outcomes={word.value: int((deals.outcome == word).sum()) for word in Outcome},
        base=period_rate("all", deals.won),
        first_day=None if dated is None else str(dated),
        last_day=None if dated is None else str(last_day(deals)),
        months=months(deals),
        unrecorded=_unrecorded(source.months),
        alike=tuple(
            found
            for one in covered
            if one.kind == "category" and one.column not in ids
            for found in alike_answers(one.column, deals.frame[one.column])
        ),
        coverage=covered,
        leaks=leaks,
        excused=dict(source.excused),
        twins=count_twins(deals, ids),
        truncation=truncation(deals),
        drift=drift(deals),
        bulk=bulk_days(deals),
        lifetimes=lifetimes(deals),
        columns=column_uses(covered, ids, source, leaks),
        notes=source.notes,
    )


def _unrecorded(found: Collection[MonthOfDeals]) -> Unrecorded | None:
    if not any(month.unrecorded for month in found):
        return None
    return Unrecorded(
        months=tuple(
            InspectedMonth(month=one.month, deals=one.deals, unrecorded=one.unrecorded)
            for one in found
        ),
        rising=is_rising(tuple(found)),
    )


def coverage(deals: LabelledDeals) -> tuple[ColumnCoverage, ...]:
    """Return how far each column is filled in, by outcome."""
    groups = {
        "won": np.asarray(deals.outcome == Outcome.WON),
        "others": deals.closed & (deals.outcome != Outcome.WON),
        "open": deals.open,
    }
    found = []
    for name in map(str, deals.frame.columns):
        filled, values = deals.filled(name), deals.frame[name]
        shares = {
            key: float(filled[of].mean()) if of.any() else None for key, of in groups.items()
        }
        distinct = int(values.nunique())
        kind = column_kind(values, distinct)
        share = float(filled.mean()) if len(filled) else 0.0
        found.append(
            ColumnCoverage(column=name, kind=kind, distinct=distinct, filled=share, **shares)
        )
    return tuple(found)


def column_kind(column: "pd.Series[Any]", distinct: int) -> ColumnKind:
    """Return what a column holds; a text is a category that hardly repeats.

    >>> column_kind(pd.Series([1.0, None]), 1), column_kind(pd.Series(["a", "b", "a"]), 2)
    ('number', 'category')
    """
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "fiubM":
        kinds: Mapping[str, ColumnKind] = {"M": "date", "b": "yes_no"}
        return kinds.get(column.dtype.kind, "number")
    rarely = distinct > A_FEW and distinct > FREE_TEXT * column.notna().sum()
    return "text" if rarely else "category"


def count_twins(deals: LabelledDeals, ignored: Collection[str]) -> TwinCount:
    """Return how many deals are like an earlier one, with the same ending and with any."""
    alike = find_twins(deals.frame, ignored)
    ended = Twins(divided(alike.groups, pd.Series(deals.outcome)), alike.ignored)
    return TwinCount(
        twins=ended.n_twins,
        alike=alike.n_twins,
        largest=int(alike.sizes.max()) if len(alike.sizes) else 0,
        ignored=alike.ignored,
    )


def column_uses(
    columns: Collection[ColumnCoverage],
    ids: Collection[str],
    source: Source,
    leaks: Collection[Finding],
) -> tuple[ColumnUse, ...]:
    """Return for each column whether it may be used, and why not."""
    severity = {finding.column: finding.severity for finding in leaks if not finding.made_of}
    uses = [ColumnUse(column=source.outcome_column, used=False, suspect=False,
                      reason=LeftOutBecause.OUTCOME)]  # fmt: skip
    for one in columns:
        found = severity.get(one.column)
        reason = _left_out(one, source, found, is_id=one.column in ids)
        suspect = found is Severity.SUSPECT
        uses.append(
            ColumnUse(column=one.column, used=reason is None, reason=reason, suspect=suspect)
        )
    return tuple(uses)


def _left_out(
    one: ColumnCoverage, source: Source, severity: Severity | None, *, is_id: bool
) -> LeftOutBecause | None:
    """Return the first reason that applies: what it is, whether it is asked for, what is wrong."""
    name = one.column
    undeclared = source.declared is not None and name not in source.declared
    excused = bool(source.excused.get(name, "").strip())
    reasons = (
        (name in source.closing_columns, LeftOutBecause.CLOSING_DATE),
        (name == source.opening_column, LeftOutBecause.OPENING_DATE),
        (one.distinct == 0, LeftOutBecause.EMPTY),
        (undeclared, LeftOutBecause.UNDECLARED),
        (severity is Severity.CERTAIN and not excused, LeftOutBecause.LEAK),
        (one.kind == "date", LeftOutBecause.DATE),
        (is_id, LeftOutBecause.IDENTIFIER),
        (one.distinct == 1 and one.filled == 1, LeftOutBecause.CONSTANT),
        (one.kind == "text", LeftOutBecause.FREE_TEXT),
    )
    return next((reason for applies, reason in reasons if applies), None)
