"""Whatever a table holds, looking at it ends in an inspection or in a message for people."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.crm.preset import presets
from features.errors import InputError
from reports.inspection_table import inspection_lines
from training.inspection import inspect_deals
from training.mapping.deal_mapping import map_deals
from training.sources.raw_table import RawTable

AS_OF = date(2026, 7, 1)
HEADERS = sorted({name for preset in presets().values() for name in preset.column_names()})
WORDS = [
    "Won", "Lost", "Perdue", "Sans suite", "closedwon", "1", "0", "true", "Maybe", None, "100",
    "2026-02-03", "31/12/2025", "deleted", "Canceled", "\x00", "é" * 300,
]  # fmt: skip
CELLS = st.sampled_from(WORDS) | st.text(max_size=6)
ODD = {
    "list": [["a"], None],
    "struct": [{"a": 1}, None],
    "bytes": [b"\xff", None],
    "decimal": [Decimal("1.50"), None],
    "span": [timedelta(days=3), None],
    "hour": [time(3, 4), None],
    "stamp": [datetime.fromisoformat("2026-01-02T03:04"), None],
    "nothing": [None, None],
}


@st.composite
def tables(draw):
    headers = draw(
        st.lists(st.sampled_from(HEADERS) | st.text(max_size=12), unique=True, max_size=10)
    )
    rows = draw(st.integers(0, 6))
    columns = {h: pa.array([draw(CELLS) for _ in range(rows)], pa.string()) for h in headers}
    return RawTable(table=pa.table(columns), where="deals.csv", first_line=2)


@given(tables(), st.none() | st.sampled_from(sorted(presets())))
def test_any_table_is_inspected_or_refused_in_words(raw, preset):
    found = None
    with suppress(InputError):
        found = inspect_deals(raw, preset=preset, as_of=AS_OF)
    if found is None:
        return
    assert [column.header for column in found.columns] == list(raw.headers)
    assert (found.outcome is None) == bool(found.problems)
    if found.outcome is not None:
        aside = sum(n for _, n in found.outcome.left_out)
        assert sum(found.outcome.counts.values()) + aside == len(raw)
    assert list(inspection_lines(found, "fr"))


@given(tables(), st.randoms())
def test_the_order_of_columns_makes_no_difference(raw, random):
    headers = random.sample(raw.headers, len(raw.headers))
    other = RawTable(table=raw.table.select(headers), where=raw.where, first_line=2)
    try:
        columns = map_deals(raw).columns
    except InputError:
        with pytest.raises(InputError):
            map_deals(other)
    else:
        assert map_deals(other).columns == columns


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("header", ["CloseDate", "IsWon", "StageName", "Budget"])
def test_columns_of_any_type_are_looked_at(kind, header):
    columns = {
        "Id": ["1", "2"],
        "StageName": ["Closed Won", "Closed Lost"],
        "CreatedDate": ["a", "b"],
    }
    raw = RawTable(table=pa.table({**columns, header: ODD[kind]}), where="deals.parquet")
    assert len(inspect_deals(raw, preset="salesforce", as_of=AS_OF).columns) == len(raw.headers)
