"""Deals that stand apart are those that the replay counts, each in one way."""

import numpy as np

from tests.unit.training.effort.files import AS_OF, policy, read, row
from training.effort.pursuits import pursuits_of
from training.replay.past_deals import pursued_deals
from training.replay.population import population_of


def test_the_replay_counts_the_same_deals(tmp_path):
    made = [row(n, ended="w" if n % 3 else "l") for n in range(12)]
    made += [row(20, ended="o", closed="", decided="2025-12-20"), row(22, ended="d")]
    made += [row(21, ended="", closed="", decided="2024-01-01")]
    under = policy()
    on_file = read(made, under, tmp_path / "deals.csv")
    deals = pursuits_of(on_file, under, np.full(len(made), np.nan), as_of=AS_OF)
    told = population_of(on_file, pursued_deals(on_file, under), AS_OF)
    counts = {kind: int(deals.apart(kind).sum())
              for kind in ("declined_by_us", "open", "unrecorded")}  # fmt: skip
    assert counts == {"declined_by_us": 1, "open": 1, "unrecorded": 1}
    assert (told.declined, told.open, told.unrecorded) == (1, 1, 1)
    assert deals.pursued.sum() == told.pursued
