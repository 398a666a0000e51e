"""The smallest changes, in sentences, in both languages."""

from dataclasses import replace
from datetime import date

import pytest

from features import Deal
from features.deal import NOT_APPLICABLE
from features.texts import LANGUAGES
from models.decision import Recommendation
from models.flips.flips import WORKED, Change, Flip, Flips, flips_of
from models.what_if import what_if
from reports.flip_words import (
    change_in_words,
    flip_in_words,
    flips_data,
    flips_in_words,
    what_if_in_words,
)
from tests.asked_worlds import DAY, policy_of, qualifier_of

POLICY = policy_of()
FLIP = Flip(
    changes=(Change("budget", False, True), Change("rank", None, "high")),
    recommendation=Recommendation.GO,
    move=1.2,
    p_win=0.41,
    expected_value=1_052.0,
)
FLIPS = Flips(
    now=Recommendation.NO_GO, towards=WORKED, found=(FLIP,), tried=1_200, most_changes=3,
    is_complete=True,
)  # fmt: skip


def test_a_flip_says_every_change_and_what_comes_of_it():
    assert flip_in_words(FLIP, POLICY, "en") == (
        "Go if “Budget” becomes yes (now no) and “Rank” turns out to be high "
        "(probability 41%, worth €1,052 on average)"
    )
    assert flip_in_words(FLIP, POLICY, "fr") == (
        "Go si «\xa0Budget\xa0» devient oui (actuel\xa0: non) et «\xa0Rank\xa0» s'avère être high "
        "(probabilité 41\xa0%, rapporte 1\u202f052\xa0€ en moyenne)"
    )


def test_without_money_or_a_probability_none_is_told():
    without = replace(FLIP, expected_value=None)
    assert flip_in_words(without, POLICY, "en").endswith("(probability 41%)")
    assert flip_in_words(replace(without, p_win=None), POLICY, "en").endswith("to be high")


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_far_was_searched_is_always_said(language):
    told = {
        flips_in_words(one, language)
        for one in (FLIPS, replace(FLIPS, found=()), replace(FLIPS, is_complete=False))
    }
    assert len(told) == 3
    assert all("1,200" in text or "1\u202f200" in text for text in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_hold_facts_as_they_would_be_given(language):
    changes = (Change("size", date(2026, 1, 1), NOT_APPLICABLE),)
    data = flips_data(replace(FLIPS, found=(replace(FLIP, changes=changes),)), POLICY, language)
    (change,) = data["found"][0]["changes"]
    assert change == {
        "field": "size", "before": "2026-01-01", "after": {"not_applicable": True},
    }  # fmt: skip
    real = flips_of(qualifier_of(), Deal(as_of=DAY, facts={"budget": False}))
    assert flips_data(real, POLICY, language)["now"] == real.now.value


def test_a_change_of_a_number_has_its_unit_format():
    assert change_in_words(Change("size", 1.0, 2.5), POLICY, "fr") == (
        "«\xa0Size\xa0» devient 2,5 (actuel\xa0: 1)"
    )


def test_what_if_tells_the_changes_and_then_both_answers():
    deal = Deal(as_of=DAY, facts={"broke": False, "sector": "paper"})
    told = what_if(qualifier_of(), deal, {"broke": True, "sector": None})
    assert what_if_in_words(told, POLICY, "en")[:2] == (
        "Broke: no → yes",
        "Sector: paper → unknown",
    )
    assert what_if_in_words(told, POLICY, "en")[-1].endswith("→ No-go")
    same = what_if(qualifier_of(), deal, {"sector": "paper"})
    (line,) = what_if_in_words(same, POLICY, "fr")
    assert line.endswith(", comme avant")
