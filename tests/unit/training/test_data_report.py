"""The data report puts together what the checks find, and says which columns to use."""

import json

import numpy as np
import pandas as pd
import pytest

from reports.data_alerts import stopping_leaks
from reports.data_report import DataReport, LeftOutBecause
from training.data_report import Source, column_kind, coverage, data_report
from training.leaks import LabelledDeals

N = 400


@pytest.fixture
def deals():
    rng = np.random.default_rng(5)
    won = rng.random(N) < 0.4
    words = np.where(won, "won", "lost").astype(object)
    words[-40:] = "open"
    began = np.datetime64("2024-01-01") + rng.integers(0, 600, N).astype("timedelta64[D]")
    ended = began + rng.integers(5, 90, N).astype("timedelta64[D]")
    ended[-40:] = np.datetime64("NaT")
    frame = pd.DataFrame(
        {
            "id": [f"D{n}" for n in range(N)],
            "created": began.astype("datetime64[s]"),
            "closed": ended.astype("datetime64[s]"),
            "amount": rng.lognormal(10, 1, N),
            "need": rng.choice(["clear", "partial"], N),
            "note": [f"call {n // 1.5}" for n in range(N)],
            "answer": np.where(won, "y", "n"),
            "empty": [None] * N,
            "same": ["x"] * N,
        }
    )
    return LabelledDeals(
        frame=frame, outcome=words, created_on=began, closed_on=ended.astype("datetime64[D]")
    )


def source(**changes):
    known = {
        "where": "deals.csv",
        "outcome_column": "Status",
        "opening_column": "created",
        "closing_columns": ("closed",),
    }
    return Source(**(known | changes))


def reasons(report):
    return {one.column: one.reason for one in report.columns if not one.used}


def test_every_column_is_used_or_left_out_for_a_reason(deals):
    report = data_report(deals, source())
    assert reasons(report) == {
        "Status": LeftOutBecause.OUTCOME,
        "id": LeftOutBecause.IDENTIFIER,
        "created": LeftOutBecause.OPENING_DATE,
        "closed": LeftOutBecause.CLOSING_DATE,
        "note": LeftOutBecause.FREE_TEXT,
        "answer": LeftOutBecause.LEAK,
        "empty": LeftOutBecause.EMPTY,
        "same": LeftOutBecause.CONSTANT,
    }
    assert [one.column for one in report.columns if one.used] == ["amount", "need"]
    assert [leak.column for leak in stopping_leaks(report)] == ["answer"]


def test_an_excused_leak_is_used_and_one_that_nobody_asks_for_stops_nobody(deals):
    excused = data_report(deals, source(excused={"answer": "known on the first day"}))
    assert "answer" not in reasons(excused)
    assert stopping_leaks(excused) == ()
    undeclared = data_report(deals, source(declared=frozenset({"amount"})))
    assert reasons(undeclared)["answer"] is LeftOutBecause.UNDECLARED
    assert stopping_leaks(undeclared) == ()


def test_the_json_twin_holds_everything(deals):
    report = data_report(deals, source(notes=("1 footer left out",)))
    data = json.loads(json.dumps(report.to_data(), allow_nan=False))
    assert DataReport.model_validate(data) == report
    assert report.deals == sum(report.outcomes.values()) == N
    assert report.base.deals == N - 40


def test_coverage_is_by_outcome(deals):
    deals.frame.loc[deals.outcome == "open", "need"] = None
    found = {one.column: one for one in coverage(deals)}
    assert (found["need"].won, found["need"].others, found["need"].open) == (1.0, 1.0, 0.0)
    assert found["need"].filled == pytest.approx(0.9)
    assert found["need"].distinct == 2


def test_twins_are_counted_with_and_without_their_ending(deals):
    deals.frame.loc[1:2] = deals.frame.loc[0:0].to_numpy().repeat(2, axis=0)
    deals.outcome[:3] = ["won", "won", "lost"]
    twins = data_report(deals, source()).twins
    assert (twins.twins, twins.alike, twins.largest) == (1, 2, 3)
    assert set(twins.ignored) >= {"id", "created", "closed"}


def test_a_file_without_deals_has_a_report():
    nothing = LabelledDeals(frame=pd.DataFrame({"a": []}), outcome=np.array([], dtype=object))
    report = data_report(nothing, source())
    assert (report.deals, report.base.rate, report.months) == (0, None, None)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([True, False], "yes_no"),
        (pd.to_datetime(["2025-01-01"]), "date"),
        ([f"note {n}" for n in range(100)], "text"),
        (["a", "b"] * 50, "category"),
    ],
)
def test_kinds_of_columns(values, kind):
    assert column_kind(pd.Series(values), pd.Series(values).nunique()) == kind
