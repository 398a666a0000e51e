"""The hours there are: what is given beside what the policy gives, and what is wrong with it."""

import numpy as np
import pytest

from features.errors import InputError
from features.policy import Economics
from features.policy.economics import RoleHours
from models.portfolio.capacity import Capacity, capacity_of

ROLES = {
    "presales": RoleHours(remaining_hours=3.0, capacity_hours=120.0),
    "engineer": RoleHours(remaining_hours=5.0),
}


def test_what_is_given_beside_what_the_policy_gives():
    economics = Economics(roles=ROLES, capacity_hours=400.0)
    assert capacity_of(economics, {}).hours == {None: 400, "presales": 120}
    both = capacity_of(economics, {None: 300.0, "engineer": 80.0}, 7)
    assert both.hours == {None: 300, "engineer": 80, "presales": 120}
    assert both.limits.tolist() == [300, 80, 120, 7]


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(InputError) as told:
        capacity_of(Economics(roles=ROLES), {"presale": 3.0, None: -1.0, "engineer": 1e999}, -1)
    text = str(told.value)
    for part in ("'presale' is no role", "presales", "-1 is no number of hours",
                 "inf is no number", "-1 is no number of deals"):  # fmt: skip
        assert part in text, part
    assert len(told.value.problems) == 4


def test_without_any_hours_there_is_no_plan():
    with pytest.raises(InputError, match="nobody says how many"):
        capacity_of(Economics(remaining_hours=3.0), {})
    with pytest.raises(InputError, match="how many hours a deal takes"):
        capacity_of(Economics(), {None: 400.0})
    with pytest.raises(InputError, match="has no roles"):
        capacity_of(Economics(remaining_hours=3.0), {"presales": 400.0})


def test_what_is_left_of_each_capacity_is_never_below_nothing():
    there = Capacity({None: 10.0, "presales": 4.0}, 3)
    assert there.without(np.array([2.5, 4.5, 2.0])) == Capacity({None: 7.5, "presales": 0.0}, 1)
    assert Capacity({"a": 1.0}).without(np.zeros(1)) == Capacity({"a": 1.0})
