"""Shares of known hours, with intervals that whole accounts give."""

import numpy as np
import pytest

from training.effort.ratios import FEWEST_ACCOUNTS, Ratio, ratios_of

N = 400
EVERYTHING = np.ones(N, dtype=bool)
HALF = np.arange(N) % 2 == 0


def ratio(hours, cluster, rows=HALF, of=EVERYTHING):
    return ratios_of(hours, cluster, [(rows, of)], seed=0)[0]


def test_unknown_hours_are_on_neither_side():
    hours = np.where(np.arange(N) < 100, np.nan, 2.0)
    assert ratio(hours, np.arange(N)).value == pytest.approx(0.5)
    assert ratio(np.where(HALF, np.nan, 2.0), np.arange(N)).value == 0.0


def test_of_no_hours_there_is_no_share():
    assert ratio(np.full(N, np.nan), np.arange(N)) == Ratio(value=None)
    assert ratio(np.ones(N), np.arange(N), of=~EVERYTHING).value is None
    assert ratios_of(np.ones(N), np.arange(N), [], seed=0) == []


def test_no_interval_is_claimed_from_few_accounts():
    few = np.arange(N) % (FEWEST_ACCOUNTS - 1)
    some = np.random.default_rng(2).random(N) < 0.5
    assert ratio(np.ones(N), few, some).low is None
    assert ratio(np.ones(N), np.arange(N) % FEWEST_ACCOUNTS, some).low is not None


def test_none_and_all_of_the_deals_have_no_interval():
    for rows in (EVERYTHING, ~EVERYTHING):
        found = ratio(np.ones(N), np.arange(N), rows)
        assert (found.value, found.low, found.high) == (float(rows.all()), None, None)


def test_deals_of_one_account_are_not_as_many_witnesses():
    """The negative control: without accounts the interval of the same deals is far too narrow."""
    blocks = np.arange(N) // 40
    mixed = np.random.default_rng(1).random(10)[blocks] < 0.5
    wide, narrow = ratio(np.ones(N), blocks, mixed), ratio(np.ones(N), np.arange(N), mixed)
    assert wide.high - wide.low > 3 * (narrow.high - narrow.low)


def test_nine_intervals_of_ten_hold_the_truth():
    random, held = np.random.default_rng(3), 0
    for _ in range(100):
        sizes = random.poisson(4, 60) + 1
        cluster = np.repeat(np.arange(60), sizes)
        lost = random.random(len(cluster)) < np.repeat(random.beta(3, 7, 60), sizes)
        hours = random.exponential(10, len(cluster))
        found = ratio(hours, cluster, lost, np.ones(len(cluster), dtype=bool))
        held += found.low <= 0.3 <= found.high
    assert 82 <= held <= 97
