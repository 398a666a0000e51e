"""The report on refused deals as one page that loads nothing, in French and in English."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from jinja2 import Environment

from features.texts import LANGUAGES, Language
from reports import numbers
from reports.data_page import NAMES
from reports.environment import page_environment
from reports.refused.report import Refused
from reports.refused.table import won_of
from reports.refused.words import (
    VERDICTS,
    beside_sentences,
    lead_sentences,
    verdict_sentence,
    word,
)
from reports.review_page import along
from reports.typography import honest_share, quarter


def render_refused(found: Refused, language: Language) -> str:
    """Return the page in both languages, open in one; no scripts, everything escaped."""
    bodies = {one: {"name": NAMES[one], "html": _body(found, one)} for one in LANGUAGES}
    title = word("page_title", language, title=found.title.in_(language))
    page = _environment().get_template("refused.html.j2")
    return page.render(language=language, title=title, bodies=bodies)


def _body(found: Refused, language: Language) -> str:
    return (
        _environment()
        .get_template("refused_body.html.j2")
        .render(
            found=found,
            language=language,
            lead=lead_sentences(found),
            refusing=[one for one in found.rules if one.refused],
            **_words_and_numbers(language),
        )
    )


def _words_and_numbers(language: Language) -> dict[str, Any]:
    functions: Mapping[str, Callable[..., str]] = {
        "decimal": numbers.decimal,
        "honest_share": honest_share,
        "whole": numbers.whole,
        "won_of": won_of,
    }
    return {
        "w": partial(word, language=language),
        "label": lambda text: text.in_(language),
        **{name: partial(one, language=language) for name, one in functions.items()},
    }


@cache
def _environment() -> Environment:
    return page_environment(
        along=along,
        beside_sentences=beside_sentences,
        quarter=quarter,
        verdict_sentence=verdict_sentence,
        verdicts=VERDICTS,
    )
