"""What flips where cost or margin is a fifth less or more."""

import pytest

from features.policy.amounts import ByAnswer, FromField
from tests.unit.training.replay.small_past import POLICY, replayed
from training.replay.sensitivity import times

AT = POLICY.replace("p_win: 0.3, points: 0", "expected_value: 10")
EVEN = [0.3, 0.5, 0.9, 0.9, 0.9, 0.9, 0.5, 0.9]
"""D1 is worth 0.3 x 100 - 20 = 10 at the decision; D2 0.5 x 50 - 20 = 5."""


def test_a_deal_at_the_threshold_flips_with_higher_cost_and_lower_margin(tmp_path):
    found = replayed(tmp_path, policy_text=AT, p_win=EVEN).policy.sensitivity
    told = {(one.changed, one.factor): one for one in found}
    assert {key: one.deals for key, one in told.items()} == {
        ("cost", 0.8): 0, ("cost", 1.2): 1, ("margin", 0.8): 1, ("margin", 1.2): 1,
    }  # fmt: skip
    (move,) = told["cost", 1.2].moves
    assert (move.before, move.after, move.deals.won) == ("go", "no_go", 1)
    (move,) = told["margin", 1.2].moves
    assert (move.before, move.after, move.deals.lost) == ("no_go", "go", 1)


def test_nothing_flips_where_no_threshold_hangs_on_money(tmp_path):
    assert replayed(tmp_path, p_win=EVEN).policy.sensitivity == ()


def test_every_form_of_a_number_can_be_multiplied():
    assert times(None, 2) is None
    assert times(3.0, 2) == 6
    assert times(FromField(field="a", times=3), 2) == FromField(field="a", times=6)
    table = ByAnswer(by="a", values={"x": 1.0, "y": 2.0}, otherwise=3.0)
    assert times(table, 2) == ByAnswer(by="a", values={"x": 2.0, "y": 4.0}, otherwise=6.0)


@pytest.mark.parametrize("changed", ["cost", "margin"])
def test_roles_and_rates_are_multiplied_too(tmp_path, changed):
    text = AT.replace(
        "  remaining_hours: 10\n  cost_per_hour: 2\n",
        "  roles: {presales: {remaining_hours: 10, cost_per_hour: 2}}\n",
    ).replace("margin: {field: amount, times: 0.5}", "margin_rate: 0.5")
    found = replayed(tmp_path, policy_text=text, p_win=EVEN).policy.sensitivity
    told = {(one.changed, one.factor): one.deals for one in found}
    assert told[changed, 1.2] == 1
