"""What is wrong is said all at once, where it is, and with a hint."""

import pytest

from features import errors
from features.errors import InputError, Problem, QualifoxError, did_you_mean, nearest


@pytest.mark.parametrize("name", ["PolicyError", "FactsError", "DealsError"])
def test_every_error_of_input_carries_all_its_problems(name):
    problems = [Problem(where="f:1", what="a", hint="b"), Problem(where="f:2", what="c")]
    error = getattr(errors, name)(problems)
    assert isinstance(error, InputError)
    assert error.problems == tuple(problems)
    assert str(error) == "f:1: a\n  hint: b\nf:2: c"


@pytest.mark.parametrize("name", ["InputError", "ArtifactError", "RegistryError", "EvidenceError"])
def test_every_error_on_purpose_has_one_root(name):
    assert issubclass(getattr(errors, name), QualifoxError)


def test_a_problem_without_a_place_is_only_its_words():
    assert str(Problem(where="", what="nothing fits")) == "nothing fits"


def test_the_nearest_name_is_the_closest_known_one():
    assert nearest("authorty", ["author", "authority", "amount"]) == "authority"
    assert nearest("zzz", ["authority"]) is None
    assert nearest("zzz", []) is None


def test_a_hint_lists_a_few_names_when_none_is_near():
    names = [f"field_{letter}" for letter in "abcdefghij"]
    hint = did_you_mean("zzz", names)
    assert hint.startswith("one of: field_a, field_b")
    assert hint.endswith("field_h and 2 more")
    assert did_you_mean("zzz", names[:8]).endswith("field_h")


def test_a_hint_says_so_when_nothing_is_known():
    assert did_you_mean("zzz", []) == "none is known here"


def test_a_hint_takes_any_iterable_of_names_once():
    assert did_you_mean("zzz", iter(["a", "b"])) == "one of: a, b"
