"""Whatever the answer holds is said in words, in both languages."""

from dataclasses import replace
from datetime import date

import pytest

from features import Deal, parse_policy
from features.texts import LANGUAGES
from models.knockouts import KnockoutState
from models.qualifier import Qualifier
from reports.answer_words import expired_in_words, grade_in_words, state_in_words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_words_without_gaps(policy, language):
    texts = {state_in_words(policy, state, ("amount",), None, language) for state in KnockoutState}
    assert len(texts) == len(KnockoutState)
    assert not any("{" in text for text in texts)
    may_apply = state_in_words(policy, KnockoutState.UNKNOWN, ("authority",), None, language)
    assert policy.fields["authority"].label_in("authority", language) in may_apply


GRADED = """
policy: shop
title: {en: Shop, fr: Boutique}
deals: {outcome: {column: Result, won: [Won], lost: [Lost]}}
fields: {fit: {type: number}}
criteria: [{id: fits, when: {fit: {above: 0}}, points: 10, label: {en: Fits, fr: Convient}}]
decision:
  go_at: {p_win: 0.5}
  grades: [{grade: A, p_win: 0.6, points: 8}, {grade: B, p_win: 0.355, points: 1},
           {grade: C, p_win: 0, points: -5}]
"""


@pytest.fixture(scope="module")
def graded():
    return parse_policy(GRADED.encode())


@pytest.fixture
def grade(graded):
    """Return the words of a grade; by the points, unless a level of evidence lets p_win decide."""
    (decision,) = Qualifier(graded).decide([Deal(as_of=date(2026, 1, 5), facts={"fit": 1.0})])

    whole = decision.estimate
    assert whole is not None

    def words(name, language, level="none"):
        estimate = replace(whole, level=level)
        graded_so = replace(decision, grade=name, estimate=estimate)
        return grade_in_words(graded_so, graded, language)

    return words


def test_a_grade_is_told_with_what_it_means(grade):
    assert grade("A", "en") == "Grade A: from 8\xa0points on"
    assert grade("B", "fr") == "Classe B\xa0: de 1\xa0point à moins de 8\xa0points"
    assert grade("A", "en", "few") == "Grade A: a win probability from 60% on"
    french = "Classe B\xa0: une probabilité de gain de 35,5\xa0% à moins de 60\xa0%"
    assert grade("B", "fr", "few") == french


def test_a_deal_without_a_grade_has_no_words_for_it(grade):
    assert grade(None, "fr") is None


def test_an_answer_without_an_age_limit_is_from_a_later_day(policy):
    assert "from a later day" in expired_in_words("amount", policy, "en")
