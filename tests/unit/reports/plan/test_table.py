"""The terminal: what to do first, every "no" with its reason, nothing interpreted as markup."""

from io import StringIO

import pytest
from rich.console import Console

from features.texts import Text
from reports.plan.report import PlannedCapacity
from reports.plan.sentences import further_sentences, verdict_sentence
from reports.plan.table import MOST_ROWS, capacity_in_words, plan_lines
from tests.unit.reports.plans import EMPTY, chosen, report


def printed(found, language):
    page = StringIO()
    console = Console(file=page, width=400)
    for part in plan_lines(found, language):
        console.print(part)
    return page.getvalue()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_to_do_comes_first(language):
    lines = printed(report(), language).splitlines()
    assert lines[0] == verdict_sentence(report()).in_(language)
    for line, text in zip(lines[1:], further_sentences(report()), strict=False):
        assert text.in_(language) in line


def test_the_sentences_in_both_languages():
    told = verdict_sentence(report())
    assert told.en == "Work 2 of 1,234\xa0open deals: expected value €123,456 in 41\xa0hours."
    assert told.fr.startswith("Travailler 2 des 1\u202f234\xa0affaires ouvertes\xa0:")
    near, comparable, wins, _, apart, not_counted = further_sentences(report())
    assert near.en == "No choice is worth more than €123,500: this one is within 0.04% of it."
    assert "€98,765" in comparable.en
    assert wins.en.startswith("4.2 wins expected, 2 to 7 in nine cases of ten, worth −€2,000 to")
    assert "1 à compléter d'abord" in apart.fr
    assert not_counted == Text(
        en="Not counted: visits and calls.", fr="Non compté\xa0: les visites et appels."
    )
    assert further_sentences(report(gap=0.0))[0].en.startswith("There is no better choice")


def test_what_exploration_costs_is_said_in_both_languages():
    told = further_sentences(report())[3]
    assert told.en.replace("\xa0", " ") == (
        "Exploration: 2 refused deals were drawn to be worked all the same, in 40 hours. It costs "
        "€5,500: without the draw the deals chosen would bring €4,000 more, and the draw is "
        "expected to bring −€1,500. The value of 1 drawn deal is unknown, and not counted. Left "
        "out of the draw for want of room or of known hours: 3."
    )
    assert "Cela coûte 5\u202f500\xa0€\xa0: sans le tirage" in told.fr
    spent = report().exploration
    pays = spent.model_copy(update={"value": 4_000.0, "unknown": 0, "left_out": 0})
    assert "expected to cost nothing" in further_sentences(report(exploration=pays))[3].en
    none = further_sentences(report(drawn=(), exploration=pays))[3]
    assert none.en == "Exploration: no refused deal was drawn."
    off = further_sentences(report(drawn=(), exploration=None))
    assert not any("xploration" in text.en for text in off)


def test_drawn_deals_have_their_own_table_and_their_hours_a_column():
    text = printed(report(), "en").replace("\xa0", " ")
    for told in ("Drawn to be worked all the same", "8.7%", "−€1,500", "Bank guarantee"):
        assert told in text, told
    assert "Drawn deals" in text
    without = printed(report(drawn=(), exploration=None), "en")
    assert "Drawn" not in without


def test_what_is_assumed_is_said():
    assert any("assumed" in text.en for text in further_sentences(report(assumed=True)))
    assert verdict_sentence(EMPTY).en == "No deal can be chosen of 1\xa0open deal."


def test_it_is_short_and_says_what_it_leaves_out():
    many = report(chosen=tuple(chosen(f"D{n}") for n in range(MOST_ROWS + 9)), drawn=())
    text = printed(many, "en")
    assert "and 9 more, in the JSON" in text
    assert len(text.splitlines()) < 80
    assert "On condition" not in text
    assert "On condition" in printed(report(), "en")


def test_capacities_have_names():
    assert capacity_in_words(PlannedCapacity(there=1, used=1, wanted=1, price=1), "fr") == (
        "Heures en tout"
    )
    names = [capacity_in_words(one, "en") for one in report().capacities]
    assert names == ["Hours in all", "Hours of presales", "Deals at most"]
