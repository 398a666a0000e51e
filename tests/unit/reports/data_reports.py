"""A data report whose every part can be replaced."""

from typing import Any

from features.texts import Text
from reports.data_report import (
    BulkDay,
    ColumnCoverage,
    ColumnUse,
    DataReport,
    Drift,
    LeftOutBecause,
    Lifetimes,
    Month,
    Months,
    PeriodRate,
    Truncation,
    TwinCount,
    Unrecorded,
)
from reports.findings import Clue, Finding, LeakKind, Severity
from reports.inspection import InspectedMonth
from reports.leak_words import REMEDIES, evidence


def rate(period: str, won: int, deals: int, p: float | None = None) -> PeriodRate:
    share = won / deals
    low, high = share * 0.8, min(share * 1.2, 1.0)
    return PeriodRate(period=period, deals=deals, won=won, rate=share, low=low, high=high, p=p)


def leak(column: str = "Tags", severity: Severity = Severity.CERTAIN, **changes: Any) -> Finding:
    numbers = {"auc": 0.92, "low": 0.91, "skill": 0.56}
    clue = Clue(
        column=column,
        kind=LeakKind.PREDICTS_ALONE,
        severity=severity,
        evidence=evidence("alone", numbers),
        numbers=numbers,
    )
    known: dict[str, Any] = {
        "column": column,
        "kind": clue.kind,
        "severity": severity,
        "clues": (clue,),
        "remedy": REMEDIES[clue.kind],
    }
    return Finding(**(known | changes))


def use(column: str, reason: LeftOutBecause | None = None, *, suspect: bool = False) -> ColumnUse:
    return ColumnUse(column=column, used=reason is None, reason=reason, suspect=suspect)


def ends(**changes: Any) -> Truncation:
    known: dict[str, Any] = {
        "median_days_won": 57.0,
        "median_days_others": 14.0,
        "slow_days": 104,
        "recent": rate("recent", 40, 100),
        "recent_open": 47,
        "recent_p": 0.4,
        "early": rate("early", 73, 100),
        "early_p": 0.5,
        "mature": rate("mature", 500, 1000),
        "stale": 0,
        "stale_days": 127,
    }
    return Truncation(**(known | changes))


def missing_ends(*, rising: bool = False) -> Unrecorded:
    months = (InspectedMonth(month="2025-03", deals=1040, unrecorded=41),
              InspectedMonth(month=None, deals=2, unrecorded=2))  # fmt: skip
    return Unrecorded(months=months, rising=rising)


def make_report(**changes: Any) -> DataReport:
    known: dict[str, Any] = {
        "source": "/exports/deals <2025>.csv",
        "outcome_column": "Result",
        "outcomes": {"won": 613, "lost": 587, "no_decision": 0, "declined_by_us": 9, "open": 91},
        "base": rate("all", 613, 1200),
        "first_day": "2024-01-05",
        "last_day": "2025-06-30",
        "months": Months(
            counted_by="opening",
            months=(
                Month(month="2024-01", outcomes={"won": 613, "lost": 500, "no_decision": 0,
                                                 "declined_by_us": 9, "open": 0}),
                Month(month="2024-02", outcomes={"won": 0, "lost": 87, "no_decision": 0,
                                                 "declined_by_us": 0, "open": 91}),
            ),
            undated=3,
        ),
        "coverage": (
            ColumnCoverage(column="Tags", kind="category", distinct=26, filled=0.64, won=0.77,
                           others=0.56, open=None),
            ColumnCoverage(column="amount", kind="number", distinct=900, filled=0.999, won=1.0,
                           others=0.998, open=1.0),
        ),
        "leaks": (leak(), leak("Score", Severity.SUSPECT)),
        "excused": {},
        "twins": TwinCount(twins=12, alike=15, largest=4, ignored=("id",)),
        "truncation": ends(),
        "drift": Drift(quarters=(rate("2024Q1", 300, 600, 0.5), rate("2024Q2", 313, 600, 0.5)),
                       p=0.4),
        "bulk": (BulkDay(day="2024-12-31", deals=90, share=0.075),),
        "lifetimes": Lifetimes(short=7, deals=1200, short_won=5),
        "columns": (use("Result", LeftOutBecause.OUTCOME), use("Tags", LeftOutBecause.LEAK),
                    use("amount"), use("Score", suspect=True)),
    }  # fmt: skip
    return DataReport(**(known | changes))


HOSTILE = "<script>alert('won')</script> & \"{{ 7 * 7 }}\""


def hostile_text() -> Text:
    return Text(en=HOSTILE, fr=HOSTILE)
