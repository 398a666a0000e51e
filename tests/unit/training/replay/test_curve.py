"""One order of work: steps, ties, straight lines, and draws of whole accounts."""

import numpy as np
import pytest

from training.evaluation.bootstrap import N_SLOW_DRAWS, drawn_counts
from training.replay.curve import Order, cumulated, enough_at, kept_at, track_of

ONES = np.ones(4)
OWN = np.arange(4)


def track(scores, work=ONES, kept=(1.0, 0.0, 1.0, 0.0), cluster=OWN):
    return track_of(Order.by(*scores), work, np.array(kept), cluster, seed=0)


def test_deals_that_no_score_tells_apart_are_worked_alike():
    found = track([np.zeros(4)])
    assert found.kept == pytest.approx(np.linspace(0, 1, 101))
    assert found.enough_at.value == pytest.approx(0.9)


def test_the_highest_score_is_worked_first_and_the_unknown_last():
    order = Order.by(np.array([1.0, np.nan, 3.0, 1.0]), np.array([0.0, 9.0, 0.0, 1.0]))
    assert order.rows.tolist() == [2, 3, 0, 1]
    assert order.starts.tolist() == [0, 1, 2, 3]


def test_what_is_kept_lies_on_straight_lines_between_steps():
    found = track([np.array([4.0, 2.0, 3.0, 2.0])])
    assert [mark.value for mark in found.marks] == [0.5, 1.0, 1.0]
    assert found.kept[10] == pytest.approx(0.2)
    assert found.enough_at.value == pytest.approx(0.45)


def test_work_that_takes_no_time_is_done_at_once():
    found = track([np.array([1.0, 3.0, 4.0, 2.0])], work=np.array([2.0, 0.0, 0.0, 2.0]))
    assert found.kept[0] == 0.5
    assert found.kept[50] == 0.5
    assert found.kept[75] == 0.75


def test_a_jump_does_not_bend_the_line_before_it():
    work, kept = np.array([0.0, 0.5, 0.5, 1.0]), np.array([0.0, 0.2, 0.8, 1.0])
    at = kept_at(np.array([0.25, 0.5, 0.75, 1.0]), work, kept)
    assert at == pytest.approx([0.1, 0.8, 0.9, 1.0])
    assert enough_at(work, kept) == pytest.approx(0.75)


def test_the_best_order_is_by_what_each_deal_brings_for_its_work():
    work, kept = np.array([2.0, 1.0, 4.0, 0.0]), np.array([2.0, 2.0, 0.0, 1.0])
    assert Order.best(work, kept).rows.tolist() == [3, 1, 0, 2]


def test_nothing_to_do_or_to_keep_makes_no_track():
    assert track([ONES], kept=(0.0, 0.0, 0.0, 0.0)) is None
    assert track([ONES], work=np.zeros(4)) is None


def test_marks_are_drawn_as_a_loop_over_whole_accounts_draws_them():
    random = np.random.default_rng(0)
    work, kept = random.integers(1, 5, 30).astype(float), random.integers(0, 2, 30).astype(float)
    cluster, score = random.integers(0, 6, 30), random.integers(0, 9, 30).astype(float)
    found = track_of(Order.by(score), work, kept, cluster, seed=3)
    assert found is not None
    halves = []
    for counts in np.concatenate(list(drawn_counts(6, N_SLOW_DRAWS, seed=3))):
        rows = [row for row in range(30) for _ in range(int(counts[cluster[row]]))]
        order = Order.by(score[rows])
        along = [cumulated(order, values[rows]) for values in (work, kept)]
        halves.append(kept_at(np.array([0.5]), *(one / one[-1] for one in along))[0])
    low, high = np.quantile(halves, (0.05, 0.95))
    assert (found.marks[1].low, found.marks[1].high) == pytest.approx((low, high))


def test_draws_of_many_steps_taken_together_are_nearly_those_of_each(monkeypatch):
    random = np.random.default_rng(1)
    kept = (random.random(900) < 0.3).astype(float)
    pair = random.random(900), random.integers(0, 90, 900)
    whole = track_of(Order.by(pair[0]), np.ones(900), kept, pair[1], seed=0)
    monkeypatch.setattr("training.replay.curve.MOST_STEPS", 300)
    coarse = track_of(Order.by(pair[0]), np.ones(900), kept, pair[1], seed=0)
    assert whole is not None
    assert coarse is not None
    for one, other in zip(whole.marks, coarse.marks, strict=True):
        assert (one.low, one.high) == pytest.approx((other.low, other.high), abs=0.005)
