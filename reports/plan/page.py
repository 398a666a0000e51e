"""A plan as one page: a single HTML file that loads nothing, in French and in English."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import accumulate
from typing import Any

from jinja2 import Environment

from features.texts import LANGUAGES, Language
from reports import numbers
from reports.data_page import NAMES
from reports.environment import page_environment
from reports.plan.report import Plan
from reports.plan.sentences import (
    bounds_in_words,
    further_sentences,
    hours_in_words,
    loss_in_words,
    name_in_words,
    room_in_words,
    verdict_sentence,
)
from reports.plan.table import capacity_in_words
from reports.plan.words import WORDS, word
from reports.review_page import along
from reports.typography import day

MOST_ROWS = 200
LEFT, GROUND, WIDTH, HEIGHT = 90, 190, 1020, 170


def render_plan(plan: Plan, language: Language) -> str:
    """Return the page in both languages, open in one; no scripts, everything escaped."""
    bodies = {one: {"name": NAMES[one], "html": _body(plan, one)} for one in LANGUAGES}
    title = word("page_title", language, title=plan.title.in_(language))
    page = _environment().get_template("plan.html.j2")
    return page.render(language=language, title=title, bodies=bodies)


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Value by hours, as points on the drawing: of what is worked, and of what is left out."""

    chosen: str
    left_out: str
    hours: float
    value: float


def curve_of(plan: Plan) -> Curve:
    """Return how value adds up by hours, from the most to the least valuable hour."""
    left = sorted(plan.no_room, key=lambda one: -one.value / max(one.hours, 1e-9))
    steps = [(one.hours, one.value) for one in plan.chosen]
    steps += [(one.hours, one.value) for one in left]
    hours = list(accumulate((step[0] for step in steps), initial=0.0))
    values = list(accumulate((step[1] for step in steps), initial=0.0))
    wide, high = max(hours[-1], 1e-9), max(values[-1], 1e-9)
    points = [
        f"{along(x / wide, LEFT, WIDTH)},{along(y / high, GROUND, -HEIGHT)}"
        for x, y in zip(hours, values, strict=True)
    ]
    turn = len(plan.chosen)
    return Curve(
        chosen=" ".join(points[: turn + 1]),
        left_out=" ".join(points[turn:]),
        hours=hours[-1],
        value=values[-1],
    )


def _body(plan: Plan, language: Language) -> str:
    return (
        _environment()
        .get_template("plan_body.html.j2")
        .render(
            plan=plan,
            language=language,
            verdict=verdict_sentence(plan),
            sentences=further_sentences(plan),
            curve=curve_of(plan),
            left_value=sum(one.value for one in plan.no_room),
            left_hours=sum(one.hours for one in plan.no_room),
            wanted=plan.hours + sum(one.hours for one in plan.no_room),
            **_words_and_numbers(plan, language),
        )
    )


def _words_and_numbers(plan: Plan, language: Language) -> dict[str, Any]:
    functions: Mapping[str, Callable[..., str]] = {
        "percent": numbers.percent,
        "decimal": numbers.decimal,
        "whole": lambda count, language: numbers.whole(round(count), language),
        "part_of": numbers.part_of,
        "hours": hours_in_words,
        "capacity": capacity_in_words,
        "room": room_in_words,
        "written_day": lambda iso, language: day(iso).in_(language),
    }
    return {
        "w": partial(word, language=language),
        "label": lambda text: text.in_(language),
        "money": lambda amount: _money(amount, plan.currency, language),
        "loss": lambda one: loss_in_words(one, plan.currency, language),
        "bounds": lambda one: bounds_in_words(one, plan.currency, language),
        **{name: partial(one, language=language) for name, one in functions.items()},
    }


def _money(amount: float | None, currency: str | None, language: Language) -> str:
    return numbers.NOTHING if amount is None else numbers.money(amount, currency, language)


@cache
def _environment() -> Environment:
    return page_environment(
        along=along,
        name=name_in_words,
        words=WORDS,
        most=MOST_ROWS,
        left=LEFT,
        ground=GROUND,
        width=WIDTH,
        height=HEIGHT,
    )
