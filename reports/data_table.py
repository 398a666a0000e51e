"""The data report in a terminal: the alerts first, then what the page holds, in 120 columns."""

from collections.abc import Iterable

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Line

from features.texts import Language
from reports import numbers
from reports.data_alerts import alerts
from reports.data_page import chance
from reports.data_report import AlikeAnswers, DataReport, PeriodRate, Unrecorded
from reports.data_words import WORDS, word
from reports.findings import Finding, Severity
from reports.leak_words import KINDS, SEVERITIES
from reports.typography import honest_share, quarter, quoted

MARKS = {Severity.CERTAIN: "■", Severity.SUSPECT: "▲"}
STYLES = {Severity.CERTAIN: "bold red", Severity.SUSPECT: "yellow"}


def data_lines(report: DataReport, language: Language) -> Iterable[RenderableType]:
    """Return what to print: headline, alerts, leaks, ends and quarters, coverage, columns."""
    yield _headline(report, language)
    yield _alerts(report, language)
    if report.leaks:
        yield _leaks(report.leaks, language)
    if report.truncation or report.drift:
        yield _rates(report, language)
    if report.unrecorded:
        yield _unrecorded(report.unrecorded, language)
    yield _coverage(report, language)
    if report.alike:
        yield _alike(report.alike, language)
    yield _uses(report, language)
    yield Line("")


def _headline(report: DataReport, language: Language) -> Line:
    counts = [
        f"{word(name, language)} {numbers.whole(count, language)}"
        for name, count in report.outcomes.items()
        if count
    ]
    deals = numbers.counted(report.deals, WORDS["deal"], WORDS["deals"], language)
    rate = numbers.percent(report.base.rate, language)
    interval = numbers.percent_range(report.base.low, report.base.high, language)
    period = f", {report.first_day} … {report.last_day}" if report.first_day else ""
    return Line.assemble(
        (f"{report.source}: {deals}{period}\n", "bold"),
        " · ".join([*counts, f"{word('figure_rate', language)} {rate} ({interval})"]),
    )


def _alerts(report: DataReport, language: Language) -> RenderableType:
    found = alerts(report)
    if not found:
        return Line(f"\n{word('alerts_none', language)}\n", "green")
    lines = []
    for alert in found:
        mark, style = ("■", "bold red") if alert.stops else ("▲", "yellow")
        title, text = alert.title.in_(language), alert.text.in_(language)
        lines.append(Line.assemble((f"\n{mark} {title}\n", style), f"  {text}"))
    return Group(*lines, Line(""))


def _leaks(leaks: Iterable[Finding], language: Language) -> Table:
    table = _table("leaks_title", language)
    for heading, width in (("column", 34), ("severity", 30), ("evidence", None)):
        table.add_column(word(f"column_{heading}", language), max_width=width, overflow="fold")
    for leak in leaks:
        table.add_row(
            Line(leak.column, "bold"),
            Line.assemble(
                (
                    f"{MARKS[leak.severity]} {SEVERITIES[leak.severity].in_(language)}",
                    STYLES[leak.severity],
                ),
                (f"\n{KINDS[leak.kind].in_(language)}", "dim"),
            ),
            Line("\n".join(clue.evidence.in_(language) for clue in leak.clues)),
        )
    return table


def _rates(report: DataReport, language: Language) -> Table:
    """Return the win rates of the two ends of the file and of the quarters."""
    table = _table("months_title", language)
    table.add_column("")
    for heading in ("rate", "closed", "chance"):
        table.add_column(word(f"column_{heading}", language), justify="right")
    ends = report.truncation
    if ends is not None:
        slow = numbers.whole(ends.slow_days, language)
        rows = (("early", ends.early, ends.early_p), ("mature", ends.mature, None),
                ("recent", ends.recent, ends.recent_p))  # fmt: skip
        for key, one, p in rows:
            _add_rate(table, word(f"ends_{key}", language, slow=slow), one, p, language)
        table.add_section()
    for one in report.drift.quarters if report.drift else ():
        _add_rate(table, quarter(one.period).in_(language), one, one.p, language)
    return table


def _add_rate(
    table: Table, name: str, one: PeriodRate, p: float | None, language: Language
) -> None:
    interval = numbers.percent_range(one.low, one.high, language)
    table.add_row(
        name,
        f"{numbers.percent(one.rate, language)} ({interval})",
        numbers.part_of(one.won, one.deals, language),
        chance(p if one.deals else None, language),
    )


def _unrecorded(found: Unrecorded, language: Language) -> Table:
    table = _table("unrecorded_title", language)
    table.add_column(word("column_month", language))
    for heading in ("column_due", "column_unrecorded"):
        table.add_column(word(heading, language), justify="right")
    for one in found.months:
        name = one.month or word("no_month", language)
        counts = (numbers.whole(n, language) for n in (one.deals, one.unrecorded))
        table.add_row(name, *counts)
    return table


def _alike(found: Iterable[AlikeAnswers], language: Language) -> Table:
    table = _table("alike_title", language)
    table.add_column(word("column_column", language), max_width=44, overflow="fold")
    table.add_column(word("column_spellings", language), overflow="fold")
    table.add_column(word("deals", language), justify="right")
    for one in found:
        spellings = " · ".join(quoted(text, language) for text in one.spellings)
        table.add_row(Line(one.column), Line(spellings), numbers.whole(one.deals, language))
    return table


def _coverage(report: DataReport, language: Language) -> Table:
    table = _table("coverage_title", language)
    table.add_column(word("column_column", language), max_width=44, overflow="fold")
    table.add_column(word("column_kind", language))
    for key in ("column_distinct", "column_filled", "won", "others", "open"):
        table.add_column(word(key, language), justify="right")
    for column in report.coverage:
        shares = (column.filled, column.won, column.others, column.open)
        table.add_row(
            Line(column.column),
            word(column.kind, language),
            numbers.whole(column.distinct, language),
            *(honest_share(share, language) for share in shares),
        )
    return table


def _uses(report: DataReport, language: Language) -> Table:
    table = _table("uses_title", language)
    table.add_column(word("column_reason", language))
    table.add_column(word("column_column", language), overflow="fold")
    groups: dict[str, list[str]] = {"uses_used": []}
    for one in report.columns:
        key = f"because_{one.reason.value}" if one.reason else "uses_used"
        groups.setdefault(key, []).append(f"▲ {one.column}" if one.suspect else one.column)
    for key, columns in groups.items():
        table.add_row(word(key, language), Line(", ".join(columns) or numbers.NOTHING))
    return table


def _table(title: str, language: Language) -> Table:
    return Table(
        title=Line(f"\n{word(title, language)}", "bold"),
        box=SIMPLE_HEAD,
        pad_edge=False,
        show_edge=False,
        title_justify="left",
    )
