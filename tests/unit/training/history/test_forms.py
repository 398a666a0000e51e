"""History files as CRMs give them, and what is wrong with those that are none."""

import numpy as np
import pyarrow as pa
import pytest

from features import DealsError
from training.history.changes import as_known
from training.history.forms import NAMES, read_history
from training.sources.raw_table import RawTable


def history(**columns):
    return RawTable(table=pa.table(columns), where="history.csv", first_line=2)


def known_at(changes, instant, *deals):
    times = np.full(len(deals), np.datetime64(instant, "us"))
    return {name: v.to_pylist() for name, v in as_known(changes, deals, times).items()}


def test_opportunity_history_of_salesforce():
    """A row is the state after a change; what CRM and pipeline keep for themselves is left out."""
    changes = read_history(
        history(
            Id=["0086g000001AAAAAAA", "0086g000001AAABAAQ"],
            OpportunityId=["0066g00000ABCdeAAH"] * 2,
            CreatedDate=["2024-03-01T09:00:00.000+0000", "2024-04-01T09:00:00.000+0000"],
            CreatedById=["0056g000004AAAAAAA"] * 2,
            StageName=["Prospecting", "Closed Won"],
            Amount=[1000.0, 5000.0],
            CloseDate=["2024-06-30", "2024-04-01"],
            PrevAmount=[None, 1000.0],
            SystemModstamp=["2024-03-01T09:00:00.000+0000"] * 2,
        )
    )
    assert changes.columns == ("Amount", "CloseDate", "StageName")
    assert known_at(changes, "2024-03-31", "0066g00000ABCde", "unheard of") == {
        "Amount": ["1000", None],
        "CloseDate": ["2024-06-30", None],
        "StageName": ["Prospecting", None],
    }


def test_field_history_of_salesforce_knows_what_was_before_the_first_change():
    changes = read_history(
        history(
            OpportunityId=["006A", "006A"],
            Field=["Amount", "Amount"],
            OldValue=["100", "200"],
            NewValue=["200", None],
            CreatedDate=["2024-03-01T09:00:00Z", "2024-05-01T09:00:00Z"],
        )
    )
    assert known_at(changes, "2023-01-01", "006A") == {"Amount": ["100"]}
    assert known_at(changes, "2024-03-01T09:00:00", "006A") == {"Amount": ["200"]}
    assert known_at(changes, "2024-06-01", "006A") == {"Amount": [None]}


@pytest.mark.parametrize("time", ["timestamp", "_fivetran_start"])
def test_property_history_of_hubspot(time):
    changes = read_history(
        history(
            deal_id=[7.0, 7.0],
            name=["dealstage", "amount"],
            value=["contractsent", "900"],
            **{time: ["2024-03-01 09:00:00 UTC", "1711929600000"]},
        )
    )
    assert known_at(changes, "2024-03-02", "7") == {
        "amount": [None],
        "dealstage": ["contractsent"],
    }


def test_type_2_table_of_fivetran():
    changes = read_history(
        history(
            id=["x", "x"],
            _fivetran_start=["2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z"],
            _fivetran_end=["2024-01-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
            _fivetran_active=[False, True],
            stage_name=["Prospecting", "Closed Lost"],
        )
    )
    assert known_at(changes, "2024-01-31T23:59:59", "x") == {"stage_name": ["Prospecting"]}
    assert known_at(changes, "2024-02-01", "x") == {"stage_name": ["Closed Lost"]}


def test_our_own_decision_log():
    """A fact that a decision does not name was unknown to it."""
    changes = read_history(
        history(
            deal_id=["x", "x"],
            as_of=["2024-01-10", "2024-01-20"],
            facts=['{"budget": 1000, "tender": true, "need": "clair"}', '{"budget": 1500.5}'],
        )
    )
    assert known_at(changes, "2024-01-10", "x")["tender"] == ["true"]
    assert known_at(changes, "2024-01-21", "x") == {
        "budget": ["1500.5"],
        "need": [None],
        "tender": [None],
    }


def test_a_form_can_be_named():
    columns = {"deal_id": ["x"], "name": ["amount"], "value": ["1"], "timestamp": ["2024-01-01"]}
    assert read_history(history(**columns), form="hubspot_property_history").columns == ("amount",)
    with pytest.raises(DealsError, match="not those of the form 'decision_log'") as refused:
        read_history(history(**columns), form="decision_log")
    assert "facts" in str(refused.value)
    with pytest.raises(DealsError, match="did you mean 'decision_log'"):
        read_history(history(**columns), form="decisions_log")


def test_another_file_is_refused_with_the_forms_that_are_known():
    with pytest.raises(DealsError, match=r"history\.csv: the headers are not those") as refused:
        read_history(history(Id=["1"], Name=["a"]))
    assert all(name in str(refused.value) for name in NAMES)


def test_headers_named_alike_are_refused():
    columns = {"deal_id": ["x"], "DealId": ["y"], "name": ["a"], "value": ["1"],
               "timestamp": ["2024-01-01"]}  # fmt: skip
    with pytest.raises(DealsError, match="'deal_id' and 'DealId' are named alike"):
        read_history(history(**columns))


def test_all_problems_are_told_at_once_with_their_lines():
    with pytest.raises(DealsError) as refused:
        read_history(
            history(
                deal_id=["x", None, "z", "z", "z", "z"],
                name=["amount", "amount", None, "a", "a", "a"],
                value=["1"] * 6,
                timestamp=["soon", "2024-01-01", "31/12/2024 10:00", None, "2024-13-01", "never"],
            )
        )
    told = str(refused.value)
    assert "history.csv:3: column 'deal_id': there is no deal" in told
    assert "history.csv:4: column 'name': no field" in told
    assert "history.csv:2: column 'timestamp': 'soon' is not a time (5 such rows)" in told
    assert "31/12/2024 10:00" in told
    assert told.count("is not a time") == 3


def test_a_history_without_rows_knows_nothing():
    headers = ("OpportunityId", "Field", "OldValue", "NewValue", "CreatedDate")
    empty = pa.table({header: pa.array([], pa.string()) for header in headers})
    changes = read_history(RawTable(table=empty, where="history.csv"))
    assert (len(changes), changes.columns) == (0, ())
    times = np.full(1, np.datetime64("2024-01-01", "us"))
    assert as_known(changes, ["x"], times, columns=["a"])["a"].to_pylist() == [None]
