"""Declined deals have no outcome: what they would have been is bounded."""

import pytest

from tests.unit.training.replay.small_past import replayed


def test_declined_deals_are_told_apart_by_what_the_policy_says(tmp_path):
    declined = replayed(tmp_path, p_win=[0.5] * 8).policy.declined
    assert (declined.deals, declined.base_rate) == (2, 0.5)
    assert (declined.would_stop.deals, declined.would_pursue.deals) == (1, 1)
    assert declined.would_find_out.deals == 0


def test_their_wins_lie_between_none_and_all(tmp_path):
    one = replayed(tmp_path, p_win=[0.5] * 8).policy.declined.would_pursue
    assert (one.lowest, one.highest) == (0, 1)
    assert (one.at_half, one.at_base_rate, one.at_one_and_a_half) == (0.25, 0.5, 0.75)
    assert (one.value_lowest, one.value_highest) == pytest.approx((-20, 180))


def test_deals_whose_end_nobody_recorded_are_bounded_apart(tmp_path):
    unrecorded = replayed(tmp_path, p_win=[0.5] * 8).policy.unrecorded
    assert (unrecorded.deals, unrecorded.would_pursue.deals) == (1, 1)
    assert (unrecorded.would_pursue.lowest, unrecorded.would_pursue.highest) == (0, 1)


def test_more_than_certain_is_certain(tmp_path):
    from tests.unit.training.replay.small_past import read
    from training.replay.declined import win_bounds
    from training.replay.money import money_of
    from training.replay.past_deals import declined_deals

    policy, on_file = read(tmp_path)
    deals = declined_deals(on_file, policy)
    bounds = win_bounds(deals.table.as_of == deals.table.as_of, money_of(policy, deals), 0.9)
    assert bounds.at_one_and_a_half == 2
