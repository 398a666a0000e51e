"""When deals closed, or should have."""

import numpy as np
import pyarrow as pa

from training.due_days import due_days
from training.sources.raw_table import RawTable

TABLE = pa.table(
    {
        "won on": ["2026-01-02", None, None, "2026-04-04"],
        "lost on": [None, "2026-02-03", None, None],
        "expected": ["2026-09-01", None, "2026-03-05", "2026-05-05"],
        "soon": ["soon"] * 4,
    }
)
RAW = RawTable(table=TABLE, where="a.csv")
OPEN = np.array([False, False, False, True])


def test_closed_deals_count_on_the_day_they_closed_and_open_ones_when_they_should():
    days, unread = due_days(RAW, closed=["won on", "lost on"], expected=["expected"], is_open=OPEN)
    assert days.astype(str).tolist() == ["2026-01-02", "2026-02-03", "2026-03-05", "2026-05-05"]
    assert unread == ()


def test_columns_that_cannot_be_read_are_named():
    days, unread = due_days(RAW, closed=["soon"], expected=["soon", "expected"], is_open=OPEN)
    assert unread == ("soon",)
    assert days.astype(str).tolist() == ["2026-09-01", "NaT", "2026-03-05", "2026-05-05"]
    nothing, _ = due_days(RAW, closed=(), expected=(), is_open=OPEN)
    assert np.isnat(nothing).all()
