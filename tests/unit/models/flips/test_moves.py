"""How far an answer is from the one a deal has."""

from datetime import date

import numpy as np
import pytest

from features.columns import CategoryColumn, NumericColumn
from features.deal import NOT_APPLICABLE
from features.fields import BooleanField, CategoryField, DateField, NumberField
from models.flips.moves import moves_of

SIZE = NumberField(type="number")
PAST = NumericColumn(np.array([1.0, 2.0, 3.0, 4.0, 1e9]))


def test_a_number_moves_by_the_deals_in_between():
    near, far, farthest = moves_of(2.0, (3.0, 4.0, 1e9), SIZE, PAST)
    assert 0 < near < far < farthest < 1


def test_without_past_deals_the_answers_to_try_give_the_order():
    near, far = moves_of(1.0, (2.0, 99.0), SIZE, None)
    assert 0 < near < far


def test_an_unknown_number_moves_from_the_middle():
    low, middle, high = moves_of(None, (1.0, 3.0, 1e9), SIZE, PAST)
    assert middle == pytest.approx(0)
    assert low == pytest.approx(high)


def test_words_move_all_the_way_or_along_their_order():
    ranks = CategoryField(type="category", values=("low", "mid", "high"), ordered=True)
    assert moves_of("low", ("mid", "high"), ranks, None) == (0.5, 1.0)
    assert moves_of("a", ("b",), CategoryField(type="category"), None) == (1.0,)
    assert moves_of(True, (False,), BooleanField(type="boolean"), None) == (1.0,)


def test_an_unknown_word_moves_by_how_unusual_it_is():
    past = CategoryColumn(np.array([0, 0, 0, 1], dtype=np.int32), ("a", "b"))
    field = CategoryField(type="category", not_applicable=())
    assert moves_of(None, ("a", "b", NOT_APPLICABLE), field, past) == (0.25, 0.75, 1.0)
    assert moves_of(None, ("a",), field, None) == (1.0,)


def test_days_are_numbers_and_what_does_not_apply_is_a_whole_way_off():
    field = DateField(type="date", not_applicable=())
    days = (date(2026, 1, 2), date(2026, 5, 1), NOT_APPLICABLE)
    near, far, off = moves_of(date(2026, 1, 1), days, field, None)
    assert 0 < near < far < off
