"""Hours on file are paid at the policy's price of an hour, what is unknown stays unknown."""

import numpy as np
import pytest

from tests.unit.training.replay.small_past import POLICY, read
from training.replay.money import money_of
from training.replay.past_deals import declined_deals, pursued_deals

HOURS = "  remaining_hours: 10\n  cost_per_hour: 2\n"


def money(place, economics=HOURS):
    policy, on_file = read(place, POLICY.replace(HOURS, economics))
    return money_of(policy, pursued_deals(on_file, policy))


def test_hours_spent_are_paid_and_others_estimated(tmp_path):
    found = money(tmp_path)
    assert found.hours.tolist() == [20, 10, 5, 10, 10, 10, 10, 10]
    assert found.cost.tolist() == [40, 20, 10, 20, 20, 20, 20, 20]
    assert found.actual.tolist() == [True, False, True, False, True, False, False, False]
    np.testing.assert_array_equal(found.brought, [100, 0, 50, 0, 0, np.nan, 0, 40])
    np.testing.assert_array_equal(found.value, [60, -20, 40, -20, -20, np.nan, -20, 20])


def test_all_other_costs_are_added_to_the_hours_spent(tmp_path):
    assert money(tmp_path, HOURS + "  other_costs: 7\n").cost.tolist()[:3] == [47, 27, 17]


def test_an_hour_costs_what_the_roles_cost_on_average(tmp_path):
    paid, free = "{remaining_hours: 6, cost_per_hour: 3}", "{remaining_hours: 4}"
    roles = f"  roles: {{presales: {paid}, legal: {free}}}\n"
    found = money(tmp_path, roles)
    assert found.cost.tolist()[:3] == pytest.approx([20 * 1.8, 18, 5 * 1.8])
    assert found.hours.tolist()[:3] == [20, 10, 5]


def test_without_a_price_of_an_hour_hours_cost_nothing_that_is_known(tmp_path):
    found = money(tmp_path, "  remaining_hours: 10\n  other_costs: 7\n")
    assert found.cost.tolist()[:3] == [7, 7, 7]


def test_what_was_spent_on_a_declined_deal_is_no_pursuit(tmp_path):
    policy, on_file = read(tmp_path)
    found = money_of(policy, declined_deals(on_file, policy))
    assert found.hours.tolist() == [10, 10]
    assert found.cost.tolist() == [20, 20]
    assert not found.actual.any()
