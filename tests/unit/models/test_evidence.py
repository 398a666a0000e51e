"""What became of comparable deals."""

import numpy as np
import pytest
from scipy.special import expit, logit

from models.evidence import Band, Evidence, evidence_level, win_rate_interval


@pytest.mark.parametrize(
    ("won", "lost", "level"),
    [(0, 0, "none"), (9, 900, "none"), (10, 10, "few"), (39, 99, "few"), (40, 40, "enough"),
     (199, 300, "enough"), (200, 200, "plenty")],
)  # fmt: skip
def test_the_rarer_outcome_says_how_much_there_is_to_learn_from(won, lost, level):
    assert evidence_level(won, lost) == level == evidence_level(lost, won)


def test_the_interval_holds_the_rate_and_shrinks_with_more_deals():
    narrow, wide = win_rate_interval(300, 1000), win_rate_interval(3, 10)
    assert wide[0] < narrow[0] < 0.3 < narrow[1] < wide[1]
    assert win_rate_interval(5, 5)[1] == 1.0


def test_the_interval_covers_what_it_claims():
    random = np.random.default_rng(0)
    won = random.binomial(60, 0.3, size=2000)
    inside = [low <= 0.3 <= high for low, high in (win_rate_interval(int(w), 60) for w in won)]
    assert abs(np.mean(inside) - 0.90) < 0.04


@pytest.fixture
def learned():
    random = np.random.default_rng(1)
    p_win = random.random(500)
    y = (random.random(500) < p_win).astype(float)
    return p_win, y, Evidence.learn(p_win, y)


def test_the_bands_hold_every_deal_once(learned):
    _, y, evidence = learned
    assert sum(band.deals for band in evidence.parts) == 500
    assert sum(band.won for band in evidence.parts) == y.sum()


def test_comparable_deals_lie_around_the_probability(learned):
    _, _, evidence = learned
    for p_win, band in zip(
        [0.2, 0.5, 0.8], evidence.bands(np.array([0.2, 0.5, 0.8])), strict=True
    ):
        assert 50 <= band.deals <= 60
        assert band.interval[0] < p_win < band.interval[1]
        assert abs(band.won / band.deals - p_win) < 0.15


def test_the_ends_are_comparable_too(learned):
    _, _, evidence = learned
    low, high = evidence.bands(np.array([0.0, 1.0]))
    assert low.won / low.deals < 0.15
    assert high.won / high.deals > 0.85
    assert min(low.deals, high.deals) >= 50


def test_few_or_equal_probabilities_are_one_band_of_all():
    equal = Evidence.learn(np.full(100, 0.4), np.zeros(100))
    assert equal.parts == (Band(1.0, 100, 0),)
    few = Evidence.learn(np.linspace(0.1, 0.9, 20), np.ones(20))
    (band,) = few.bands(np.array([0.5]))
    assert (band.deals, band.won) == (20, 20)


@pytest.mark.parametrize("shift", [-3.0, -0.4, 0.0, 1.7])
def test_bands_that_move_with_the_log_odds_hold_the_same_deals(learned, shift):
    p_win, _, evidence = learned
    some = np.random.default_rng(2).random(300)
    moved = evidence.moved(shift)
    assert moved.parts[-1].below == 1.0
    ours = [(band.deals, band.won) for band in moved.bands(expit(logit(some) + shift))]
    assert ours == [(band.deals, band.won) for band in evidence.bands(some)]
    if shift:  # the control: bands that stay hold other deals
        stayed = [(band.deals, band.won) for band in evidence.bands(expit(logit(some) + shift))]
        assert stayed != ours
    assert sum(band.deals for band in moved.parts) == len(p_win)
