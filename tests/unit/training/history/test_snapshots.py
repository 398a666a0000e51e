"""Histories of whole states."""

import numpy as np
import pyarrow as pa

from training.history.snapshots import snapshots

DAYS = np.array(["2024-01-01", "2024-01-02", "2024-01-03"], dtype="datetime64[us]")


def test_what_stays_the_same_is_one_change():
    states = {"stage": pa.array(["a", "a", "b"]), "amount": pa.array(["1", None, None])}
    changes = snapshots(pa.array(["d"] * 3), DAYS, states, None)
    assert changes.columns == ("amount", "stage")
    assert changes.column.tolist() == [0, 0, 1, 1]
    assert changes.value.tolist() == [0, -1, 1, 2]
    assert changes.known_from.tolist() == DAYS[[0, 1, 0, 2]].tolist()


def test_states_of_one_instant_follow_by_their_ids():
    same = np.full(3, DAYS[0])
    states = {"stage": pa.array(["c", "a", "b"])}
    changes = snapshots(pa.array(["d"] * 3), same, states, pa.array(["9", "10", "8"]))
    assert [changes.values[place].as_py() for place in changes.value] == ["b", "c", "a"]
