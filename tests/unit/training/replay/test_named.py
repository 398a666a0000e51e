"""Wins lost by name, with what stopped them."""

from tests.unit.training.replay.small_past import replayed


def test_wins_lost_are_named_the_most_valuable_first(found):
    three, eight = found.policy.lost_wins
    assert (three.id, three.name, three.account) == ("D3", "Three", "B")
    assert (three.revenue, three.value, three.hours) == (100, 40, 5)
    assert (three.as_of, three.closed_on) == ("2025-01-03", "2025-02-03")
    assert three.where.endswith("deals.csv:4")
    assert [(one.kind, one.id) for one in three.stopped_by] == [("knockout", "insolvent")]
    assert [(one.kind, one.id) for one in eight.stopped_by] == [("knockout", "tender")]
    (six,) = found.policy.asked_wins
    assert (six.id, six.revenue, six.value) == ("D6", None, None)
    assert [(one.kind, one.id) for one in six.stopped_by] == [("unknown_knockout", "very_large")]


def test_a_threshold_that_a_win_misses_is_named_with_what_it_reached(tmp_path):
    found = replayed(tmp_path, p_win=[0.1, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.2])
    stopped = {one.id: one.stopped_by for one in found.policy.lost_wins}
    (missed,) = stopped["D1"]
    assert (missed.kind, missed.reached, missed.threshold) == ("p_win", 0.1, 0.3)
    assert [one.kind for one in stopped["D8"]] == ["knockout", "p_win"]
    assert found.policy.knockouts[1].alone.deals == 0  # D8 is unlikely as well
