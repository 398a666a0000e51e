"""Laws of the leak alarm and of twins, each with a broken variant that it catches."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from models.evidence import win_rate_interval
from reports.findings import Severity
from training.leaks import LabelledDeals, find_leaks
from training.twins import find_twins

seeds = st.integers(0, 10_000)
cells = st.sampled_from(["a", "b", None])


def noise(seed, n=300):
    """Return deals whose columns say nothing, under the worst names there are."""
    rng = np.random.default_rng(seed)
    words = rng.choice(np.array(["won", "lost", "open"], dtype=object), n, p=[0.35, 0.5, 0.15])
    frame = pd.DataFrame(
        {
            "Closed Won Reason": rng.choice(["x", "y", "z"], n),
            "Days in stage": rng.lognormal(3, 1, n),
            "Probability": np.where(rng.random(n) < 0.3, np.nan, rng.integers(0, 100, n)),
            "account": rng.integers(0, 80, n).astype(str),
        }
    )
    return LabelledDeals(frame=frame, outcome=words)


def severities(deals):
    return {one.column: one.severity for one in find_leaks(deals)}


@given(seeds)
@settings(max_examples=60)
def test_noise_is_never_certain_whatever_its_name(seed):
    assert Severity.CERTAIN not in severities(noise(seed)).values()


@given(seeds)
@settings(max_examples=30)
def test_a_copy_among_the_noise_always_is(seed):
    """The negative control of the law above: it is not for want of looking."""
    deals = noise(seed)
    deals.frame["cf"] = np.where(deals.outcome == "won", "A", "B")
    assert severities(deals)["cf"] is Severity.CERTAIN


@given(seeds, st.floats(-50, 50), st.floats(0.01, 50))
@settings(max_examples=40)
def test_units_and_spelling_change_nothing(seed, shift, scale):
    """A column in other units, or with other words for the same, is judged alike."""
    deals = noise(seed)
    rng = np.random.default_rng(seed)
    won = (deals.outcome == "won").astype(float)
    deals.frame["n"] = np.round(rng.normal(size=len(won)) + rng.uniform(0, 3) * won, 2)
    other = LabelledDeals(
        frame=deals.frame.assign(
            n=deals.frame["n"] * scale + shift, account="Account " + deals.frame["account"]
        ),
        outcome=deals.outcome,
    )
    assert severities(other) == severities(deals)


@given(seeds)
@settings(max_examples=30)
def test_lost_and_no_decision_are_one_ending(seed):
    deals = noise(seed)
    deals.frame["cf"] = np.where(deals.outcome == "won", "A", "B")
    other = deals.outcome.copy()
    other[(other == "lost") & (np.arange(len(other)) % 2 == 0)] = "no_decision"
    assert severities(LabelledDeals(frame=deals.frame, outcome=other)) == severities(deals)


def brute_force(frame):
    seen: dict[tuple[object, ...], int] = {}
    rows = (tuple(None if pd.isna(v) else v for v in row) for row in frame.itertuples(index=False))
    return [seen.setdefault(row, len(seen)) for row in rows]


@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=30))
def test_twins_are_those_that_one_would_find_by_hand(rows):
    frame = pd.DataFrame(rows, columns=["a", "b", "c"], dtype="object")
    twins = find_twins(frame, [])
    assert twins.groups.tolist() == brute_force(frame)
    assert twins.sizes.sum() == len(frame)
    assert find_twins(frame.iloc[twins.first], []).n_twins == 0


@given(st.lists(st.tuples(cells, cells), min_size=2, max_size=30), st.randoms())
def test_the_order_of_deals_does_not_matter_to_twins(rows, random):
    frame = pd.DataFrame(rows, columns=["a", "b"], dtype="object")
    shuffled = frame.sample(frac=1, random_state=random.randint(0, 1000))
    one, other = find_twins(frame, []), find_twins(shuffled, [])
    assert sorted(one.sizes) == sorted(other.sizes)


def test_a_shortcut_that_forgets_blanks_would_be_caught():
    """The broken variant: blanks taken for the text 'None'."""
    frame = pd.DataFrame({"a": ["None", None]}, dtype="object")
    assert find_twins(frame.fillna("None"), []).groups.tolist() != brute_force(frame)
    assert find_twins(frame, []).groups.tolist() == brute_force(frame)


@given(st.integers(0, 500), st.integers(1, 500))
def test_an_interval_holds_its_rate_and_narrows(won, deals):
    assume(won <= deals)
    low, high = win_rate_interval(won, deals, 0.95)
    assert 0 <= low <= won / deals <= high <= 1
    wide = high - low
    low, high = win_rate_interval(4 * won, 4 * deals, 0.95)
    assert high - low < wide


def share_held(rate, n_deals, interval):
    """Return how often the interval of a rate holds it: the exact chance, over all counts."""
    counts = np.arange(n_deals + 1)
    ends = np.array([interval(int(won), n_deals) for won in counts])
    held = (ends[:, 0] <= rate) & (rate <= ends[:, 1])
    return float(binom.pmf(counts, n_deals, rate) @ held)


@pytest.mark.parametrize("rate", [0.05, 0.3, 0.9])
def test_intervals_hold_the_truth_as_often_as_they_say(rate):
    assert share_held(rate, 60, lambda won, deals: win_rate_interval(won, deals, 0.95)) >= 0.92
    assert share_held(rate, 60, lambda won, deals: win_rate_interval(won, deals, 0.95)) <= 0.99
    assert share_held(rate, 60, lambda won, deals: win_rate_interval(won, deals, 0.8)) < 0.92
