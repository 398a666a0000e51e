"""How far to trust an estimate is said for every level, in both languages, with its numbers."""

from typing import get_args

import pytest

from features.texts import LANGUAGES, set_in_french
from models.evidence import Band, EvidenceLevel
from reports.evidence_words import (
    LEVELS,
    comparable_in_words,
    evidence_in_words,
    level_in_words,
    stability_in_words,
)

COUNTS: dict[EvidenceLevel, tuple[int, int]] = {
    "none": (3, 9),
    "few": (12, 900),
    "enough": (41, 40),
    "plenty": (1200, 2000),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_level_has_its_words_with_the_numbers_won_and_not(language):
    assert set(LEVELS) == set(COUNTS) == set(get_args(EvidenceLevel))
    told = {level: evidence_in_words(counts, language) for level, counts in COUNTS.items()}
    assert told == {n: level_in_words(n, *counts, language) for n, counts in COUNTS.items()}
    assert len({text.split("\N{NO-BREAK SPACE}")[0] for text in told.values()}) == 4
    for level in ("none", "few", "enough"):
        assert all(f"{count}\N{NO-BREAK SPACE}" in told[level] for count in COUNTS[level])


def test_what_decides_is_said_where_there_is_too_little_evidence():
    for counts in (None, (0, 0), (9, 100)):
        assert "The points decide" in evidence_in_words(counts, "en")
        assert "Les points décident" in evidence_in_words(counts, "fr")
    assert "The points decide" not in evidence_in_words((10, 100), "en")
    assert "assumed win rate of 30%" in evidence_in_words((0, 0), "en")
    assert "taux de gain supposé de 30\N{NO-BREAK SPACE}%" in evidence_in_words((0, 0), "fr")
    assert "rate" not in evidence_in_words(None, "en")


def test_comparable_deals_come_with_their_interval():
    band = Band(0.4, 50, 1)
    assert comparable_in_words(band, "en") == (
        "Of 50\xa0comparable past deals, 1\xa0won: a win rate of 0–8% (90% interval)"
    )
    french = comparable_in_words(band, "fr")
    assert french.startswith("Sur 50\xa0affaires passées comparables, 1\xa0gagnée\xa0: un taux")
    assert french.endswith("(intervalle à 90\xa0%)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stability_range_says_what_it_is_not(language):
    text = stability_in_words((0.704, 0.9991), language)
    assert "99.9" in text.replace(",", ".")
    assert {"en": "not an interval", "fr": "non un intervalle"}[language] in text


def test_french_has_its_spaces():
    for text in (*(one.fr for one in LEVELS.values()), evidence_in_words((0, 0), "fr")):
        assert set_in_french(text) == text
