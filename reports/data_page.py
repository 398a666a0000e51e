"""The data report as one page: a single HTML file that loads nothing, in French and in English."""

from collections.abc import Callable, Collection, Mapping
from functools import cache, partial
from typing import Any

from jinja2 import Environment

from features.texts import LANGUAGES, Language
from reports import numbers
from reports.data_alerts import alerts
from reports.data_report import DataReport, Month
from reports.data_words import WORDS, word
from reports.environment import page_environment
from reports.findings import Finding, Severity
from reports.leak_words import KINDS, SEVERITIES
from reports.review_page import along
from reports.typography import day, honest_share, quarter

NAMES: Mapping[Language, str] = {"en": "English", "fr": "Français"}
STACK: Mapping[str, tuple[str, ...]] = {
    "won": ("won",),
    "others": ("lost", "no_decision"),
    "declined": ("declined_by_us",),
    "open": ("open",),
}
"""What a bar is stacked of, from the ground up."""
MOST_TICKS = 14
SMALLEST, SMALL = 0.001, 0.1
"""A chance below the first is told as such; below the second with one digit more."""


def render_data_report(report: DataReport, language: Language) -> str:
    """Return the page in both languages, open in one; no scripts, everything escaped."""
    bodies = {one: {"name": NAMES[one], "html": _body(report, one)} for one in LANGUAGES}
    title = word("page_title", language, source=_short(report.source))
    page = _environment().get_template("data.html.j2")
    return page.render(language=language, title=title, bodies=bodies)


def chance(p: float | None, language: Language, *, sign: bool = False) -> str:
    r"""Return a probability as small as it need be told.

    >>> chance(0.0004, "en"), chance(0.31, "fr", sign=True), chance(None, "en")
    ('<\xa00.001', '=\xa00,31', '–')
    """
    if p is None:
        return numbers.NOTHING
    if p < SMALLEST:
        return f"<\N{NO-BREAK SPACE}{numbers.decimal(SMALLEST, language)}"
    digits = 3 if p < SMALL else 2
    told = numbers.decimal(p, language, digits=digits)
    return f"=\N{NO-BREAK SPACE}{told}" if sign else told


def every(n: int) -> int:
    """Return how many of ``n`` places on an axis to pass over for each one named.

    >>> every(10), every(60)
    (1, 5)
    """
    return -(-n // MOST_TICKS)


def _body(report: DataReport, language: Language) -> str:
    used = [column for column in report.columns if column.used]
    left_out: dict[str, list[str]] = {}
    for column in report.columns:
        if column.reason is not None:
            left_out.setdefault(column.reason.value, []).append(column.column)
    known_days = left_out.get("closing_date", [])
    return (
        _environment()
        .get_template("data_body.html.j2")
        .render(
            report=report,
            language=language,
            source=_short(report.source),
            lead=_lead(report, language),
            open_note=_open_note(report, language),
            alerts=alerts(report),
            n_certain=sum(_is_certain(leak, known_days) for leak in report.leaks),
            known_days=known_days,
            n_suspects=sum(leak.severity is Severity.SUSPECT for leak in report.leaks),
            used=used,
            left_out=left_out,
            **_words_and_numbers(language),
        )
    )


def _is_certain(leak: Finding, known_days: Collection[str]) -> bool:
    """Tell what is to be counted: not what one would derive, nor the closing day known as such."""
    certain = leak.severity is Severity.CERTAIN and not leak.made_of
    return certain and leak.column not in known_days


def _short(source: str) -> str:
    """Return the name of a file without its folders."""
    return source.rsplit("/", 1)[-1] or source


def _lead(report: DataReport, language: Language) -> str:
    deals = numbers.counted(report.deals, WORDS["deal"], WORDS["deals"], language)
    said = {"deals": deals, "outcome": report.outcome_column}
    if report.first_day is None or report.last_day is None:
        return word("lead_undated", language, **said)
    first, last = (day(iso).in_(language) for iso in (report.first_day, report.last_day))
    return word("lead_dated", language, first=first, last=last, **said)


def _open_note(report: DataReport, language: Language) -> str:
    declined = report.outcomes["declined_by_us"]
    key = "figure_declined_note" if declined else "figure_closed_note"
    counts = {"open": report.outcomes["open"], "declined": declined}
    return word(key, language, **{k: numbers.whole(n, language) for k, n in counts.items()})


def _words_and_numbers(language: Language) -> dict[str, Any]:
    functions: Mapping[str, Callable[..., str]] = {
        "percent": numbers.percent,
        "percent_range": numbers.percent_range,
        "decimal": numbers.decimal,
        "whole": numbers.whole,
        "part_of": numbers.part_of,
        "honest_share": honest_share,
        "chance": chance,
        "written_day": lambda iso, language: day(iso).in_(language),
        "quarter": lambda period, language: quarter(period).in_(language),
    }
    return {
        "w": partial(word, language=language),
        "label": lambda text: text.in_(language),
        **{name: partial(one, language=language) for name, one in functions.items()},
    }


def _counted(outcome: str, month: Month) -> int:
    return month.outcomes.get(outcome, 0)


@cache
def _environment() -> Environment:
    environment = page_environment()
    environment.filters["counted"] = _counted
    environment.globals |= {
        "along": along,
        "every": every,
        "stack": STACK,
        "kinds": KINDS,
        "severities": SEVERITIES,
    }
    return environment
