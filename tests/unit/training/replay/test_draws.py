"""Figures and their intervals, drawn together."""

import numpy as np
import pytest

from training.evaluation.bootstrap import N_DRAWS, drawn_counts, interval_of
from training.replay.draws import drawn


def test_figures_are_drawn_by_whole_accounts_and_together():
    sums = np.array([[1.0, 10.0], [2.0, 0.0], [3.0, 5.0]])
    one, other = drawn([sums[:, :1], sums[:, 1:]], seed=4)
    counts = np.concatenate(list(drawn_counts(3, N_DRAWS, seed=4)))
    figure = one.figure(0)
    assert figure.value == 6.0
    assert (figure.low, figure.high) == interval_of(counts @ sums[:, 0])
    ratio = other.ratio(0, one, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        told = interval_of((counts @ sums[:, 1]) / (counts @ sums[:, 0]))
    assert ratio is not None
    assert ratio.value == 2.5
    assert (ratio.low, ratio.high) == pytest.approx(told)


def test_nothing_is_no_denominator():
    (one,) = drawn([np.array([[1.0, 0.0], [2.0, 0.0]])], seed=0)
    assert one.ratio(0, one, 1) is None


def test_what_is_always_the_same_has_no_doubt():
    (one,) = drawn([np.array([[2.0], [2.0]])], seed=0)
    figure = (one - one).figure(0)
    assert (figure.value, figure.low, figure.high) == (0, 0, 0)
