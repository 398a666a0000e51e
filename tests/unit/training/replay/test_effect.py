"""What is kept and saved, and between what."""

from tests.unit.training.replay.small_past import VALUES


def test_every_deal_has_the_recommendation_counted_by_hand(found):
    sides = [getattr(found.policy, kind) for kind in ("go", "conditional_go", "find_out", "no_go")]
    assert [side.deals.value for side in sides] == [2, 1, 2, 3]
    assert [side.won.value for side in sides] == [1, 0, 1, 2]


def test_deals_to_find_out_are_bounded_by_all_stopped_and_all_pursued(found):
    stopped, pursued = found.policy.if_stopped, found.policy.if_pursued
    assert (stopped.kept.deals.value, pursued.kept.deals.value) == (3, 5)
    assert stopped.kept.value.value == VALUES["D1"] + VALUES["D2"] + VALUES["D5"]
    assert pursued.kept.value.value == stopped.kept.value.value + VALUES["D7"]
    assert (stopped.kept.money_unknown, pursued.kept.money_unknown) == (0, 1)
    assert stopped.saved.hours.value == 5 + 10 + 10 + 10 + 10
    assert (stopped.wins_kept_share.value, pursued.wins_kept_share.value) == (0.25, 0.5)
    assert stopped.won_value_kept_share.value == 100 / (100 + 50 + 40)
    assert stopped.win_rate.value == 1 / 3
