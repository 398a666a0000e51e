"""What became of comparable deals."""

import numpy as np
import pytest

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


def test_bands_hold_every_deal_once_and_an_edge_belongs_above():
    random = np.random.default_rng(1)
    p_win = random.random(500)
    y = (random.random(500) < p_win).astype(float)
    evidence = Evidence.learn(p_win, y)
    assert sum(band.deals for band in evidence.bands) == 500
    assert sum(band.won for band in evidence.bands) == y.sum()
    first, second = evidence.bands[:2]
    assert evidence.band(first.below) is second
    assert evidence.band(1.0) is evidence.bands[-1]
    low, high = first.interval
    assert low <= first.won / first.deals <= high


def test_few_or_equal_probabilities_make_fewer_bands():
    assert Evidence.learn(np.full(100, 0.4), np.zeros(100)).bands == (Band(1.0, 100, 0),)
    assert len(Evidence.learn(np.linspace(0, 1, 20), np.ones(20)).bands) == 1
