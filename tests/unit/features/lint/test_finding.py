"""A finding as people read it, and as data."""

import json

import pytest

from features.lint import EXPLANATIONS, Finding
from features.lint.finding import said

FOUND = Finding(
    code="SHADOWED",
    severity="warning",
    path=("knockouts", 3, "when"),
    where="policy.yaml:12",
    what=said("it is shadowed", "il est dans l'ombre : inutile"),
    hint=said("drop it", "le retirer"),
    about=("a", "b"),
    also=("policy.yaml:4",),
)


def test_the_first_line_says_where_and_what_and_a_hint_follows():
    assert FOUND.in_("en") == ("policy.yaml:12: warning SHADOWED: it is shadowed\n  hint: drop it")
    assert FOUND.in_("fr") == (
        "policy.yaml:12: avertissement SHADOWED: il est dans l'ombre\xa0: inutile\n"
        "  conseil\xa0: le retirer"
    )


def test_as_data_it_survives_json():
    data = FOUND.to_data("fr")
    assert json.loads(json.dumps(data)) == data
    assert data["path"] == ["knockouts", 3, "when"]


@pytest.mark.parametrize("code", sorted(EXPLANATIONS))
def test_what_is_found_is_told_in_two_languages_with_a_hint(code, lint):
    for one in lint(EXPLANATIONS[code].example, deals=True):
        assert one.what.en != one.what.fr
        assert one.hint.en != one.hint.fr
        for text in (one.what, one.hint):
            assert " :" not in text.fr.replace("\xa0", "_")
            assert "{}" not in text.en
