"""Twins: equal in everything but id and date, and nothing less than equal."""

import numpy as np
import pandas as pd

from training.twins import find_twins, identifying

DEALS = pd.DataFrame(
    {
        "id": ["D1", "D2", "D3", "D4", "D5"],
        "seen": pd.to_datetime(["2025-01-01", "2025-02-01", "2025-03-01", "NaT", "2025-01-01"]),
        "need": ["clear", "clear", None, None, "clear"],
        "amount": [10.0, 10.0, np.nan, np.nan, 10.5],
        "urgent": [True, True, False, False, True],
    }
)


def test_ids_and_dates_are_not_compared_and_blanks_are_equal():
    twins = find_twins(DEALS)
    assert twins.ignored == ("id", "seen")
    assert twins.groups.tolist() == [0, 0, 1, 1, 2]
    assert twins.n_twins == 2
    assert twins.sizes.tolist() == [2, 2, 1]


def test_one_can_say_what_is_not_compared():
    assert find_twins(DEALS, ["id", "seen", "amount"]).groups.tolist() == [0, 0, 1, 1, 0]
    assert find_twins(DEALS, []).n_twins == 0


def test_a_blank_is_no_value():
    frame = pd.DataFrame({"a": ["", None, "nan"], "b": [0.0, 0.0, 0.0]})
    assert find_twins(frame, []).n_twins == 0


def test_amounts_and_categories_identify_nobody():
    frame = pd.DataFrame({"amount": [10.5, 99.25, 1e6], "need": ["a", "b", "a"], "n": [7, 8, 9]})
    assert identifying(frame) == ("n",)
    assert identifying(frame.iloc[:0]) == ()


def test_no_deals_have_no_twins():
    assert find_twins(DEALS.iloc[:0]).n_twins == 0
