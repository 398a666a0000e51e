"""How many parameters so many deals can feed."""

from math import log

import pytest

from training.evaluation.affordable import affordable


def test_more_deals_and_more_to_learn_afford_more():
    gain = -log(1 - 0.15) / 2
    few, many = affordable(gain, 400, 30), affordable(gain, 4000, 30)
    assert few.parameters < many.parameters
    assert affordable(2 * gain, 400, 30).parameters > few.parameters
    assert few.r2 == pytest.approx(0.15)


def test_the_deals_needed_afford_the_columns_and_one_less_does_not():
    found = affordable(0.05, 1000, 40)
    assert affordable(0.05, found.deals_needed or 0, 40).parameters == 40
    assert affordable(0.05, (found.deals_needed or 0) - 1, 40).parameters == 39


def test_where_nothing_is_learned_nothing_is_afforded_and_certainty_is_finite():
    assert affordable(0.0, 1000, 5).deals_needed is None
    assert affordable(5.0, 1000, 5).parameters > 5
