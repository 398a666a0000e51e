"""The benchmark of first questions in small: its truth is right, and asking finds it."""

import pytest

from benchmarks.decision.known_world import FIELDS, LEVELS, World
from benchmarks.decision.questions import measure


def test_the_truth_of_a_known_world_is_that_of_its_states_one_by_one():
    world = World.of(3)
    assert world.chance.sum() == pytest.approx(1)
    known = {"sector": "food", "budget": "no"}
    states = [
        (dict(world.facts(n)), float(world.chance[n]), float(world.value[n]))
        for n in range(len(world.states))
        if all(world.facts(n)[name] == level for name, level in known.items())
    ]
    total = sum(chance for _, chance, _ in states)
    without = max(0.0, sum(chance * value for _, chance, value in states) / total)
    nets = world.net_gains(known)
    assert set(nets) == set(FIELDS) - set(known)
    for name, net in nets.items():
        gain = sum(
            max(0.0, sum(c * v for facts, c, v in states if facts[name] == level) / total)
            for level in LEVELS[name]
        )
        assert net == pytest.approx(gain - without - world.costs[name])


def test_the_first_question_is_mostly_the_right_one():
    exact, *_ = measure(small=True)
    assert isinstance(exact.reached, float)
    assert exact.reached >= 0.8
