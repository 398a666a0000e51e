"""What is said of a contradicted direction, on pages and in the terminal, in both languages."""

import pytest

from features.texts import LANGUAGES, Text
from reports.conflict_words import conflict_sentence, conflict_warnings, conflict_words
from reports.model_page import render_model
from reports.review import DirectionConflict
from reports.review_page import render_review
from reports.training_words import training_lines

METRICS = {"log_loss": 0.6, "skill": 0.1, "auc": 0.7, "observed_minus_expected": 0.01}


def conflict(**changes):
    figures = {
        "id": "client",
        "kind": "criterion",
        "label": Text(en="Works <with> us", fr="Travaille <avec> nous"),
        "level": None,
        "given_up": True,
        "standard_errors": 2.71,
    }
    return DirectionConflict(**(figures | changes))


def test_what_the_model_made_of_it_is_said():
    given_up, kept = (conflict_sentence(conflict(given_up=way), "en") for way in (True, False))
    assert "“Works <with> us” (2.7 standard errors)" in given_up
    assert given_up.endswith("the model gave its direction up")
    assert kept.endswith("the model keeps its direction, because the policy insists")
    french = conflict_sentence(conflict(), "fr")
    assert "«\xa0Travaille <avec> nous\xa0» (2,7 erreurs types)\xa0; le modèle a renoncé" in french


def test_an_answer_is_named_and_a_track_record_is_not_the_policys_word():
    named = conflict_sentence(conflict(kind="field", level="web"), "en")
    assert "“Works <with> us: web”" in named
    record = conflict_sentence(conflict(kind="track_record", given_up=False), "en")
    assert "track record" in record
    assert "policy" not in record


@pytest.mark.parametrize("language", LANGUAGES)
def test_terminal_and_pages_tell_it_escaped_and_are_silent_without(
    language, make_review, make_evaluation
):
    quiet = make_review(evaluation=make_evaluation(metrics=METRICS))
    loud = quiet.model_copy(update={"conflicts": (conflict(), conflict(given_up=False))})
    warnings = list(conflict_warnings(loud.conflicts, language))
    lines = list(training_lines(loud, language=language))
    assert len(warnings) == 2
    assert [line for line in lines if line not in training_lines(quiet, language=language)] == (
        warnings
    )
    for render in (render_review, render_model):
        page = render(loud, language)
        title = str(conflict_words(loud.conflicts, language)["conflict_title"])
        assert page.count("DIRECTION_CONFLICT") == 1
        assert title in page
        assert "&lt;" in page
        assert "<with>" not in page
        assert "DIRECTION_CONFLICT" not in render(quiet, language)
        assert title not in render(quiet, language)


def test_a_review_from_before_is_read(make_review):
    review = make_review(conflicts=(conflict(),))
    assert type(review).model_validate_json(review.model_dump_json()) == review
    old = review.to_data()
    del old["conflicts"]
    assert type(review).model_validate(old).conflicts == ()
