"""The leak alarm: every check on every column, and what it comes to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from features.texts import Text
from reports.findings import Clue, Finding, LeakKind, Severity
from reports.leak_words import REMEDIES
from training.leaks.blanks import blank_clues
from training.leaks.closing import Closing, find_closing
from training.leaks.labelled_deals import LabelledDeals
from training.leaks.levels import levels_of
from training.leaks.order import order_clue
from training.leaks.values import value_clues

FEWEST = 10
"""Closed deals of the rarer ending, below which nothing can be said of an association."""


@dataclass(frozen=True, slots=True)
class ListedLeak:
    """What is known beforehand of a column of some CRM: how bad, and why."""

    severity: Severity
    reason: Text


def find_leaks(
    deals: LabelledDeals, listed: Mapping[str, ListedLeak] | None = None
) -> tuple[Finding, ...]:
    """Return the columns that know how the deals ended, the surest first.

    Every column is judged by what its values, its blanks, its dates and its order say of the
    outcome; names only support that. All bounds are corrected for the number of columns. With
    fewer than 10 deals of either ending only what is ``listed`` and what is filled in at closing
    can be found.
    """
    columns = [str(name) for name in deals.frame.columns]
    clues: dict[str, list[Clue]] = {name: _listed(name, listed or {}) for name in columns}
    for name in columns:
        clues[name] += _blanks(deals, name, len(columns))
    late = {name for name in columns if LeakKind.FILLED_AT_CLOSING in _sure_kinds(clues[name])}
    closing = find_closing(deals, late)
    for name in columns:
        clues[name] += _values(deals, name, len(columns)) + _dates(closing, name)
    found = [_finding(of) for of in clues.values() if of]
    if deals.rarer >= FEWEST:
        found += [_finding([clue], made_of) for clue, made_of in closing.derived(len(columns))]
    return tuple(sorted(found, key=_rank))


def unexcused(findings: Iterable[Finding], excused: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return the certain leaks among the columns of the file that nobody has excused.

    ``excused`` gives a reason for a column; an empty reason excuses nothing. What people would
    have to derive first (``made_of``) stops nobody.

    >>> unexcused([], {"Tags": "agreed before the visit"})
    ()
    """
    return tuple(
        finding
        for finding in findings
        if finding.severity is Severity.CERTAIN
        and not finding.made_of
        and not excused.get(finding.column, "").strip()
    )


def _listed(column: str, listed: Mapping[str, ListedLeak]) -> list[Clue]:
    known = listed.get(column)
    if known is None:
        return []
    return [
        Clue(column=column, kind=LeakKind.LISTED, severity=known.severity, evidence=known.reason)
    ]


def _blanks(deals: LabelledDeals, column: str, n_columns: int) -> list[Clue]:
    filled = deals.filled(column)
    if filled.all() or not filled[deals.closed | deals.open].any() or not deals.closed.any():
        return []
    return blank_clues(column, filled[deals.closed], deals.won, filled[deals.open], n_columns)


def _values(deals: LabelledDeals, column: str, n_columns: int) -> list[Clue]:
    if deals.rarer < FEWEST:
        return []
    values = deals.frame[column][deals.closed]
    clues = value_clues(column, levels_of(values), deals.won, n_columns)
    by_order = order_clue(column, values, deals.won, n_columns)
    return [*clues, by_order] if by_order else clues


def _dates(closing: Closing, column: str) -> list[Clue]:
    found = (closing.date_clue(column), closing.length_clue(column))
    return [clue for clue in found if clue is not None]


def _sure_kinds(clues: Iterable[Clue]) -> set[LeakKind]:
    return {clue.kind for clue in clues if clue.severity is Severity.CERTAIN}


def _finding(clues: list[Clue], made_of: tuple[str, ...] = ()) -> Finding:
    ordered = sorted(clues, key=lambda clue: (_doubt(clue.severity), _KINDS.index(clue.kind)))
    first = ordered[0]
    return Finding(
        column=first.column,
        kind=first.kind,
        severity=first.severity,
        clues=tuple(ordered),
        remedy=REMEDIES[first.kind],
        made_of=made_of,
    )


def _rank(finding: Finding) -> tuple[int, int, str]:
    return _doubt(finding.severity), _KINDS.index(finding.kind), finding.column


def _doubt(severity: Severity) -> int:
    return int(severity is not Severity.CERTAIN)


_KINDS = tuple(LeakKind)
