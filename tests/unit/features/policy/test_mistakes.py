"""Mistakes are told in words for the people who write policies, each with what to write."""

import re

import pytest

from features import PolicyError, parse_policy
from features.policy.mistakes import _WORDS


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("won: [Won]", "won: []", "'won' holds nothing"),
        ("won: [Won]", "won: Won", "'won' is not a list"),
        ("points: 20", "points: many", "'points' is not a number"),
        ("points: 20", "points: -5000", "'points' is too small"),
        ("p_win: 0.3", "p_win: 3", "'p_win' is too large"),
        ("then: no_go", "then: stop", "'then' is none of the words it can be"),
        ("max: 5000000", "max: .inf", "'max' is not a number"),
    ],
)
def test_a_wrong_value_is_named_and_shown_how_it_should_be(policy_text, old, new, words):
    assert old in policy_text
    with pytest.raises(PolicyError) as refused:
        parse_policy(policy_text.replace(old, new, 1).encode())
    (problem,) = refused.value.problems
    assert problem.what == words
    assert problem.hint


def test_no_hint_is_left_with_a_blank_to_fill_in_but_the_bounds():
    blanks = {name for _, hint in _WORDS.values() for name in re.findall(r"\{(\w+)", hint)}
    assert blanks - {"name"} <= {"ge", "le", "expected", "max_length"}
