"""Each pursued deal is in one band, and thirds hold as many deals each."""

import numpy as np
import pytest

from tests.unit.training.effort.files import AS_OF, HOURS_ONLY, MONEY, policy, read, row
from training.effort.bands import bands_of
from training.effort.pursuits import pursuits_of


def bands(made, place, economics=MONEY):
    under = policy(economics=economics)
    p_win = np.array([np.nan if one.p_win is None else one.p_win for one in made])
    deals = pursuits_of(read(made, under, place), under, p_win, as_of=AS_OF)
    return deals, bands_of(deals)


@pytest.fixture
def some(tmp_path):
    amounts = [100, 1000, 4000, 5000, 6000, 7000, 8000, 9000, 10_000, 20_000, 30_000]
    made = [row(n, amount=str(amount)) for n, amount in enumerate(amounts)]
    return [
        *made,
        row(20, p_win=None),
        row(21, ended="w", amount=""),
        row(22, ended="d"),
    ], tmp_path


def test_each_pursued_deal_is_in_one_band(some):
    made, place = some
    for economics in (MONEY, HOURS_ONLY):
        deals, found = bands(made, place / "deals.csv", economics)
        together = np.sum([one.rows for one in found], axis=0)
        assert together.tolist() == deals.pursued.astype(int).tolist()


def test_thirds_are_of_as_many_deals_and_join(some):
    made, place = some
    _, found = bands(made, place / "deals.csv")
    by_name = {one.name: one for one in found}
    sizes = [int(by_name[name].rows.sum()) for name in ("low", "middle", "top")]
    assert max(sizes) - min(sizes) <= 1
    assert by_name["low"].least == 0.0
    assert by_name["low"].most == by_name["middle"].least
    assert by_name["middle"].most == by_name["top"].least
    assert by_name["top"].most is None
    assert by_name["never_pays"].rows.sum() == 2  # margins of 25 and 250, at a cost of 500
    assert by_name["unknown"].rows.sum() == 2


def test_a_value_of_exactly_zero_is_worth_it(tmp_path):
    made = [row(0, amount="4000"), row(1, ended="w", amount="3999")]
    _, found = bands(made, tmp_path / "deals.csv")
    by_name = {one.name: one.rows.tolist() for one in found}
    assert by_name["below_break_even"] == [False, True]
    assert by_name["unknown"] == [False, False]


def test_without_any_value_thirds_are_open_and_empty(tmp_path):
    made = [row(0, amount=""), row(1, ended="w", amount="")]
    _, found = bands(made, tmp_path / "deals.csv")
    assert all(one.least is None for one in found)
    assert [int(one.rows.sum()) for one in found] == [0, 0, 0, 0, 0, 2]


def test_a_certain_win_is_in_the_last_band_of_probabilities(tmp_path):
    made = [row(0, p_win=1.0), row(1, ended="w", p_win=0.6), row(2, p_win=0.0)]
    _, found = bands(made, tmp_path / "deals.csv", HOURS_ONLY)
    assert [int(one.rows.sum()) for one in found] == [1, 0, 0, 0, 2, 0]
