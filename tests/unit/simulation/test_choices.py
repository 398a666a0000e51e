"""Answers out of a list: drawn with their shares, weighed, and told apart."""

from typing import Any

import numpy as np
import pytest

from simulation.choices import Choice, draw, draw_given

N = 40_000
SHARES = {"a": 0.2, "b": 0.5, "c": 0.3}


def share_of(choice: Choice, level: str, rows: Any = slice(None)) -> float:
    return float(choice.is_one_of(level)[rows].mean())


def test_answers_are_drawn_with_their_shares():
    drawn = draw(np.random.default_rng(1), SHARES, N)
    for level, share in SHARES.items():
        assert share_of(drawn, level) == pytest.approx(share, abs=0.01)


def test_answers_given_another_are_drawn_with_its_shares():
    random = np.random.default_rng(2)
    given = draw(random, SHARES, N)
    table = {"c": (0.1, 0.9), "b": (0.5, 0.5), "a": (1.0, 0.0)}
    drawn = draw_given(random, given, ("x", "y"), table)
    for level, (share, _) in table.items():
        assert share_of(drawn, "x", given.is_one_of(level)) == pytest.approx(share, abs=0.015)


def test_an_answer_of_share_zero_is_never_drawn():
    drawn = draw(np.random.default_rng(3), {"never": 0.0, "always": 1.0, "nor this": 0.0}, N)
    assert share_of(drawn, "always") == 1.0


def test_answers_are_weighed_taken_and_told_apart():
    choice = Choice(("a", "b", "c"), np.array([2, 0, 1]))
    assert choice.weigh({"a": 1, "b": 10, "c": 100}).tolist() == [100, 1, 10]
    assert choice.take(np.array([1, 1])).is_one_of("a").all()
    assert choice.is_one_of("a", "c").tolist() == [True, True, False]


def test_a_level_without_weight_or_share_is_no_oversight():
    choice = draw(np.random.default_rng(4), SHARES, 10)
    with pytest.raises(KeyError, match="c"):
        choice.weigh({"a": 1, "b": 2})
    with pytest.raises(ValueError, match="not in tuple"):
        choice.is_one_of("d")
