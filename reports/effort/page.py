"""The effort report as one page: a single HTML file that loads nothing, French and English."""

from functools import partial

from features.texts import Language
from reports.effort.report import FEWEST_DEALS, Effort
from reports.effort.sentences import (
    band_name,
    band_range,
    basis_sentences,
    group_name,
    headline,
    outcome_sentences,
    probability_sentences,
    pursuits_note,
    quarters_note,
    won_note,
)
from reports.effort.words import APART, WHY, WHY_ONE, word
from reports.environment import page_environment
from reports.two_languages import page_in_two_languages, written_in
from reports.typography import quarter

MOST_WINS = 40
"""Deals won all the same that the page names; the JSON report names all."""


def render_effort(found: Effort, language: Language) -> str:
    """Return the page in both languages, open in one; no scripts, everything escaped."""
    title = word("page_title", language, title=found.title.in_(language))
    return page_in_two_languages(partial(_body, found), language, title=title)


def _body(found: Effort, language: Language) -> str:
    template = page_environment().get_template("effort_body.html.j2")
    return template.render(
        found=found,
        headline=headline(found),
        outcomes=outcome_sentences(found),
        basis=basis_sentences(found),
        source=probability_sentences(found),
        fewest=FEWEST_DEALS,
        most_wins=MOST_WINS,
        why=WHY,
        why_one=WHY_ONE,
        apart=APART,
        band_name=band_name,
        band_range=band_range,
        group_name=group_name,
        quarter=quarter,
        quarters_note=quarters_note,
        pursuits_note=partial(pursuits_note, language=language),
        won_note=partial(won_note, language=language),
        **written_in(language, word),
    )
