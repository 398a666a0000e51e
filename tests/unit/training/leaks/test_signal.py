"""What a column says alone: honest about noise, small numbers and many looks."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from training.leaks.levels import levels_of
from training.leaks.signal import (
    area_under_curve,
    log_odds_gap,
    lower_area,
    purity_gap,
    signal,
    strictness,
)


def levels(values):
    return levels_of(pd.Series(values))


def test_noise_with_many_values_says_nothing_where_the_naive_way_would(rng):
    """The negative control: fitted to its own deals, the same noise looks like a leak."""
    won = (rng.random(600) < 0.4).astype(float)
    noise = rng.integers(0, 200, 600)
    naive = pd.Series(won).groupby(noise).transform("mean")
    assert roc_auc_score(won, naive) > 0.75
    found = signal(levels(noise.astype(str)), won, strictness(20))
    assert found.low < 0.5
    assert found.skill < 0


def test_a_copy_is_perfect_and_its_bound_knows_how_few_deals_there_are(won):
    many = signal(levels(np.where(won == 1, "y", "n")), won, strictness(20))
    few = signal(levels(np.where(won[:30] == 1, "y", "n")), won[:30], strictness(20))
    assert many.auc == few.auc == 1.0
    assert 0.9 < many.low < 1
    assert few.low < many.low
    assert many.tells


def test_the_area_is_that_of_scikit_learn(rng):
    scores = np.round(rng.random(300), 1)
    won = (rng.random(300) < scores).astype(float)
    ours = area_under_curve(scores, won, 1 - won)
    assert ours == pytest.approx(roc_auc_score(won, scores))
    assert area_under_curve(scores, won * 0, 1 - won) == 0.5


@pytest.mark.parametrize("truth", [0.6, 0.75, 0.9])
def test_the_bound_lies_below_the_truth_as_often_as_it_promises(rng, truth):
    """At z = 1.645 one in twenty may lie above; a bound without z lies above half the time."""
    from scipy.stats import norm

    shift, above, naive = float(np.sqrt(2) * norm.ppf(truth)), 0, 0
    for _ in range(400):
        won = (np.arange(200) < 80).astype(float)
        scores = rng.normal(size=200) + shift * won
        auc = area_under_curve(scores, won, 1 - won)
        above += lower_area(auc, won, 1.645) > truth
        naive += auc > truth
    assert above <= 0.08 * 400
    assert naive > 0.35 * 400


def test_more_looks_are_judged_more_strictly():
    looks = [strictness(n) for n in (0, 1, 10, 1000)]
    assert looks == sorted(looks)


def test_a_gap_is_zero_where_it_may_be_chance():
    deals, won = np.array([50, 50, 900]), np.array([25.0, 49.0, 450.0])
    gaps = log_odds_gap(won, deals, 3.0)
    assert gaps[0] == 0
    assert gaps[1] > 1
    assert log_odds_gap(deals - won, deals, 3.0)[1] == pytest.approx(-gaps[1])


def test_purity_counts_for_little_where_nearly_all_end_so():
    assert purity_gap(0, 60, 0.5, 10) > 2
    assert purity_gap(0, 60, 0.1, 10) == 0
    assert purity_gap(0, 8, 0.5, 10) == 0
