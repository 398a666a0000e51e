"""Drawn deals fit all capacities together, and their chances say so."""

import numpy as np
import pytest

from features.policy.decision import Exploration
from models.exploration import Room, drawn, place_of
from models.portfolio.capacity import Capacity
from models.portfolio.draw import draw
from tests.unit.models.portfolio.problems import worth
from tests.unit.models.test_exploration import policy_with
from tests.unit.models.test_refusals import FINE, of

N = 12


def told(capacity, hours, seed=0, **settings):
    table, recommended = of(*[{**FINE, "abroad": True}] * len(hours))
    value = worth([1.0] * len(hours), roles={"a": hours, "b": hours[::-1]})
    policy = policy_with(share=0.5, seed=seed, **settings)
    return draw(policy, table, recommended, value, capacity), value


@pytest.mark.parametrize("seed", range(8))
def test_they_are_drawn_in_the_order_of_their_places_until_one_no_longer_fits(seed):
    hours = [float(place) for place in range(1, N + 1)]
    capacity = Capacity({None: 40.0, "a": 15.0}, 3)
    found, value = told(capacity, hours, seed)
    needed, there = capacity.needed(value), capacity.limits
    ids = [str(row) for row in range(N)]
    order = sorted(range(N), key=lambda row: place_of(seed, ids[row]))
    left, expected = there.copy(), []
    for row in order:
        if (needed[row] > there).any():
            continue  # by itself it fits nowhere
        left = left - needed[row]
        if (left < 0).any() or place_of(seed, ids[row]) >= 0.5:
            break
        expected.append(row)
    assert sorted(np.flatnonzero(found.explored).tolist()) == sorted(expected)
    assert (needed[found.explored].sum(axis=0) <= there).all()
    assert (found.propensity[found.explored] > 0).all()


def test_the_cap_of_the_policy_holds_beside_the_capacities():
    plenty = Capacity({None: 1e6})
    free, _ = told(plenty, [5.0] * N)
    capped, value = told(plenty, [5.0] * N, most_hours=20.0)
    assert free.explored.sum() > capped.explored.sum()
    assert value.hours[capped.explored].sum() <= 20
    assert (free.propensity == 0.5).all()
    assert (capped.propensity < 0.5).all()


def test_chances_under_two_capacities_are_those_of_many_draws():
    random = np.random.default_rng(0)
    needed = random.gamma(2, 5, size=(30, 2))
    room = Room(needed=needed, there=np.array([40.0, 25.0]))
    ids = [str(row) for row in range(30)]
    found = [
        drawn(Exploration(share=0.4, seed=seed), ids, None, together=True, room=room)
        for seed in range(200)
    ]
    counts = np.array([explored.sum() for explored, _ in found])
    chances = found[0][1]
    error = counts.std() / np.sqrt(len(counts))
    assert abs(counts.mean() - chances.sum()) < 4 * error
    # Were only one of the two limited, the chances would be higher: the broken version.
    one = Room(needed=needed[:, :1], there=room.there[:1])
    _, higher = drawn(Exploration(share=0.4), ids, None, together=True, room=one)
    assert abs(counts.mean() - higher.sum()) > 4 * error


def test_looked_at_one_by_one_there_is_no_shared_room():
    room = Room(needed=np.full((2, 1), 9.0), there=np.array([1.0]))
    _, chance = drawn(Exploration(share=0.4), ["a", "b"], None, together=False, room=room)
    assert chance.tolist() == [0.4, 0.4]
