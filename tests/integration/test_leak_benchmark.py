"""The leak benchmark in small: every kind of planted leak is caught, clean companies are quiet."""

import numpy as np
import pytest

from benchmarks.leaks import KINDS, clean_companies, labelled, plant, planted_leaks
from reports.findings import Severity
from simulation import MarketSettings, simulate
from training.leaks import find_leaks


@pytest.mark.parametrize("kind", KINDS)
def test_leaks_of_every_kind_are_caught(kind):
    """All 25 a kind are in ``python -m benchmarks.leaks``; these are the first six sizes."""
    tally = planted_leaks(kind, 6)
    assert tally.listed == 6, tally.missed
    assert tally.certain >= 2


def test_clean_companies_raise_no_certain_alarm():
    found = [one for findings in clean_companies(12) for one in findings]
    assert [one for one in found if one.severity is Severity.CERTAIN] == []
    assert len(found) <= 2


def test_planted_leaks_are_not_all_perfect():
    """Else the benchmark would prove nothing: most do not rank all won deals first."""
    market = simulate(MarketSettings(n_deals=600, seed=3))
    sure = []
    for kind in KINDS:
        for seed in range(3):
            planted = plant(kind, market, seed)
            about = {one.column: one for one in find_leaks(planted.deals)}
            found = about.get(planted.column)
            aucs = [clue.numbers.get("auc", 0.0) for clue in found.clues] if found else [0.0]
            sure.append(max(aucs) > 0.999)
    assert np.mean(sure) < 0.3


def test_planting_is_fixed_by_its_seed_and_leaves_the_company_alone():
    market = simulate(MarketSettings(n_deals=300, seed=4))
    for kind in KINDS:
        one, other = plant(kind, market, 1), plant(kind, market, 1)
        assert one.deals.frame.equals(other.deals.frame)
        assert one.deals.frame.drop(columns=one.column).equals(labelled(market).frame)
