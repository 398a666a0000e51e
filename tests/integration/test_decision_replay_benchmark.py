"""The benchmark of the replay in small: both sides find the same, and a wrong one is seen."""

import numpy as np
import pytest

from benchmarks.decision import replay


def test_both_sides_count_the_same_and_the_bars_are_told():
    """The ratio at 100,000 deals is in ``python -m benchmarks.decision --only replay``."""
    counting, rest = replay.measure(small=True)
    assert "5,000 deals" in counting.name
    assert counting.limit == 3.0
    assert rest.ok


def test_a_count_that_differs_is_no_benchmark(monkeypatch):
    right = replay.by_hand
    monkeypatch.setattr(replay, "by_hand", lambda past: [one + 1 for one in right(past)])
    with pytest.raises(AssertionError):
        replay.measure(small=True)
    assert np.isfinite(replay.a_past(10).p_win).all()
