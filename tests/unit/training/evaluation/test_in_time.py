"""Windows, strict future, and how much a random split flatters."""

from dataclasses import replace
from typing import Any

import numpy as np

from features.columns import NumericColumn
from tests.closed_worlds import FIRST, POLICY, made_up
from training.evaluation.in_time import strict_future, windows
from training.evaluation.judge import judge_splits
from training.evaluation.plan import evaluate
from training.evaluation.splits import split_deals
from training.evaluation.windows import after_burn_in, burn_in_of, decided_from


def in_campaigns(seed=0, n=1200, weeks=40):
    """Return deals whose chance hangs on the campaign of their month, which a column names."""
    deals = made_up(seed, n, effect=0.4)
    random = np.random.default_rng(seed)
    campaign = ((deals.closed_on - FIRST).astype(int) * weeks // 1320).clip(max=weeks - 1)
    luck = random.normal(0, 1.6, weeks)[campaign]
    won = (random.random(n) < 1 / (1 + np.exp(-luck))).astype(float)
    columns = {**deals.table.columns, "noise": NumericColumn(campaign.astype(float))}
    return replace(deals, table=replace(deals.table, columns=columns), won=won)


def test_a_random_split_flatters_what_is_only_alike_its_neighbours_in_time():
    found: Any = evaluate(in_campaigns(), POLICY, seed=0).summary.optimism
    assert found.alarming
    assert found.auc_gap > 2 * found.auc_error
    assert found.log_loss_gap > 0


def test_and_does_not_where_time_says_nothing():
    found: Any = evaluate(made_up(1, 700), POLICY, seed=0).summary.optimism
    assert abs(found.auc_gap) < 3 * found.auc_error


def test_the_strict_future_holds_what_was_decided_after_the_cut():
    deals = made_up(0, 900)
    split: Any = split_deals(deals, seed=0)[1][0]
    (judged,) = judge_splits(deals, POLICY, [split], seed=0)
    found: Any = strict_future(deals, judged)
    later = deals.table.as_of[split.held_out] >= split.cut
    assert found.deals == later.sum() < len(split.held_out)
    exported = replace(deals, table=replace(deals.table, as_of=np.full(900, FIRST + 5000)))
    assert not decided_from(exported, split.cut).any()
    assert strict_future(exported, judged) is None


def test_the_first_closings_are_left_out_everywhere():
    deals = made_up(0, 900)
    burn_in = burn_in_of(deals)
    early = deals.closed_on < np.datetime64(burn_in.end)
    assert burn_in.deals == early.sum() > 0
    assert np.array_equal(after_burn_in(deals), ~early)
    split: Any = split_deals(deals, seed=0)[1][0]
    assert not early[split.train].any()
    (judged,) = judge_splits(deals, POLICY, [split], seed=0)
    assert windows(deals, judged).burn_in_deals == early.sum()


def test_a_short_past_is_kept_and_the_share_is_told():
    deals = made_up(0, 900, days=120)
    burn_in = burn_in_of(deals)
    assert burn_in.end is None
    assert (burn_in.share or 0) > 1 / 3
    assert after_burn_in(deals).all()
    undated = made_up(0, 90, dated=False)
    assert burn_in_of(undated).share is None
    assert after_burn_in(undated).all()


def test_an_early_burn_in_is_told_by_what_was_known_then():
    deals = made_up(0, 900)
    known = after_burn_in(deals, FIRST + 500)
    later = deals.closed_on >= FIRST + 500
    slower = replace(deals, closed_on=np.where(later, deals.closed_on + 2000, deals.closed_on))
    assert np.array_equal(known, after_burn_in(slower, FIRST + 500))
    assert not np.array_equal(after_burn_in(deals), after_burn_in(slower))


def test_what_cannot_be_told_apart_in_time_is_judged_by_groups():
    deals = made_up(0, 60)
    assert split_deals(deals, seed=0, n_splits=4)[0] == "grouped"  # too few on either side
    none = replace(deals, closed_on=np.full(60, np.datetime64("NaT"), dtype="datetime64[D]"))
    assert split_deals(none, seed=0, n_splits=4)[0] == "grouped"


def test_twins_may_stand_on_both_sides_where_hardly_a_deal_is_without_one():
    deals = replace(made_up(0, 600), twins=np.arange(600) % 4)
    split: Any = split_deals(deals, seed=0)[1][0]
    assert not split.twins_apart
    assert len(split.held_out) > 100
