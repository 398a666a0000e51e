"""A table of deals turned back to an event."""

import numpy as np
import pyarrow as pa
import pytest

from features import DealsError
from training.history.forms import read_history
from training.history.rewind import rewind
from training.sources.raw_table import RawTable

MARCH, JUNE, NEVER = (np.datetime64(t, "us") for t in ("2024-03-15", "2024-06-15", "NaT"))
DEALS = RawTable(
    table=pa.table(
        {
            "ID": [1, 2, 3],
            "Montant": [900.0, 20.0, 3.0],
            "Stage Name": ["Won", "Won", "Lost"],
            "Industry": ["Steel", None, "Food"],
        }
    ),
    where="deals.parquet",
)


def changes_of(**columns):
    return read_history(RawTable(table=pa.table(columns), where="history.csv", first_line=2))


STATES = changes_of(
    opportunity_id=["1", "1", "2"],
    created_date=["2024-03-01", "2024-05-01", "2024-06-01"],
    stage_name=["New", "Won", "New"],
    amount=["100", "900", "25.5"],
)
FIELDS = changes_of(
    OpportunityId=["1"],
    Field=["Amount"],
    OldValue=["100"],
    NewValue=["900"],
    CreatedDate=["2024-05-01"],
)


def rewound(changes, *times, **names):
    return rewind(DEALS, changes, np.array(times), id_column="ID", **names)


def test_columns_are_as_they_were_and_keep_their_type():
    found = rewound(STATES, MARCH, JUNE, JUNE, names={"amount": "Montant"})
    table = found.raw.table
    assert table["Montant"].to_pylist() == [100.0, 25.5, None]
    assert table["Stage Name"].to_pylist() == ["New", "New", None]
    assert table["Industry"].equals(DEALS.table["Industry"])
    assert table.schema == DEALS.table.schema
    assert (found.columns, found.as_exported) == (("Montant", "Stage Name"), ("Industry",))
    assert found.raw.where == "deals.parquet"


def test_a_deal_without_event_or_before_its_history_is_not_covered():
    assert rewound(STATES, MARCH, MARCH, MARCH).covered.tolist() == [True, False, False]
    assert rewound(STATES, NEVER, JUNE, NEVER).covered.tolist() == [False, True, False]


def test_of_a_history_of_changes_what_never_changed_is_what_it_still_is():
    found = rewound(FIELDS, MARCH, JUNE, NEVER, names={"Amount": "Montant"})
    assert found.raw.table["Montant"].to_pylist() == [100.0, 20.0, None]
    assert found.covered.tolist() == [True, True, False]
    assert "Stage Name" in found.as_exported


def test_values_of_another_kind_make_a_column_of_texts():
    written = changes_of(deal_id=["1"], name=["Montant"], value=["12 500,50"],
                         timestamp=["2024-03-01"])  # fmt: skip
    assert rewound(written, MARCH, MARCH, MARCH).raw.table["Montant"].to_pylist() == [
        "12 500,50", None, None,
    ]  # fmt: skip


def test_columns_that_are_not_there_are_told_at_once():
    with pytest.raises(DealsError) as refused:
        rewind(DEALS, STATES, np.full(3, MARCH), id_column="Id", names={"amout": "montant"})
    told = str(refused.value)
    assert "deals.parquet: there is no column 'Id'" in told
    assert "did you mean 'Montant'" in told
    assert "history: has no column 'amout'" in told


def test_two_columns_of_the_history_are_not_one_of_the_table():
    with pytest.raises(DealsError, match="'amount' and 'stage_name' are both the column"):
        rewound(STATES, MARCH, MARCH, MARCH, names={"amount": "Stage Name"})
