"""An interval for each figure: it holds the figure, and shrinks as deals come."""

import numpy as np
from scipy.special import expit

from training.evaluation.estimates import Estimates
from training.evaluation.intervals import intervals


def drawn(n, seed=0):
    random = np.random.default_rng(seed)
    log_odds = random.normal(size=n)
    won = (random.random(n) < expit(log_odds)).astype(float)
    return Estimates(
        row=np.arange(n), p_win=expit(log_odds), won=won, base=np.full(n, won.mean()),
        cluster=np.arange(n),
    )  # fmt: skip


def test_more_deals_make_every_interval_narrower():
    few, many = (intervals(drawn(n), [slice(0, n)], seed=0) for n in (100, 1600))
    for name in few:
        wide, narrow = (float(np.diff(one[name])[0]) for one in (few, many))
        assert narrow < wide / 2, name


def test_figures_that_cannot_be_told_have_no_interval():
    of = drawn(60)
    flat = Estimates(
        row=of.row, p_win=np.full(60, 0.5), won=of.won, base=of.base, cluster=of.cluster
    )
    assert "calibration_slope" not in intervals(flat, [slice(0, 60)], seed=0)
    lost = Estimates(
        row=of.row, p_win=of.p_win, won=np.zeros(60), base=of.base, cluster=of.cluster
    )
    assert set(intervals(lost, [slice(0, 60)], seed=0)) >= {"log_loss", "brier"}
    assert "auc" not in intervals(lost, [slice(0, 60)], seed=0)
