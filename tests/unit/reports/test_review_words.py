"""The words say the same in both languages, and no more than the figures do."""

import re
import string

import pytest

from reports.review_words import WORDS, difference, knowledge


def test_words_exist_in_both_languages_with_the_same_gaps():
    gaps = string.Formatter().parse
    for key, text in WORDS.items():
        named = [sorted({gap for _, gap, _, _ in gaps(one) if gap}) for one in (text.en, text.fr)]
        assert named[0] == named[1], key


def test_french_words_keep_signs_with_their_words():
    for key, text in WORDS.items():
        assert not re.search("« | [:;?!%»]", text.fr), key


def test_nothing_is_said_to_cause_anything():
    for key, text in WORDS.items():
        assert not re.search(r"\bcaus", f"{text.en} {text.fr}", re.IGNORECASE), key


@pytest.mark.parametrize(
    ("log_loss", "confidence", "knows"),
    [
        (0.601, 0.998, "knows_yes"),
        (0.601, 0.949, "knows_perhaps"),
        (0.693, 0.998, "knows_no"),
        (0.705, 0.210, "knows_no"),
        (float("nan"), 0.998, "knows_no"),
    ],
)
def test_a_model_is_worth_what_it_adds_to_the_base_rate(
    make_evaluation, log_loss, confidence, knows
):
    metrics = {"log_loss": log_loss, "auc": 0.6, "calibration_slope": 1.0}
    assert knowledge(make_evaluation(metrics=metrics, confidence=confidence)) == knows


@pytest.mark.parametrize(
    ("met", "not_met", "said"),
    [
        ((150, 200), (80, 200), "more"),
        ((80, 200), (150, 200), "fewer"),
        ((6, 8), (4, 10), "unclear"),
        ((105, 200), (100, 200), "unclear"),
        ((0, 0), (100, 200), "no_deals"),
        ((100, 200), (0, 0), "no_deals"),
    ],
)
def test_a_difference_is_named_only_where_the_intervals_are_apart(
    make_rule, make_win_rate, met, not_met, said
):
    rule = make_rule(met=make_win_rate(*met), not_met=make_win_rate(*not_met))
    assert difference(rule) == said
