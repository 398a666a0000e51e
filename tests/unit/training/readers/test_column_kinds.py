"""What columns are, when nobody says: kinds with their evidence."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from training.readers.column_kinds import ColumnKind, column_kinds, typed_frame
from training.sources.raw_table import RawTable

N = 60
COLUMNS = {
    "Id": ([f"006{n:05}" for n in range(N)], ColumnKind.IDENTIFIER),
    "Deal number": ([str(9000 + 3 * n) for n in range(N)], ColumnKind.IDENTIFIER),
    "Amount": ([f"{n * 1000 + 0.5:,.2f} €" for n in range(N)], ColumnKind.NUMBER),
    "Unit price": ([str(9000 + 3 * n) for n in range(N)], ColumnKind.NUMBER),
    "Urgent": (["oui", "non", None] * (N // 3), ColumnKind.BOOLEAN),
    "Stage": (["Won", "Lost"] * (N // 2), ColumnKind.CATEGORY),
    "Created": ([f"{1 + n % 28:02}/03/2026" for n in range(N)], ColumnKind.DATE),
    "Serial date": ([str(46000 + n) for n in range(N)], ColumnKind.DATE),
    "Revenue": ([str(46000 + 7 * n) for n in range(N)], ColumnKind.NUMBER),
    "Compact": ([str(20260101 + n % 28) for n in range(N)], ColumnKind.DATE),
    "Notes": (
        [f"They said no, then yes: call number {n} again" for n in range(N)],
        ColumnKind.TEXT,
    ),
    "Country": (["France"] * N, ColumnKind.CONSTANT),
    "Nothing": ([None] * N, ColumnKind.EMPTY),
}


@pytest.fixture
def raw():
    columns = {name: pa.array(values, pa.string()) for name, (values, _) in COLUMNS.items()}
    return RawTable(table=pa.table(columns), where="deals.csv", first_line=2)


def test_every_column_has_its_kind(raw):
    found = {name: facts.kind for name, facts in column_kinds(raw).items()}
    assert found == {name: kind for name, (_, kind) in COLUMNS.items()}


def test_the_evidence_is_counted(raw):
    facts = column_kinds(raw)
    assert facts["Urgent"].filled == pytest.approx(2 / 3)
    assert facts["Stage"].top == (("Won", N // 2), ("Lost", N // 2))
    assert (facts["Amount"].low, facts["Amount"].high) == (0.5, 59_000.5)
    assert facts["Created"].low == np.datetime64("2026-03-01")
    assert facts["Id"].n_distinct == N
    assert facts["Stage"].examples == ("Won", "Lost")


def test_the_frame_has_the_types_of_the_kinds(raw):
    frame = typed_frame(raw)
    assert list(frame) == list(COLUMNS)
    assert frame["Amount"].dtype == np.float64
    assert frame["Created"].dtype == "datetime64[ns]"
    assert frame["Urgent"].dtype == "boolean"
    assert frame["Urgent"][2] is pd.NA
    assert frame["Stage"].cat.categories.tolist() == ["Won", "Lost"]
    assert frame["Nothing"].isna().all()


def test_a_few_strays_do_not_hide_a_number_and_are_shown():
    values = [str(n / 4) for n in range(99)] + ["ask Bob"]
    raw = RawTable(table=pa.table({"Price": values}), where="deals.csv")
    facts = column_kinds(raw)["Price"]
    assert (facts.kind, facts.strays) == (ColumnKind.NUMBER, ("ask Bob",))
    assert np.isnan(typed_frame(raw)["Price"].iloc[-1])


def test_what_nothing_decides_is_said():
    table = pa.table({"Price": ["1.234", "2.345"], "Day": ["01/02/2026", "03/04/2026"]})
    facts = column_kinds(RawTable(table=table, where="deals.csv"))
    assert facts["Price"].undecided == ("1.234", "2.345")
    assert facts["Day"].undecided == ("01/02/2026", "03/04/2026")
    decided = table.append_column("Other", pa.array(["7,5", "8,5"]))
    facts = column_kinds(RawTable(table=decided, where="deals.csv"))
    assert facts["Price"].undecided == ()
    assert facts["Price"].high == 2345.0


def test_types_of_the_source_are_believed():
    table = pa.table(
        {"a": [1.5, 2.5], "b": [True, False], "c": pa.array([1, 2], pa.timestamp("s"))}
    )
    facts = column_kinds(RawTable(table=table, where="deals.parquet"))
    assert [column.kind.value for column in facts.values()] == ["number", "boolean", "date"]
