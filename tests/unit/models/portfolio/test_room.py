"""What a "no" makes room for: exactly among few deals, by the prices of hours among many."""

import numpy as np
import pytest

from models.portfolio.knapsack import choose
from models.portfolio.room import EXACT_UP_TO, displacements


def found(values, hours, limits):
    choice = choose(np.array(values, float), np.array(hours, float), np.array(limits, float))
    arrays = np.array(values, float), np.array(hours, float), np.array(limits, float)
    return choice, list(displacements(choice, *arrays))


def test_a_deal_that_does_not_fit_at_all_has_no_loss():
    choice, left = found([5, 99], [[1], [50]], [10])
    assert choice.taken.tolist() == [True, False]
    assert [(one.row, one.loss, one.displaced) for one in left] == [(1, None, ())]


def test_where_hours_are_left_over_for_it_nothing_goes():
    """Capacity 5: the first two take 4, and the third needs 2."""
    _, left = found([40, 30, 1], [[2], [2], [2]], [5])
    assert (left[0].loss, left[0].displaced) == (29, (1,))


def test_the_loss_adds_up_from_who_goes_and_who_comes():
    random = np.random.default_rng(4)
    values, hours = random.integers(1, 90, 25) * 10.0, random.integers(1, 30, (25, 2)) / 2
    limits = hours.sum(axis=0) * 0.4
    choice, left = found(values, hours, limits)
    assert left
    for one in left:
        gone, come = values[list(one.displaced)].sum(), values[list(one.joining)].sum()
        assert one.loss == pytest.approx(gone - come - one.value)
        worked = choice.taken.copy()
        worked[list(one.displaced)] = False
        worked[[one.row, *one.joining]] = True
        assert (hours[worked].sum(axis=0) <= limits + 1e-9).all()


def test_among_many_the_cheapest_hours_are_named_and_would_do():
    random = np.random.default_rng(5)
    n = EXACT_UP_TO * 3
    values, hours = random.lognormal(8, 1, n), random.lognormal(3, 1, (n, 2))
    limits = hours.sum(axis=0) * 0.3
    choice, left = found(values, hours, limits)
    spare = limits - hours[choice.taken].sum(axis=0)
    for one in left:
        if one.loss is None:
            continue
        freed = hours[list(one.displaced)].sum(axis=0)
        assert (freed + spare >= hours[one.row] - 1e-9).all()
        for deal in one.displaced:  # none of them goes for nothing
            assert (freed - hours[deal] + spare < hours[one.row] + 1e-9).any()
        assert not one.is_exact
        gone = values[list(one.displaced)].sum()
        assert one.loss <= gone - one.value + choice.gap * choice.bound + 1e-6
