"""Laws of windows, splits and figures, each with a broken variant that it catches."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from features.columns import NumericColumn
from tests.closed_worlds import FIRST, made_up
from training.evaluation.metrics import auc, cox_lines, log_losses, weighted_aucs
from training.evaluation.reliability import brier_parts
from training.evaluation.siblings import SIBLING_DAYS
from training.evaluation.splits import best_split_at, newest, rolling_splits, split_at, split_deals
from training.evaluation.windows import EMBARGO_DAYS

seeds = st.integers(0, 10_000)
cuts = st.integers(300, 1100).map(lambda day: FIRST + day)
FEW = settings(max_examples=40)


def with_twins(deals, seed):
    """Let a fifth of the deals be alike another one."""
    random = np.random.default_rng(seed)
    same = np.arange(len(deals))
    some = random.random(len(deals)) < 0.2
    same[some] = random.integers(0, len(deals), some.sum())
    return replace(deals, twins=deals.twins[same])


def straddling(deals, split):
    """Return the pairs of one account opened within 30 days that stand on both sides."""
    pairs = []
    for i in split.train:
        near = abs((deals.opened_on[split.held_out] - deals.opened_on[i]).astype(int))
        same = (deals.accounts[split.held_out] == deals.accounts[i]) & (deals.accounts[i] >= 0)
        pairs += [(i, j) for j in split.held_out[same & (near <= SIBLING_DAYS)]]
    return pairs


@given(seeds, cuts, st.integers(0, 120))
@FEW
def test_nothing_teaches_that_closed_within_the_embargo_and_nothing_judges_before(seed, cut, gap):
    deals = made_up(seed)
    split = split_at(deals, cut, embargo_days=gap)
    assert (deals.closed_on[split.train] < cut - np.timedelta64(gap, "D")).all()
    assert (deals.closed_on[split.held_out] >= cut).all()
    by_opening = np.flatnonzero(deals.opened_on < cut - np.timedelta64(gap, "D"))
    if len(by_opening) > len(split.train) + 20:  # windows of opening days break the law
        assert (deals.closed_on[by_opening] >= cut - np.timedelta64(gap, "D")).any()


@given(seeds, cuts)
@FEW
def test_twins_and_siblings_never_straddle(seed, cut):
    deals = with_twins(made_up(seed), seed)
    split = split_at(deals, cut)
    assert not set(deals.twins[split.train]) & set(deals.twins[split.held_out])
    assert straddling(deals, split) == []


def test_without_the_rule_they_do():
    found = [made_up(seed) for seed in range(10)]
    cut = FIRST + 900
    naive = [replace(split_at(d, cut), held_out=np.flatnonzero(d.closed_on >= cut)) for d in found]
    assert any(straddling(d, split) for d, split in zip(found, naive, strict=True))


@given(seeds, cuts)
@FEW
def test_what_came_after_the_cut_changes_nothing_of_what_teaches(seed, cut):
    deals = with_twins(made_up(seed), seed)
    later = deals.closed_on >= cut
    random = np.random.default_rng(seed)
    changed = replace(
        deals,
        won=np.where(later, 1 - deals.won, deals.won),
        twins=np.where(later, random.permutation(deals.twins), deals.twins),
        accounts=np.where(later, random.permutation(deals.accounts), deals.accounts),
        closed_on=np.where(later, cut + random.integers(0, 900, len(deals)), deals.closed_on),
    )
    assert (split_at(deals, cut).train == split_at(changed, cut).train).all()
    fewer = deals.take(np.flatnonzero(~later))
    assert len(split_at(fewer, cut).train) == len(split_at(deals, cut).train)


@given(seeds)
@FEW
def test_the_order_of_rows_and_columns_does_not_matter(seed):
    deals = with_twins(made_up(seed), seed)
    order = np.random.default_rng(seed).permutation(len(deals))
    shuffled = deals.take(order)
    columns = dict(reversed(shuffled.table.columns.items()))
    shuffled = replace(shuffled, table=replace(shuffled.table, columns=columns))
    kind, (split,) = split_deals(deals, seed=0)
    other_kind, (other,) = split_deals(shuffled, seed=0)
    assert kind == other_kind == "time"
    assert split.cut == other.cut
    assert set(split.train) == set(order[other.train])
    assert set(split.held_out) == set(order[other.held_out])
    small, other_small = newest(deals, split, 50), newest(shuffled, other, 50)
    assert set(small.train) == set(order[other_small.train])


@given(seeds)
@FEW
def test_earlier_cuts_grow_and_judge_what_comes_next(seed):
    deals = made_up(seed, n=600)
    _, (last,) = split_deals(deals, seed=0)
    every = [*rolling_splits(deals, last), last]
    assert len(every) == 3
    for early, late in pairwise(every):
        forgotten = np.setdiff1d(early.train, late.train)  # what was found to be burn-in later
        assert (deals.closed_on[forgotten] < deals.closed_on[late.train].min()).all()
        assert len(early.train) < len(late.train)
        assert early.until == late.cut
        assert (deals.closed_on[early.held_out] < late.cut).all()
        gap = late.cut - deals.closed_on[late.train].max()
        assert gap > np.timedelta64(EMBARGO_DAYS, "D")


def test_an_account_teaches_later_deals_of_its_own():
    deals = made_up(3, n=600, accounts=20)
    split = best_split_at(deals, FIRST + 900)
    assert split is not None
    shared = set(deals.accounts[split.train]) & set(deals.accounts[split.held_out]) - {-1}
    assert len(shared) >= 10


def outcomes(seed, n=60):
    random = np.random.default_rng(seed)
    p = random.random(n).round(2)
    won = (random.random(n) < p).astype(float)
    won[:2] = [0, 1]
    return np.clip(p, 0.01, 0.99), won, random


@given(seeds)
@FEW
def test_the_parts_of_the_brier_score_add_up(seed):
    p, won, _ = outcomes(seed)
    one = brier_parts(p, won)
    whole = one.reliability - one.resolution + one.uncertainty + one.within
    assert np.isclose(whole, np.mean((p - won) ** 2))
    assert min(one.reliability, one.resolution, one.uncertainty) >= 0


@given(seeds)
@FEW
def test_the_auc_is_the_share_of_pairs_in_order(seed):
    p, won, _ = outcomes(seed)
    above = np.sign(p[won == 1][:, None] - p[won == 0][None])
    assert np.isclose(auc(p, won) or 0.0, (above.mean() + 1) / 2)


@given(seeds)
@FEW
def test_counting_a_deal_twice_is_having_it_twice(seed):
    p, won, random = outcomes(seed)
    counts = random.integers(0, 3, len(p))
    counts[:2] = 1
    rows = np.repeat(np.arange(len(p)), counts)
    weights = counts[None].astype(float)
    once = np.ones((1, len(rows)))
    assert np.isclose(weighted_aucs(p, won, weights)[0], auc(p[rows], won[rows]) or 0.0)
    lines = cox_lines(p, won, weights), cox_lines(p[rows], won[rows], once)
    assert np.allclose(*lines, atol=1e-5)


@given(seeds)
@FEW
def test_the_calibration_line_is_where_no_other_line_loses_less(seed):
    p, won, random = outcomes(seed, 200)
    logit = np.log(p / (1 - p))
    line = cox_lines(p, won, np.ones((1, len(p))))[0]

    def loss(intercept, slope):
        return log_losses(1 / (1 + np.exp(-intercept - slope * logit)), won).sum()

    best = loss(*line)
    assert all(best <= loss(*(line + random.normal(0, 0.1, 2))) + 1e-6 for _ in range(10))


def test_a_fact_changed_after_the_cut_leaves_the_lessons_as_they_were():
    deals = made_up(1)
    cut = FIRST + 800
    later = deals.closed_on >= cut
    size = np.where(later, 99.0, deals.table.columns["size"].values)
    columns = {**deals.table.columns, "size": NumericColumn(size)}
    changed = replace(deals, table=replace(deals.table, columns=columns))
    (before, after) = (d.take(split_at(d, cut).train) for d in (deals, changed))
    sizes = (d.table.columns["size"].values for d in (before, after))
    assert np.array_equal(*sizes)
