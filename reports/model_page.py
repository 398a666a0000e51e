"""What is known of a model, as one page that loads nothing, and its figures as SVG files."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Any

from jinja2 import Environment

from features.texts import Language
from reports import numbers
from reports.conflict_words import conflict_words
from reports.data_page import chance
from reports.environment import page_environment
from reports.evaluation import EvaluationSummary
from reports.evaluation_words import calibration_words
from reports.model_sentences import lead, said_of_parameters, said_of_time
from reports.model_words import word
from reports.review import Review
from reports.review_page import along
from reports.typography import day, honest_share

MEASURES = (
    "log_loss",
    "skill",
    "brier",
    "brier_reliability",
    "brier_resolution",
    "brier_uncertainty",
    "brier_within",
    "auc",
    "calibration_slope",
    "calibration_intercept",
    "observed_minus_expected",
    "observed_to_expected",
    "ece",
)
IN_PERCENT = ("skill", "observed_minus_expected")
MOST_SEGMENTS = 20
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
TICK = 0.2
"""Log-losses between two lines of the figure."""


def render_model(review: Review, language: Language) -> str:
    """Return the page of a model: one self-contained HTML file, without scripts, all escaped."""
    found = review.evaluation
    return (
        _environment()
        .get_template("model.html.j2")
        .render(
            review=review,
            found=found,
            lead=lead(found, language),
            calibrated=calibration_words(found, language),
            said=said_of_time(found, language),
            feeds=said_of_parameters(found, language),
            kept_by_half=dict(found.gains).get(0.5),
            flagged=any(one.flagged for one in found.segments),
            measures=MEASURES,
            most_segments=MOST_SEGMENTS,
            range_of=partial(_range_of, found, language),
            **conflict_words(review.conflicts, language),
            **_words_and_numbers(language),
        )
    )


def model_figures(evaluation: EvaluationSummary, language: Language) -> dict[str, str]:
    """Return the figures by name, each an SVG file of its own.

    Only those that there is something to draw for.
    """
    drawn = {
        "reliability": evaluation.reliability,
        "gains": evaluation.gains,
        "rolling": evaluation.rolling,
    }
    style = (files("reports") / "templates" / "charts.css").read_text(encoding="utf-8")
    module = (
        _environment()
        .get_template("model_charts.html.j2")
        .make_module(_words_and_numbers(language))
    )
    return {
        name: str(getattr(module, name)(points, style)).strip() + "\n"
        for name, points in drawn.items()
        if points
    }


def _range_of(found: EvaluationSummary, language: Language, name: str) -> str:
    """Return the interval of a figure in brackets; nothing where there is none."""
    if name not in found.intervals:
        return ""
    ends = found.intervals[name]
    if name in IN_PERCENT:
        low, high = (numbers.percent(end, language, digits=1) for end in ends)
        return f"({word('to', language, low=low, high=high)})"
    return f"({numbers.decimal_range(*ends, language, digits=3)})"


def loss_ticks(most: float, language: Language) -> list[tuple[float, str]]:
    """Return the lines of an axis of log-losses: how far along each is, and its number.

    >>> loss_ticks(0.5, "en")
    [(0.0, '0.0'), (0.4, '0.2'), (0.8, '0.4')]
    """
    steps = range(int(most / TICK) + 1)
    return [
        (round(n * TICK / most, 6), numbers.decimal(n * TICK, language, digits=1)) for n in steps
    ]


def _words_and_numbers(language: Language) -> dict[str, Any]:
    functions: Mapping[str, Callable[..., Any]] = {
        "percent": numbers.percent,
        "points_of_percent": numbers.points_of_percent,
        "decimal": numbers.decimal,
        "decimal_range": numbers.decimal_range,
        "whole": numbers.whole,
        "honest_share": honest_share,
        "chance": chance,
        "loss_ticks": loss_ticks,
        "written_day": lambda iso, language: day(iso).in_(language),
        "answer": _answer,
    }
    return {
        "language": language,
        "w": partial(word, language=language),
        "label": lambda text: text.in_(language),
        "shares": [(share, numbers.percent(share, language)) for share in TICKS],
        **{name: partial(one, language=language) for name, one in functions.items()},
    }


def _answer(level: str | bool, language: Language) -> str:  # noqa: FBT001 (an answer of a deal)
    return level if isinstance(level, str) else word("yes" if level else "no", language)


@cache
def _environment() -> Environment:
    environment = page_environment()
    environment.globals["along"] = along
    return environment
