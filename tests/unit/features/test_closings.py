"""Closings counted by label and day."""

import numpy as np

from features.closings import ClosingsByLabel


def counts(labels, days, won):
    return ClosingsByLabel.of(labels, np.array(days, dtype="datetime64[D]"), np.array(won))


def test_deals_of_one_label_and_day_are_one_entry():
    found = counts(["b", "a", "b", "b"], ["2025-01-02"] * 3 + ["2025-01-01"], [1, 0, 0, 1])
    assert found.labels == ("a", "b")
    assert found.to_data()["entries"] == [1, 2]
    assert found.deals.tolist() == [1, 1, 2]
    assert found.wins.tolist() == [0, 1, 1]


def test_what_has_no_label_or_no_day_is_passed_over():
    found = counts(
        ["a", None, "", "b"], ["2025-01-02", "2025-01-02", "2025-01-02", "NaT"], [1] * 4
    )
    assert found.labels == ("a",)
    assert found.deals.tolist() == [1]


def test_the_last_win_of_another_label_is_nobodys():
    found = counts(["a", "b", "b"], ["2025-01-01", "2025-01-01", "2025-01-03"], [1, 0, 1])
    days = np.array(["2025-01-03", "2025-01-04"], dtype="datetime64[D]")
    deals, wins, last_win = found.before(["b", "b"], days)
    assert (deals.tolist(), wins.tolist()) == ([1, 2], [0, 1])
    assert np.isnat(last_win[0])
    assert last_win[1] == np.datetime64("2025-01-03")
