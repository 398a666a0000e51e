"""A page in both languages, open in one: a single HTML file that loads nothing and runs nothing.

The choice is two radio buttons and a style sheet; the page prints in the language that is chosen.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from features.texts import LANGUAGES, Language
from reports import numbers
from reports.data_page import NAMES
from reports.environment import page_environment
from reports.figures import percent_ends, share_with_range
from reports.review_page import along
from reports.typography import day, honest_share

SHEETS = ("review.css", "data.css", "decision.css")


def page_in_two_languages(
    body: Callable[[Language], str], language: Language, *, title: str
) -> str:
    """Return the page whose body is written in each language."""
    bodies = {one: {"name": NAMES[one], "html": body(one)} for one in LANGUAGES}
    page = page_environment().get_template("two_languages.html.j2")
    return page.render(language=language, title=title, bodies=bodies, sheets=SHEETS)


def written_in(language: Language, word: Callable[..., str]) -> dict[str, Any]:
    """Return the words and numbers that a template of one language writes with."""
    functions: Mapping[str, Callable[..., str]] = {
        "decimal": numbers.decimal,
        "decimal_range": numbers.decimal_range,
        "honest_share": honest_share,
        "money": numbers.money,
        "part_of": numbers.part_of,
        "percent": numbers.percent,
        "percent_ends": percent_ends,
        "percent_range": numbers.percent_range,
        "share_with_range": share_with_range,
        "whole": numbers.whole,
        "written_day": lambda iso, language: day(iso).in_(language),
    }
    return {
        "along": along,
        "label": lambda text: text.in_(language),
        "language": language,
        "w": partial(word, language=language),
        **{name: partial(one, language=language) for name, one in functions.items()},
    }
