"""What was known of a deal at an instant."""

import numpy as np
import pyarrow as pa

from training.history.changes import as_known
from training.history.forms import read_history
from training.sources.raw_table import RawTable

HISTORY = RawTable(
    table=pa.table(
        {
            "deal_id": ["0066g00000ABCdeAAH", "0066g00000ABCdeAAH", "b"],
            "name": ["amount", "amount", "stage"],
            "value": ["1", "2", "New"],
            "timestamp": ["2024-01-01", "2024-02-01", "2024-01-01"],
        }
    ),
    where="history.csv",
)
CHANGES = read_history(HISTORY)


def amounts(*asked):
    deals, days = zip(*asked, strict=True)
    times = np.array(days, dtype="datetime64[us]")
    return as_known(CHANGES, deals, times, columns=["amount"])["amount"].to_pylist()


def test_a_change_is_known_from_its_own_instant_on():
    deal = "0066g00000ABCdeAAH"
    assert amounts((deal, "2024-02-01"), (deal, "2024-01-31T23:59:59.999999")) == ["2", "1"]
    assert amounts((deal, "2023-12-31"), (deal, "1999-01-01")) == [None, None]


def test_at_no_event_nothing_is_known():
    assert amounts(("0066g00000ABCdeAAH", "NaT")) == [None]


def test_deals_meet_by_the_short_and_by_the_long_form_of_their_ids():
    assert amounts(("0066g00000ABCde", "2025-01-01"), ("0066g00000ABCdE", "2025-01-01")) == [
        "2", None,
    ]  # fmt: skip


def test_deals_and_columns_that_the_history_does_not_know_are_unknown():
    assert amounts((None, "2025-01-01"), ("b", "2025-01-01"), ("c", "2025-01-01")) == [None] * 3
    times = np.array(["2025-01-01"], dtype="datetime64[us]")
    assert as_known(CHANGES, ["b"], times, columns=["source"])["source"].to_pylist() == [None]
    assert set(as_known(CHANGES, ["b"], times)) == {"amount", "stage"}
