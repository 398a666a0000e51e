"""Monitoring as one page: a single HTML file that loads nothing, in French and in English."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from jinja2 import Environment

from features.texts import LANGUAGES, Language, Text
from reports import numbers
from reports.data_page import NAMES, every
from reports.environment import page_environment
from reports.monitoring import Chart, Monitoring
from reports.monitoring_sentences import (
    field_name,
    passed_sentence,
    recalibration_sentences,
    refresh_sentences,
    trigger_sentences,
    verdict_sentence,
)
from reports.monitoring_words import KINDS, VERDICTS, WORDS, period, word
from reports.review_page import along
from reports.typography import day, filled, honest_share, pair

_LEAD = pair(
    "The champion learned from {learned:count} closed deals, until {trained}. This page is about "
    "what has happened since, until {seen}.",
    "Le modèle en titre a appris de {learned:count} affaires closes, jusqu'au {trained}. Cette "
    "page dit ce qui s'est passé depuis, jusqu'au {seen}.",
)
LEAST_REACH = 0.1
"""The axis of differences goes at least so far, that small ones look small."""


def render_monitoring(found: Monitoring, language: Language) -> str:
    """Return the page in both languages, open in one; no scripts, everything escaped."""
    bodies = {one: {"name": NAMES[one], "html": _body(found, one)} for one in LANGUAGES}
    title = word("page_title", language, title=found.title.in_(language))
    page = _environment().get_template("monitoring.html.j2")
    return page.render(language=language, title=title, bodies=bodies)


def reach(found: Monitoring) -> float:
    """Return how far the axis of differences goes on both sides, in tenths."""
    ends = [abs(end) for one in found.periods for end in (one.gap_low, one.gap_high)
            if end is not None]  # fmt: skip
    return max(LEAST_REACH, -(-max(ends, default=0.0) // 0.1) * 0.1)


def tops(charts: tuple[Chart, ...]) -> float:
    """Return the highest of charts and their limits."""
    return max(max((*chart.path, *chart.limits), default=1.0) for chart in charts)


def polyline(values: tuple[float, ...], top: float) -> str:
    """Return the points of a chart on an area of 1060 by 166 whose ground is at 180.

    >>> polyline((0.0, 2.0), 4.0)
    '56,180 1116,97'
    """
    last = max(len(values) - 1, 1)
    return " ".join(
        f"{along(place / last, 56, 1060)},{along(value / top, 180, -166)}"
        for place, value in enumerate(values)
    )


def _body(found: Monitoring, language: Language) -> str:
    lead: dict[str, float | str | Text] = {
        "learned": found.refresh.learned_deals,
        "trained": day(found.trained_on),
        "seen": day(found.seen_until),
    }
    return (
        _environment()
        .get_template("monitoring_body.html.j2")
        .render(
            found=found,
            language=language,
            lead=filled(_LEAD, lead),
            verdict=VERDICTS[found.verdict],
            sentence=verdict_sentence(found),
            why=trigger_sentences(found),
            passed=passed_sentence(found),
            advice=recalibration_sentences(found),
            refresh=refresh_sentences(found),
            reach=reach(found),
            top=tops(found.charts),
            **_words_and_numbers(language),
        )
    )


def _words_and_numbers(language: Language) -> dict[str, Any]:
    functions: Mapping[str, Callable[..., str]] = {
        "percent": numbers.percent,
        "percent_range": numbers.percent_range,
        "points": numbers.points,
        "points_of_percent": numbers.points_of_percent,
        "decimal": numbers.decimal,
        "decimal_range": numbers.decimal_range,
        "whole": numbers.whole,
        "honest_share": honest_share,
        "written_day": lambda iso, language: day(iso).in_(language),
        "period": lambda name, language: period(name).in_(language),
    }
    return {
        "w": partial(word, language=language),
        "label": lambda text: text.in_(language),
        **{name: partial(one, language=language) for name, one in functions.items()},
    }


@cache
def _environment() -> Environment:
    environment = page_environment()
    environment.globals |= {
        "along": along,
        "every": every,
        "field_name": field_name,
        "kinds": KINDS,
        "polyline": polyline,
        "words": WORDS,
    }
    return environment
