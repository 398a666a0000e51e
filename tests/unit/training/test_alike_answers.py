"""Spellings of one answer are told, and answers that mean something else are not."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.alike_answers import alike_answers


def spellings(*texts):
    column = pd.Series(pd.Categorical(texts))
    return [one.spellings for one in alike_answers("a", column)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GTX Pro", "GTXPro"), ("Direct sale", "direct-sale"), ("Élu", "elu"),
        ("Public sector", "public  Sector"), ("New/Existing", "new existing"), ("Q1", "q 1"),
    ],
)  # fmt: skip
def test_what_differs_in_writing_only_is_one_answer(one, other):
    assert spellings(one, one, other) == [(one, other)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A-", "A"), ("A+", "A"), ("<5", ">5"), ("-5", "5"), ("10-20", "1020"), ("1.5", "15"),
        ("C", "C++"), ("GTX Pro", "GTX Plus"), ("Unknown", "None"), ("", "-"),
    ],
)  # fmt: skip
def test_what_means_something_else_is_not(one, other):
    assert spellings(one, other) == []


@given(st.lists(st.text(alphabet="aAé -.1", max_size=6), max_size=12))
def test_groups_share_no_spelling_and_count_every_deal_that_has_one(texts):
    found = alike_answers("a", pd.Series(pd.Categorical(texts)))
    told = [text for one in found for text in one.spellings]
    assert len(told) == len(set(told))
    assert all(one.deals >= sum(text in one.spellings for text in texts) >= 2 for one in found)


def test_missing_answers_and_unused_levels_are_none():
    column = pd.Series(pd.Categorical(["GTX Pro", None], categories=["GTX Pro", "GTXPro"]))
    assert alike_answers("a", column) == ()
