"""Every order of work over the same deals."""

import numpy as np
import pytest

from tests.unit.training.replay.small_past import replayed

P_WIN = [0.9, 0.2, 0.8, 0.3, 0.1, np.nan, 0.4, 0.7]
"""Nobody knows of D6: the curves are over the other seven, of which D1, D3 and D8 were won."""


@pytest.fixture(scope="module")
def efficiency(tmp_path_factory):
    return replayed(tmp_path_factory.mktemp("past"), p_win=P_WIN).efficiency


def curve(efficiency, order):
    return next(one for one in efficiency.curves if one.order == order)


def test_all_orders_are_over_the_deals_with_a_probability(efficiency):
    assert (efficiency.deals, efficiency.hours_deals, efficiency.money_deals) == (7, 7, 7)
    assert [one.order for one in efficiency.curves] == [
        "pursue_all", "knockouts", "scorecard", "model", "expected_value",
        "knockouts_then_model", "best_possible",
    ]  # fmt: skip


def test_the_model_works_the_likely_deals_first(efficiency):
    track = curve(efficiency, "model").wins_by_deals
    assert track.kept[100] == 1
    assert track.enough_at.value == pytest.approx((2 + 0.7) / 7)  # the first three were won
    assert track.marks[0].value == pytest.approx(0.25 * 7 / 3)


def test_knockouts_alone_work_what_passes_then_the_rest(efficiency):
    track = curve(efficiency, "knockouts").wins_by_deals
    passed = np.array([0, 3, 4, 7]) / 7, np.array([0, 1, 1, 3]) / 3  # D1 D2 D5, D7, the rest
    assert track.kept == pytest.approx(np.interp(np.linspace(0, 1, 101), *passed))


def test_the_best_possible_is_best_on_every_pair_of_axes(efficiency):
    best = curve(efficiency, "best_possible")
    assert best.wins_by_deals.kept[43] == 1
    assert best.value_by_deals.marks[0].value == pytest.approx((100 + 0.75 * 50) / 190)
    assert best.value_by_hours.kept[100] == 1
    assert max(best.net_by_deals) == pytest.approx(60 + 40 + 20, abs=5)


def test_a_policy_stands_where_its_own_answers_put_it(efficiency):
    assert efficiency.if_stopped.deals == pytest.approx(1 / 7)  # D1 only: the others are unlikely
    assert efficiency.if_stopped.wins == pytest.approx(1 / 3)
    assert efficiency.if_stopped.hours == pytest.approx(20 / 75)
    assert efficiency.if_stopped.value == pytest.approx(100 / 190)
    assert efficiency.if_stopped.net == 60
    assert efficiency.if_pursued.deals == pytest.approx(2 / 7)


def test_without_probabilities_only_rules_and_points_make_an_order(found):
    assert found.efficiency.deals == 8
    assert [one.order for one in found.efficiency.curves] == [
        "pursue_all", "knockouts", "scorecard", "best_possible",
    ]  # fmt: skip
    assert found.efficiency.money_deals == 7
