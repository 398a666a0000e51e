"""Every past deal's probability stands in its own place, and comes from a model without it."""

import numpy as np

from tests.unit.training.effort.files import policy, read, row
from training.effort.probabilities import unseen_p_win
from training.outcomes.outcome import Outcome


class FromItsAmount:
    """Says of each deal what its amount says, so that a place that moved is seen."""

    def p_win(self, table):
        return table.columns["amount"].values / 100_000, None


def market(n=240):
    days = [
        f"{2021 + number // 60}-{1 + number % 12:02}-{1 + number % 28:02}" for number in range(n)
    ]
    ends = ["w", "l", "l", "n", "d", "o"]
    return [
        row(number, decided=days[number], closed=days[number], ended=ends[number % 6],
            amount=str(100 + 7 * number), bad="yes" if number % 5 == 0 else "no")
        for number in range(n)
    ]  # fmt: skip


def test_probabilities_stand_in_their_places_and_open_deals_have_none(tmp_path):
    under, seen = policy(), []

    def learn(closed, _policy, rows, _seed):
        seen.append(closed.closed_on[rows].max())
        return FromItsAmount()

    on_file = read(market(), under, tmp_path / "deals.csv")
    p_win, source = unseen_p_win(on_file, under, learn=learn)
    told = np.isfinite(p_win)
    amounts = on_file.table.columns["amount"].values / 100_000
    assert np.array_equal(p_win[told], amounts[told])
    assert not told[on_file.outcomes == Outcome.OPEN].any()
    assert told[on_file.outcomes == Outcome.DECLINED_BY_US].any()
    assert source.method == "rolling_origin"
    assert source.deals == np.isfinite(p_win[[one.teaches for one in on_file.outcomes]]).sum()
    earliest = on_file.table.as_of[told].min()
    assert min(seen) < earliest


def test_of_few_deals_nobody_knows_any(tmp_path):
    under = policy()
    on_file = read([row(0), row(1, ended="w")], under, tmp_path / "deals.csv")
    p_win, source = unseen_p_win(on_file, under)
    assert np.isnan(p_win).all()
    assert (source.method, source.without) == ("none", 2)
