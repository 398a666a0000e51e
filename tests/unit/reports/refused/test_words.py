"""The report on refused deals in words: no evidence is said where there is none."""

from io import StringIO

import pytest
from rich.console import Console

from reports.population import population_in_words
from reports.refused.table import refused_lines
from reports.refused.words import WORDS, beside_sentences, lead_sentences, verdict_sentence, word
from tests.unit.reports.refused_reports import EMPTY, OFF, WHOLE, report, rule


def printed(found, language):
    written = StringIO()
    console = Console(width=200, file=written)
    for part in refused_lines(found, language):
        console.print(part)
    return written.getvalue()


def test_a_verdict_says_its_figures():
    again, none = (verdict_sentence(one).en for one in WHOLE.rules[:2])
    assert again == (
        "“Abroad”: worth working again. Drawn deals closed: 30, won: 15, so a win rate of 33% at "
        "least, above the threshold of 20%. Propose to loosen it, with its replay."
    )
    assert none.endswith(
        "no evidence. Drawn deals closed: 4, won: 1 (5% to 60%); threshold 20%. Some 44 a year "
        "would show a win rate of twice the threshold."
    )
    french = verdict_sentence(WHOLE.rules[0]).fr
    assert french.startswith("«\xa0À l'étranger\xa0»\xa0: à retravailler.")


def test_the_models_estimate_and_chosen_deals_stand_beside_and_apart():
    naive, chosen, broken = (one.en for one in beside_sentences(WHOLE.rules[0]))
    assert "The model says 11%" in naive
    assert "won at 50%" in naive
    assert "9, won: 8 (60% to 98%). No proof" in chosen
    assert broken.startswith("Drawn, and declined all the same: 4.")
    assert beside_sentences(rule(naive=None)) == ()


def test_without_exploration_it_says_that_nothing_can_be_found_wrong():
    about, off = (one.en for one in lead_sentences(OFF))
    assert "no evidence" in about
    assert off.startswith("Exploration is off")
    told = " ".join(one.en for one in lead_sentences(report()))
    assert "Q4 2025 to Q3 2026" in told
    assert "52\xa0deals of them were drawn" in told


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("found", [WHOLE, OFF, EMPTY], ids=["whole", "off", "empty"])
def test_a_terminal_shows_the_same(found, language):
    text = printed(found, language)
    for one in lead_sentences(found):
        assert one.in_(language)[:60] in text
    if found is EMPTY:
        assert word("nothing_refused", language) in text
    if found is WHOLE:
        assert "▲" in text


def test_every_word_is_in_both_languages_and_of_its_own():
    alike = {key for key, text in WORDS.items() if text.en == text.fr}
    assert alike <= {"column_verdict"}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("declined", "explored"), [(0, 0), (1, 0), (80, 0), (80, 1), (80, 12)])
def test_the_population_is_named_with_its_numbers(language, declined, explored):
    told = population_in_words(1200, declined, explored).in_(language)
    assert ("1,200" if language == "en" else "1\u202f200") in told
    assert (f"{declined}\xa0" in told.replace("1\u202f200", "").replace("1,200", "")) == (
        declined > 0
    )
    no_evidence = "no evidence" if language == "en" else "aucune preuve"
    assert (no_evidence in told) == (declined > 0 and explored == 0)
