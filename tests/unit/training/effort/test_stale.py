"""A deal open for longer than nearly all took to close has an end that nobody recorded."""

from tests.unit.training.effort.files import AS_OF, policy, read, row
from training.effort.stale import stale_deals
from training.replay.past_deals import pursued_deals
from training.replay.population import population_of


def test_the_replay_counts_the_same_deals(tmp_path):
    made = [row(n, ended="w" if n % 3 else "l") for n in range(12)]
    made += [row(20, ended="o", closed="", decided="2025-12-20")]
    made += [row(21, ended="", closed="", decided="2024-01-01")]
    under = policy()
    on_file = read(made, under, tmp_path / "deals.csv")
    assert stale_deals(on_file, AS_OF).nonzero()[0].tolist() == [13]
    told = population_of(on_file, pursued_deals(on_file, under), AS_OF)
    assert told.unrecorded == 1


def test_without_closings_nobody_is_called_late(tmp_path):
    under = policy()
    made = [row(0, closed=""), row(1, ended="w", closed=""), row(2, ended="o", closed="")]
    assert not stale_deals(read(made, under, tmp_path / "deals.csv"), AS_OF).any()
