"""Who may be chosen, in which order, and what stands apart."""

import numpy as np
import pytest

from models.portfolio.capacity import Capacity
from models.portfolio.plan import plan_deals
from models.portfolio.standing import Standing
from tests.unit.models.portfolio.problems import CONDITIONAL, FIND_OUT, GO, NO_GO, go, names, worth

NAN = float("nan")


def plan(value, recommendations=None, **limits):
    n = len(value.expected)
    told = go(n) if recommendations is None else np.array(recommendations, dtype=object)
    most = limits.pop("most_deals", None)
    hours = {None if name == "hours" else name: limit for name, limit in limits.items()}
    return plan_deals(told, value, names(n), Capacity(hours, most))


def test_only_what_the_policy_allows_and_is_worth_something_is_chosen():
    value = worth([9, 9, 9, 9, 0, -5, NAN, 9], [1, 1, 1, 1, 1, 1, 1, NAN])
    told = [GO, CONDITIONAL, FIND_OUT, NO_GO, GO, GO, GO, GO]
    found = plan(value, told, hours=100)
    assert list(found.standings) == [
        Standing.CHOSEN, Standing.CHOSEN, Standing.FIND_OUT, Standing.NO_GO,
        Standing.NO_VALUE, Standing.NO_VALUE, Standing.UNKNOWN, Standing.UNKNOWN,
    ]  # fmt: skip
    assert found.rows(Standing.UNKNOWN).tolist() == [6, 7]
    assert (found.value, found.prices.tolist()) == (18, [0])


def test_hours_below_zero_are_hours_that_nobody_knows():
    assert plan(worth([9], [-1]), hours=5).standings[0] is Standing.UNKNOWN


def test_the_chosen_stand_from_the_most_to_the_least_valuable_hour():
    found = plan(worth([10, 30, 12], [10, 10, 1]), hours=21)
    assert found.chosen.tolist() == [2, 1, 0]
    assert found.used == pytest.approx([21])


def test_what_is_left_out_names_what_has_its_place():
    found = plan(worth([61, 50, 50, 20], [6, 5, 5, 2]), hours=10)
    assert sorted(found.chosen.tolist()) == [1, 2]
    first, second = found.displacements
    assert (first.row, first.loss, first.displaced, first.joining) == (0, 19, (1, 2), (3,))
    assert (second.row, second.loss, second.is_exact) == (3, 19, True)
    assert found.wanted == pytest.approx([18])


def test_roles_and_hours_in_all_count_together():
    value = worth([30, 20, 10], roles={"presales": [5, 5, 0], "engineer": [0, 0, 5]})
    found = plan(value, hours=10, presales=5)
    assert sorted(found.chosen.tolist()) == [0, 2]
    assert found.used == pytest.approx([10, 5])
    one_less = plan(value, hours=9, presales=5)
    assert sorted(one_less.chosen.tolist()) == [0]


def test_attention_may_be_scarcer_than_hours():
    value = worth([10, 11, 30], [1, 1, 20])
    assert sorted(plan(value, hours=100, most_deals=2).chosen.tolist()) == [1, 2]
    assert sorted(plan(value, hours=10, most_deals=2).chosen.tolist()) == [0, 1]
    assert plan(value, hours=100, most_deals=0).chosen.tolist() == []


def test_ties_fall_by_id_whatever_the_order():
    value = worth([5, 5, 5], [3, 3, 3])
    first = plan_deals(go(3), value, ("b", "a", "c"), Capacity({None: 3}))
    again = plan_deals(go(3), value, ("c", "b", "a"), Capacity({None: 3}))
    assert [("b", "a", "c")[row] for row in first.chosen] == [
        ("c", "b", "a")[row] for row in again.chosen
    ]
