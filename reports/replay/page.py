"""A replay as one page: a single HTML file that loads nothing, in French and in English."""

from functools import partial

from features.texts import Language
from models.decision import Recommendation
from reports import numbers
from reports.environment import page_environment
from reports.replay.deals import combinations, deal_name, judged, other_policy, why
from reports.replay.efficiency import ENOUGH, MARKS
from reports.replay.gains import gain_sentences
from reports.replay.glossary import KEYS
from reports.replay.parts import RECOMMENDATIONS, Side
from reports.replay.plots import across, plots_of, up
from reports.replay.report import Replay
from reports.replay.sentences import (
    basis_sentences,
    headline,
    more_sentences,
    population_sentence,
    source_sentences,
)
from reports.replay.words import CHANGED, ORDERED, word
from reports.sentences import RECOMMENDATIONS as WORDS_OF_RECOMMENDATIONS
from reports.two_languages import page_in_two_languages, written_in

MOST_LOST, MOST_OTHERS = 500, 25
"""Deals that a table names; the JSON report names all."""
RECOMMENDED = {name: WORDS_OF_RECOMMENDATIONS[Recommendation(name)] for name in RECOMMENDATIONS}


def render_replay(found: Replay, language: Language) -> str:
    """Return the page in both languages, open in one; no scripts, everything escaped."""
    title = word("page_title", language, title=found.policy.title.in_(language))
    return page_in_two_languages(partial(_body, found), language, title=title)


def _body(found: Replay, language: Language) -> str:
    template = page_environment().get_template("replay_body.html.j2")
    return template.render(
        found=found,
        headline=headline(found),
        more=more_sentences(found),
        population=population_sentence(found),
        basis=basis_sentences(found),
        source=source_sentences(found.probability),
        gains=gain_sentences(found),
        sides=sides(found, language),
        together=list(combinations(found.policy, language)),
        other=other_policy(found, language),
        plots=plots_of(found),
        recommended=RECOMMENDED,
        ordered=ORDERED,
        changed=CHANGED,
        marks=MARKS,
        enough=ENOUGH,
        gloss=KEYS,
        most=MOST_LOST,
        few=MOST_OTHERS,
        across=across,
        up=up,
        deal_name=deal_name,
        judged=judged,
        why=why,
        euros=partial(written_money, currency=found.currency, language=language),
        round_number=partial(numbers.decimal, language=language, digits=0),
        **written_in(language, word),
    )


def sides(found: Replay, language: Language) -> tuple[tuple[str, Side], ...]:
    """Return the deals of each recommendation, then all, with what they are called."""
    named = tuple(
        (RECOMMENDED[name].in_(language), getattr(found.policy, name)) for name in RECOMMENDATIONS
    )
    return (*named, (word("everything", language), found.everything))


def written_money(
    amount: float | None, *, currency: str | None, language: Language, signed: bool = False
) -> str:
    """Return an amount to the unit, a dash where it is not known.

    >>> written_money(1200.4, currency="EUR", language="en", signed=True)
    '+€1,200'
    """
    if amount is None:
        return numbers.NOTHING
    told = numbers.money(amount, currency, language)
    return f"+{told}" if signed and round(amount) > 0 else told
