"""The terminal says what the page says."""

import io
from typing import get_args

import pytest
from rich.console import Console

from features.texts import Language, Text
from reports.numbers import decimal, part_of, percent, percent_range, points, points_of_percent
from reports.review import Review
from reports.review_table import review_lines
from reports.review_words import WORDS, verdict, word

LANGUAGES = get_args(Language)


def shown(review: Review, language: Language) -> str:
    terminal = io.StringIO()
    console = Console(file=terminal, width=120, color_system=None)
    for table in review_lines(review, language):
        console.print(table)
    return terminal.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_holds_the_figures_of_every_rule_in_120_columns(make_review, language):
    review = make_review()
    lines = shown(review, language)
    assert max(len(line) for line in lines.splitlines()) <= 120
    for rule in review.rules:
        assert rule.id in lines
        assert rule.label.in_(language) in lines
        assert points(rule.points, language) in lines
        assert percent(rule.answered, language) in lines
        assert points_of_percent(rule.contribution, language) in lines
        for rate in (rule.met, rule.not_met):
            assert percent(rate.rate, language) in lines
            assert percent_range(rate.low, rate.high, language) in lines
            assert part_of(rate.won, rate.deals, language) in lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_the_model_is_worth(make_review, make_evaluation, language):
    losing = make_evaluation(
        metrics={"log_loss": 0.705, "auc": 0.49, "calibration_slope": 0.1}, confidence=0.2
    )
    lost = shown(make_review(evaluation=losing), language)
    won = shown(make_review(), language)
    no = word("knows_no", language)
    assert no in lost
    assert no not in won
    assert verdict(losing, language).split()[-1] in lost
    assert decimal(0.49, language, digits=3) in lost


def test_criteria_come_before_knockouts(make_review):
    lines = shown(make_review(), "en")
    assert lines.index("existing_client") < lines.index("embargo")


def test_markup_in_a_label_is_only_words(make_review, make_rule):
    label = "[red]Works[/red] [/]"
    lines = shown(make_review(rules=(make_rule(label=Text(en=label, fr=label)),)), "en")
    assert label in lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_other_language_is_shown(make_review, language):
    lines = shown(make_review(), language)
    other: Language = "fr" if language == "en" else "en"
    for key in ("column_rule", "column_answered", "knockout", "more", "knows_yes", "column_field"):
        assert WORDS[key].in_(language) in lines
        assert WORDS[key].in_(other) not in lines


def test_without_other_fields_there_is_one_table(make_review):
    assert len(review_lines(make_review(), "en")) == 2
    assert len(review_lines(make_review(unmentioned=()), "en")) == 1
