"""The charts keep still while odds do, and see them halved; the usual limit is too low."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit

from training.monitoring import cusum as charts
from training.monitoring.cusum import AGAINST, LIMIT, ODDS_RATIOS, cusum, limits

N_COMPANIES = 1_000


def outcomes(n_deals, odds_ratio=1.0, seed=0, companies=N_COMPANIES):
    random = np.random.default_rng(seed)
    p = expit(random.normal(-0.7, 1.0, (companies, n_deals)))
    won = random.random(p.shape) < expit(logit(p) + np.log(odds_ratio))
    return p, won.astype(float)


def rung(p, won, ratios=ODDS_RATIOS):
    return np.mean([any(cusum(a, b, ratio).raised for ratio in ratios)
                    for a, b in zip(p, won, strict=True)])  # fmt: skip


def test_at_most_eight_still_companies_of_a_hundred_are_alarmed_in_250_deals():
    assert rung(*outcomes(250)) <= 0.08


def test_with_the_usual_limit_more_are(monkeypatch):
    monkeypatch.setattr(charts, "LIMIT", 4.5)
    assert rung(*outcomes(250)) > 0.08


def test_the_limit_rises_so_that_large_companies_are_not_always_alarmed(monkeypatch):
    p, won = outcomes(5_000, companies=150)
    assert rung(p, won) <= 0.25
    monkeypatch.setattr(charts, "RISE", 0.0)
    assert rung(p, won) > 0.6


@pytest.mark.parametrize("odds_ratio", ODDS_RATIOS)
def test_odds_halved_or_doubled_are_seen_within_200_deals(odds_ratio):
    p, won = outcomes(200, odds_ratio)
    assert rung(p, won, [odds_ratio]) >= 0.90
    assert rung(p, won, [1 / odds_ratio]) <= 0.02


def test_an_alarm_passes_when_later_deals_speak_against_it():
    p = np.full(700, 0.4)
    bad, good = np.zeros(40), np.tile([1.0, 0.0, 1.0, 0.0, 0.0], 132)
    still = cusum(p[:40], bad, 0.5)
    assert still.standing == still.raised[0]
    over = cusum(p, np.concatenate([bad, good]), 0.5)
    assert over.raised == still.raised
    assert len(over.passed) == 1
    assert over.standing is None
    assert over.path[over.passed[0] + 1 :].max() < LIMIT
    assert cusum(p, np.zeros(700), 0.5).standing is not None


probabilities = st.floats(0.01, 0.99)


@given(st.lists(st.tuples(probabilities, st.booleans()), min_size=1, max_size=80),
       st.sampled_from(ODDS_RATIOS))  # fmt: skip
def test_the_chart_is_that_of_the_plain_definition(deals, odds_ratio):
    """Deal by deal, as the definition reads."""
    p, won = (np.array(values, dtype=float) for values in zip(*deals, strict=True))
    level, against, alarmed, path = 0.0, 0.0, False, []
    for n, (chance, ended) in enumerate(zip(p, won, strict=True)):
        step = np.log(odds_ratio if ended else 1.0) - np.log(1 - chance + odds_ratio * chance)
        against += step
        if alarmed and against <= -AGAINST:
            path.append(max(0.0, level + step))
            level, alarmed = 0.0, False
            continue
        level = max(0.0, level + step)
        path.append(level)
        if not alarmed and level > limits(len(p))[n]:
            alarmed, against = True, 0.0
    found = cusum(p, won, odds_ratio)
    assert found.path == pytest.approx(path)
    assert (found.standing is not None) == alarmed


def test_no_deals_no_alarm():
    assert cusum(np.array([]), np.array([]), 2.0).standing is None
