"""Monitoring in a terminal: the verdict first, then why, in few lines."""

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as Line

from features.texts import Language
from reports import numbers
from reports.monitoring import Monitoring, Verdict
from reports.monitoring_sentences import (
    drift_sentences,
    passed_sentence,
    recalibration_sentences,
    refresh_sentences,
    trigger_sentences,
    verdict_sentence,
)
from reports.monitoring_words import VERDICTS, period, word

STYLES: dict[Verdict, str] = {
    "steady": "bold green",
    "recalibrate": "bold yellow",
    "retrain": "bold red",
    "too_early": "bold",
}
MOST_PERIODS = 6


def monitoring_lines(found: Monitoring, language: Language) -> Iterator[RenderableType]:
    """Return what to print: the verdict, why, the latest periods, what to do, what moved."""
    yield Line.assemble(
        (VERDICTS[found.verdict].in_(language), STYLES[found.verdict]),
        f"  {verdict_sentence(found).in_(language)}",
    )
    why = [(text, "▲ ") for text in trigger_sentences(found)]
    passed = passed_sentence(found)
    rest = [*recalibration_sentences(found), *refresh_sentences(found)]
    for text, mark in [*why, *((one, "  ") for one in (*([passed] if passed else []), *rest))]:
        yield Line(mark + text.in_(language))
    if found.periods:
        yield _periods(found, language)
    moved = drift_sentences(found)
    if moved:
        yield Line(f"\n{word('drift_title', language)}", "bold")
    for text in moved:
        yield Line(f"  {text.in_(language)}")


def _periods(found: Monitoring, language: Language) -> Table:
    """Return the latest periods of closing."""
    table = Table(
        title=Line(f"\n{word('periods_title', language)}", "bold"),
        box=SIMPLE_HEAD,
        pad_edge=False,
        show_edge=False,
        title_justify="left",
    )
    table.add_column(word("column_period", language))
    for name in ("closed", "won", "expected", "ratio"):
        table.add_column(word(f"column_{name}", language), justify="right")
    table.add_column(word("column_state", language))
    for one in found.periods[-MOST_PERIODS:]:
        ends = numbers.decimal_range(one.ratio_low, one.ratio_high, language, digits=2)
        table.add_row(
            period(one.period).in_(language),
            numbers.whole(one.deals, language),
            numbers.whole(one.won, language),
            numbers.decimal(one.expected, language, digits=1),
            f"{numbers.decimal(one.ratio, language, digits=2)} ({ends})",
            word(one.off or "as_promised", language),
        )
    return table
