"""How a specification learns for the gate, and whether it has anything to start from."""

from dataclasses import replace

import numpy as np

from features import parse_policy
from tests.closed_worlds import POLICY, made_up
from training.promotion.fitting import grouped_splits, learned_again, starts_from_policy

BARE = parse_policy(
    "\n".join(line for line in POLICY.text.splitlines() if "id: large" not in line)
    .replace("criteria:", "criteria: []")
    .encode()
)


def test_a_model_starts_from_the_points_that_it_may_see_and_from_nothing_without():
    deals = made_up(0, 60)
    assert starts_from_policy(deals, POLICY)
    assert not starts_from_policy(deals, BARE)
    assert not starts_from_policy(replace(deals, kept_out=("size",)), POLICY)


def test_a_specification_learns_from_the_rows_it_is_given_alone():
    deals, rows = made_up(1, 200), np.arange(120)
    model = learned_again(deals, POLICY, rows, seed=0)
    assert model.provenance.n_deals <= len(rows)
    turned = np.where(np.arange(200) < 120, deals.won, 1 - deals.won)
    other = learned_again(replace(deals, won=turned), POLICY, rows, seed=0)
    assert (model.p_win(deals.table)[0] == other.p_win(deals.table)[0]).all()


def test_grouped_splits_ignore_the_days():
    deals = made_up(2, 200)
    ours = grouped_splits(deals, seed=0, n_splits=4)
    theirs = grouped_splits(made_up(2, 200, dated=False), seed=0, n_splits=4)
    assert all((one.train == other.train).all() for one, other in zip(ours, theirs, strict=True))
