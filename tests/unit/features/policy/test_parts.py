"""What the parts of a policy file have in common."""

import pytest
from pydantic import ValidationError

from features.policy.knockouts import KnockoutText, Period
from features.policy.parts import form_with, word_or_mapping

KNOCKOUT = {"id": "a", "when": {"b": True}, "reason": {"en": "a", "fr": "b"}}


def test_the_form_that_somebody_wrote_is_the_one_whose_mistakes_are_told():
    assert [word_or_mapping(form) for form in ("no_go", {"a": 1}, 5)] == [
        "(word)", "(mapping)", "(word)",
    ]  # fmt: skip
    for then, place in (("no_goo", ("then", "(word)")), ({"go": 1}, ("then", "(mapping)", "go"))):
        with pytest.raises(ValidationError) as refused:
            KnockoutText.model_validate({**KNOCKOUT, "then": then})
        assert place in [error["loc"] for error in refused.value.errors()]


def test_a_mapping_is_known_by_its_key_before_and_after_it_is_read():
    form = form_with("closed")
    assert form({"closed": "x"}) == "(closed)"
    assert form({}) == form("text") == "(else)"


def test_a_part_cannot_be_changed():
    period = Period.model_validate({"from": "2026-01-05"})
    with pytest.raises(ValidationError, match="frozen"):
        period.until = None  # type: ignore[misc]
