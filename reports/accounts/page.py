"""A ranking of accounts as one page that loads nothing, in French and in English."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from jinja2 import Environment

from features.texts import LANGUAGES, Language
from reports import numbers
from reports.accounts.report import Accounts
from reports.accounts.words import (
    bought_in_words,
    horizon_in_words,
    horizons_shown,
    lead_sentences,
    reachable_in_words,
    value_of_row,
    word,
)
from reports.data_page import NAMES
from reports.environment import page_environment
from reports.typography import day

MOST_ROWS = 300


def render_accounts(found: Accounts, language: Language) -> str:
    """Return the page in both languages, open in one; no scripts, everything escaped."""
    bodies = {one: {"name": NAMES[one], "html": _body(found, one)} for one in LANGUAGES}
    title = word("page_title", language, title=found.title.in_(language))
    page = _environment().get_template("accounts.html.j2")
    return page.render(language=language, title=title, bodies=bodies)


def _body(found: Accounts, language: Language) -> str:
    return (
        _environment()
        .get_template("accounts_body.html.j2")
        .render(
            found=found,
            language=language,
            horizons=horizons_shown(found),
            sentences=lead_sentences(found),
            **_told(found, language),
        )
    )


def _told(found: Accounts, language: Language) -> dict[str, Any]:
    figures: Mapping[str, Callable[..., str]] = {
        "bought": bought_in_words,
        "horizon": horizon_in_words,
        "reach": reachable_in_words,
    }
    return {
        "w": partial(word, language=language),
        "label": lambda text: text.in_(language),
        "whole": partial(numbers.whole, language=language),
        "written_day": lambda iso: day(iso).in_(language),
        "money": lambda amount: numbers.money(amount, found.currency, language),
        **{
            name: partial(told, currency=found.currency, language=language)
            for name, told in figures.items()
        },
    }


@cache
def _environment() -> Environment:
    return page_environment(most=MOST_ROWS, value_of=value_of_row)
