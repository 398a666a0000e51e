"""A deal is completed by reference deals: enough of them speak, and what is known stays."""

import numpy as np
import pytest

from features import Deal
from models.questions.completions import FEWEST_LEFT, effective, sharpened, towards
from tests.asked_worlds import ANSWERS, DAY, completed, facts_of, policy_of, reference_of


@pytest.fixture(scope="module")
def policy():
    return policy_of()


@pytest.fixture(scope="module")
def reference(policy):
    return reference_of(facts_of(900, 3, 0.2), policy)


def test_what_is_known_stays_and_everything_else_is_filled_in(policy, reference):
    deal = Deal(as_of=DAY, facts={"budget": False, "size": 2.0})
    found = completed(reference, deal, policy)
    assert set(found.filled) == set(ANSWERS) - {"budget", "size"}
    for row in range(0, len(found.table), 50):
        facts = found.table.deal(row).facts
        assert set(facts) == set(ANSWERS)
        assert (facts["budget"], facts["size"]) == (False, 2.0)
    assert found.weights.sum() == pytest.approx(1)
    assert effective(found.weights) >= FEWEST_LEFT - 1e-6


def test_what_is_known_tells_of_what_is_not(policy, reference):
    """Where there is no budget the rank is often low, and never where there is one."""
    shares = {}
    for budget in (False, True):
        found = completed(reference, Deal(as_of=DAY, facts={"budget": budget}), policy)
        low = found.table.columns["rank"].is_one_of(frozenset({"low"}))
        shares[budget] = float(found.weights[low].sum())
    assert shares[False] > 0.2
    assert shares[True] < 0.05


def test_fewer_know_a_fact_themselves(policy, reference):
    found = completed(reference, Deal(as_of=DAY, facts={}), policy)
    assert found.effective_deals("sector") < effective(found.weights)


def test_all_speak_alike_where_nothing_is_known_and_likeness_is_sharpened_else():
    assert sharpened(np.zeros(10)).tolist() == [0.1] * 10
    alike = np.repeat([0.0, 1.0], 500)
    weights = sharpened(alike)
    assert effective(weights) >= 300
    assert weights[-1] > weights[0]


def test_weights_go_as_far_as_enough_deals_are_left():
    start, goal = np.full(1_000, 1 / 1_000), np.zeros(1_000)
    goal[:5] = 0.2
    reached = towards(start, goal)
    assert effective(reached) == pytest.approx(FEWEST_LEFT, rel=1e-6)
    assert towards(start, start) is start


def test_a_reference_without_facts_completes_nothing(policy):
    empty = reference_of([], policy)
    assert completed(empty, Deal(as_of=DAY, facts={}), policy) is None
