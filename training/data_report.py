"""The data report: what a file of deals is worth before anything is learned from it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from reports.data_report import (
    ColumnCoverage,
    ColumnKind,
    ColumnUse,
    DataReport,
    LeftOutBecause,
    TwinCount,
)
from reports.findings import Finding, Severity
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
from training.outcomes import Outcome
from training.twins import find_twins, identifying

FREE_TEXT = 0.5
A_FEW = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What is known of a file besides its deals.

    ``declared`` are the columns that a policy uses (None: there is no policy, every column may
    be), ``listed`` the leaks that a preset knows, ``excused`` the certain leaks that the policy
    uses all the same, with the reason; ``ids`` the columns that the policy or preset calls ids.
    """

    where: str
    outcome_column: str
    opening_column: str | None = None
    closing_column: str | None = None
    ids: tuple[str, ...] = ()
    declared: frozenset[str] | None = None
    listed: Mapping[str, ListedLeak] = field(default_factory=dict)
    excused: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def data_report(deals: LabelledDeals, source: Source) -> DataReport:
    """Return the report on a file.

    ``deals.frame`` holds all columns but that of the outcome, those of the dates included.
    """
    leaks = find_leaks(deals, source.listed)
    dated = first_day(deals)
    return DataReport(
        source=source.where,
        outcome_column=source.outcome_column,
        outcomes={word.value: int((deals.outcome == word).sum()) for word in Outcome},
        base=period_rate("all", deals.won),
        first_day=None if dated is None else str(dated),
        last_day=None if dated is None else str(last_day(deals)),
        months=months(deals),
        coverage=coverage(deals),
        leaks=leaks,
        excused=dict(source.excused),
        twins=count_twins(deals, source.ids),
        truncation=truncation(deals),
        drift=drift(deals),
        bulk=bulk_days(deals),
        lifetimes=lifetimes(deals),
        columns=column_uses(deals.frame, source, leaks),
        notes=source.notes,
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
        kind, distinct = column_kind(values), int(values.nunique())
        share = float(filled.mean()) if len(filled) else 0.0
        found.append(
            ColumnCoverage(column=name, kind=kind, distinct=distinct, filled=share, **shares)
        )
    return tuple(found)


def column_kind(column: "pd.Series[str]") -> ColumnKind:
    """Return what a column holds; a text is a category that hardly repeats.

    >>> column_kind(pd.Series([1.0, None])), column_kind(pd.Series(["a", "b", "a", "b"]))
    ('number', 'category')
    """
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "fiubM":
        kinds: Mapping[str, ColumnKind] = {"M": "date", "b": "yes_no"}
        return kinds.get(column.dtype.kind, "number")
    distinct = column.nunique()
    rarely = distinct > A_FEW and distinct > FREE_TEXT * column.notna().sum()
    return "text" if rarely else "category"


def count_twins(deals: LabelledDeals, ids: Collection[str]) -> TwinCount:
    """Return how many deals are like an earlier one, with the same ending and with any."""
    ignored = tuple(dict.fromkeys([*ids, *identifying(deals.frame)]))
    alike = find_twins(deals.frame, ignored)
    ended = find_twins(deals.frame.assign(**{"\0outcome": deals.outcome}), ignored)
    return TwinCount(
        twins=ended.n_twins,
        alike=alike.n_twins,
        largest=int(alike.sizes.max()) if len(alike.sizes) else 0,
        ignored=ignored,
    )


def column_uses(
    frame: pd.DataFrame, source: Source, leaks: Collection[Finding]
) -> tuple[ColumnUse, ...]:
    """Return for each column whether it may be used, and why not."""
    severity = {finding.column: finding.severity for finding in leaks if not finding.made_of}
    apart = {*identifying(frame), *source.ids}
    reasons = {source.outcome_column: LeftOutBecause.OUTCOME}
    for name in map(str, frame.columns):
        why = _left_out(name, frame[name], source, apart, severity.get(name))
        reasons |= {name: why} if why else {}
    return tuple(
        ColumnUse(
            column=name,
            used=name not in reasons,
            reason=reasons.get(name),
            suspect=severity.get(name) is Severity.SUSPECT,
        )
        for name in [source.outcome_column, *map(str, frame.columns)]
    )


def _left_out(
    name: str,
    column: "pd.Series[str]",
    source: Source,
    apart: Collection[str],
    severity: Severity | None,
) -> LeftOutBecause | None:
    """Return the first reason that applies: what it is, whether it is asked for, what is wrong."""
    kind, distinct = column_kind(column), column.nunique()
    undeclared = source.declared is not None and name not in source.declared
    excused = bool(source.excused.get(name, "").strip())
    reasons = (
        (name == source.closing_column, LeftOutBecause.CLOSING_DATE),
        (name == source.opening_column, LeftOutBecause.OPENING_DATE),
        (distinct == 0, LeftOutBecause.EMPTY),
        (undeclared, LeftOutBecause.UNDECLARED),
        (severity is Severity.CERTAIN and not excused, LeftOutBecause.LEAK),
        (kind == "date", LeftOutBecause.DATE),
        (name in apart, LeftOutBecause.IDENTIFIER),
        (distinct == 1 and bool(column.notna().all()), LeftOutBecause.CONSTANT),
        (kind == "text", LeftOutBecause.FREE_TEXT),
    )
    return next((reason for applies, reason in reasons if applies), None)
