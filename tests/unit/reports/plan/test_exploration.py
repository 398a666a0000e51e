"""What a plan sets apart for drawn deals, in sum: hours, value, and what others would bring."""

from dataclasses import replace

import numpy as np

from features import parse_policy
from models.exploration import Selection
from models.portfolio.capacity import Capacity
from models.portfolio.plan import plan_deals
from reports.plan.exploration import exploration_of
from tests.unit.models.portfolio.problems import GO, NO_GO, names, worth
from tests.unit.reports.plans import EXPLORING, POLICY

DRAWN = np.array([False, True, True, False])
TOGETHER = Selection(eligible=DRAWN, explored=DRAWN, propensity=np.where(DRAWN, 0.5, 1.0))
ALONE = replace(TOGETHER, explored=np.array([False, True, True, True]))


def told(policy):
    value = worth([10, -3, float("nan"), 4], [4, 3, 2, 1])
    recommendations = np.array([GO, NO_GO, NO_GO, NO_GO], dtype=object)
    portfolio = plan_deals(recommendations, value, names(4), Capacity({None: 6}), drawn=DRAWN)
    rules = parse_policy(policy.encode())
    ids = ("a", "b", None, "d")
    return exploration_of(rules, ids, value, portfolio, together=TOGETHER, alone=ALONE)


def test_it_is_the_sum_of_the_drawn_and_what_is_foregone():
    found = told(EXPLORING)
    assert (found.hours, found.value, found.unknown, found.left_out) == (5, -3, 1, 1)
    assert (found.foregone, found.cost) == (10, 13)
    assert found.chances == {"b": 0.5}


def test_there_is_none_where_the_policy_explores_nothing():
    assert told(POLICY) is None
    assert told(EXPLORING.replace("share: 0.5", "share: 0")) is None
