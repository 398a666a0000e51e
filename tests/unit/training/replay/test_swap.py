"""What moves where one policy takes the place of another."""

from tests.unit.training.replay.small_past import POLICY, replayed


def test_the_swap_set_names_the_wins_that_move(tmp_path):
    against = POLICY.replace("insolvent: true", "insolvent: false")
    found = replayed(tmp_path, against=against)
    swap = found.swap
    assert [one.id for one in swap.wins_lost] == ["D3"]
    assert [one.id for one in swap.wins_back] == ["D1", "D6"]
    assert (swap.wins_lost[0].before, swap.wins_lost[0].recommendation) == ("go", "no_go")
    assert (swap.newly_stopped.deals, swap.newly_kept.deals) == (1, 4)
    assert (swap.stopped_by_both.deals, swap.kept_by_both.deals) == (2, 1)
    assert swap.stopped_gain.value == -3
    assert swap.hours_saved_gain.value == 5 - (20 + 10 + 10 + 10)
    assert swap.net_benefit_gain.value == 60 - 20 - 20 - 40
    assert found.against.name == "small"
