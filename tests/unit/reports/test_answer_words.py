"""Whatever the answer holds is said in words, in both languages."""

from dataclasses import replace

import pytest

from features.texts import LANGUAGES
from models.decision import Worth
from models.knockouts import KnockoutState
from reports.answer_words import expired_in_words, grade_in_words, state_in_words, worth_in_words

WORTH = Worth(
    currency="EUR", expected_value=4_200.0, if_won=20_000.0, remaining_cost=8_000.0,
    break_even=0.4, left_out=(), needs=(),
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_words_without_gaps(policy, language):
    texts = {state_in_words(state, ("amount",), None, policy, language) for state in KnockoutState}
    assert len(texts) == len(KnockoutState)
    assert not any("{" in text for text in texts)
    may_apply = state_in_words(KnockoutState.UNKNOWN, ("authority",), None, policy, language)
    assert policy.fields["authority"].label_in("authority", language) in may_apply


def test_what_a_deal_is_worth_has_five_stories(policy):
    stories = {
        "gain": WORTH,
        "loss": replace(WORTH, expected_value=-300.0),
        "never": replace(WORTH, expected_value=-300.0, if_won=-5.0, break_even=None),
        "unknown": replace(WORTH, expected_value=None, needs=("amount",)),
        "no numbers": replace(WORTH, expected_value=None),
    }
    for language in LANGUAGES:
        told = {name: worth_in_words(worth, policy, language) for name, worth in stories.items()}
        assert len(set(told.values())) == len(stories)
    assert told["gain"].startswith("La poursuivre rapporte 4\u202f200\xa0€")
    assert told["loss"].startswith("La poursuivre coûte 300\xa0€")
    assert told["never"].endswith("elle ne rapporte rien, même gagnée")
    free = replace(WORTH, remaining_cost=0.0, break_even=0.0)
    assert worth_in_words(free, policy, "en").endswith("from a probability of 0% on")


def test_a_deal_without_a_grade_has_no_words_for_it():
    assert grade_in_words(None, "fr") is None
    assert grade_in_words("A", "en") == "Grade A"


def test_an_answer_without_an_age_limit_is_from_a_later_day(policy):
    assert "from a later day" in expired_in_words("amount", policy, "en")
