"""Where the model is off, and where it only seems to be."""

from dataclasses import replace

import numpy as np

from features.columns import CategoryColumn
from tests.closed_worlds import POLICY, made_up
from training.evaluation.estimates import Estimates
from training.evaluation.segments import FEWEST_DEALS, segments


def world(seed, n=600, *, off=0.0):
    """Return deals and what a model says of them: the truth, but for one source."""
    random = np.random.default_rng(seed)
    deals = made_up(seed, n)
    source = deals.table.columns["source"]
    assert isinstance(source, CategoryColumn)
    p = random.uniform(0.1, 0.8, n)
    truth = np.clip(p + off * (source.codes == 1), 0, 1)
    won = (random.random(n) < truth).astype(float)
    estimates = Estimates(
        row=np.arange(n), p_win=p, won=won, base=np.full(n, 0.45), cluster=np.arange(n)
    )
    return replace(deals, won=won), estimates


def test_a_segment_that_is_off_is_flagged_and_comes_first():
    deals, estimates = world(0, off=0.2)
    first = segments(deals, POLICY, estimates)[0]
    assert (first.field, first.level, first.flagged) == ("source", "web", True)
    assert first.interval[0] > 0


def test_chance_is_hardly_ever_flagged():
    flagged = [
        any(one.flagged for one in segments(*_with_policy(world(seed)))) for seed in range(60)
    ]
    assert np.mean(flagged) <= 0.13


def _with_policy(found):
    deals, estimates = found
    return deals, POLICY, estimates


def test_small_segments_and_questions_with_many_answers_are_left_out():
    deals, estimates = world(0)
    many = CategoryColumn(np.arange(600, dtype=np.int32) % 15, tuple("abcdefghijklmno"))
    columns = {**deals.table.columns, "source": many}
    found = segments(
        replace(deals, table=replace(deals.table, columns=columns)), POLICY, estimates
    )
    assert {one.field for one in found} == {"urgent"}
    assert all(one.deals >= FEWEST_DEALS for one in found)
    assert segments(deals, POLICY, estimates.take(np.arange(20))) == ()


def test_what_no_model_may_see_is_no_segment():
    deals, estimates = world(0)
    found = segments(replace(deals, kept_out=("source", "urgent")), POLICY, estimates)
    assert found == ()
