"""Answers out of a list: each once, in order or not."""

import pytest
from pydantic import ValidationError

from features.fields import LONGEST_ANSWER, CategoryField, WrongFactError

CLOSED = CategoryField(type="category", values=("Low", "Mid", "High", "No"))
OPEN = CategoryField(type="category")


def refusal(field: CategoryField, value: object) -> WrongFactError:
    with pytest.raises(WrongFactError) as caught:
        field.check(value)
    return caught.value


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"values": ["a", "b", "a"]}, "'a' is given twice"),
        ({"values": ["a", "b"], "unknown": ["b"]}, "'b' stands under 'unknown' too"),
        ({"values": ["a", "b"], "not_applicable": ["b"]}, "'b' stands under 'not_applicable' too"),
        ({"unknown": ["?"], "not_applicable": ["?"]}, "means unknown already"),
        ({"ordered": True}, "no values to order"),
        ({"values": ["a", "b"], "better": "higher"}, "have no order"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(settings, words):
    with pytest.raises(ValidationError, match=words):
        CategoryField.model_validate({"type": "category", **settings})


def test_every_mistake_of_a_field_is_told_at_once():
    with pytest.raises(ValidationError) as refused:
        CategoryField.model_validate(
            {"type": "category", "values": ["a", "a"], "better": "up", "label": {"en": "a"}}
        )
    assert refused.value.error_count() == 3


def test_an_ordered_category_may_say_which_end_is_the_good_one():
    field = CategoryField.model_validate(
        {"type": "category", "values": ["low", "high"], "ordered": True, "better": "higher"}
    )
    assert field.better == "higher"


def test_an_answer_is_kept_without_the_spaces_around_it():
    assert CLOSED.check("  High ") == "High"
    assert OPEN.check("\tReferral\n") == "Referral"


@pytest.mark.parametrize("value", [1, 1.5, True, None, ["High"], {"is": "High"}])
def test_what_is_not_a_text_is_not_an_answer(value):
    wrong = refusal(CLOSED, value)
    assert wrong.what.endswith("is not a text")


@pytest.mark.parametrize(
    "value", ["", "   ", "x" * (LONGEST_ANSWER + 1), "a\x00b", "a\x1b[31mb", "a\nb", "\ud800"]
)
def test_an_empty_too_long_or_unprintable_answer_is_refused(value):
    wrong = refusal(OPEN, value)
    assert wrong.what.endswith("is not an answer")
    assert str(LONGEST_ANSWER) in wrong.hint
    assert wrong.what.isprintable()


def test_the_longest_answer_is_still_an_answer():
    assert OPEN.check("x" * LONGEST_ANSWER) == "x" * LONGEST_ANSWER


def test_an_answer_that_is_not_on_the_list_is_told_the_nearest_that_is():
    assert refusal(CLOSED, "Hihg").hint == "did you mean 'High'?"
    assert refusal(CLOSED, "zzz").hint == "one of: Low, Mid, High, No"


def test_an_open_question_takes_any_answer():
    assert OPEN.check("Anything at all, même l'été") == "Anything at all, même l'été"


@pytest.mark.parametrize("values", [[], [""], "Low"])
def test_a_closed_question_has_at_least_one_answer(values):
    with pytest.raises(ValidationError):
        CategoryField.model_validate({"type": "category", "values": values})
