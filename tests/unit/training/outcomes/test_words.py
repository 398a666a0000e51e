from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.headers import plain
from features.policy.yaml_source import read_yaml
from training.outcomes.outcome import Outcome
from training.outcomes.words import PLACE, known_words, sounds_closed

WORDS = sorted(known_words().meanings)


def test_no_word_has_two_meanings():
    written: Any = read_yaml(PLACE.read_bytes(), PLACE.name).data
    seen: dict[str, Outcome] = {}
    for outcome in Outcome:
        for language in ("en", "fr"):
            for word in written[outcome.value][language]:
                assert seen.setdefault(plain(word), outcome) is outcome, word
    assert seen == known_words().meanings


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        ("Won", "won"), ("WON", "won"), ("Closed Won", "won"), ("Closed - Won", "won"),
        ("Gagnée", "won"), ("Fermées gagnées ✅", "won"), ("Conclu", "won"),
        ("Loss", "lost"), ("Closed Lost", "lost"), ("Perdue", "lost"), ("Out-Sold", "lost"),
        ("⚫ Fermé Perdu", "lost"), ("Closed lost (Sales Pipeline)", "lost"),
        ("No decision", "no_decision"), ("Abandoned", "no_decision"),
        ("Sans suite", "no_decision"), ("Classée sans suite", "no_decision"),
        ("Disqualified", "declined_by_us"), ("No bid", "declined_by_us"),
        ("Refusé par nous", "declined_by_us"), ("Non répondu", "declined_by_us"),
        ("On hold", "open"), ("En cours", "open"), ("Engaging", "open"), ("Pending", "open"),
    ],
)  # fmt: skip
def test_words_people_use(word, outcome):
    assert known_words().meaning(word) == outcome


@pytest.mark.parametrize("word", ["Declined", "closedwon", "Cancelled", "Won't fix", "", "Other"])
def test_what_could_be_two_things_has_no_meaning(word):
    assert known_words().meaning(word) is None


@given(st.sampled_from(WORDS), st.sampled_from([str.upper, str.title, lambda w: f"  {w}! "]))
def test_case_and_signs_make_no_difference(word, written):
    assert known_words().meaning(written(word)) is known_words().meanings[word]


@pytest.mark.parametrize("word", ["true", "1", "Oui", "YES", "vrai", "false", "0", "Non", "no"])
def test_flags(word):
    assert known_words().flag(word) is (word.lower() in {"true", "1", "oui", "yes", "vrai"})


@pytest.mark.parametrize(
    "word", ["Closed - signed", "Deal won!", "Perdue (prix)", "Annulée", "Dead"]
)
def test_a_stage_that_sounds_like_an_end_is_heard(word):
    assert sounds_closed(word)


@pytest.mark.parametrize(
    "word", ["Technical review", "Offre remise", "Budget", "Design", "Visite"]
)
def test_a_stage_on_the_way_is_not(word):
    assert not sounds_closed(word)
