"""Instants as histories write them."""

from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pytest

from training.history.moments import days_of, ends_of_days, instants

TEN = np.datetime64("2024-07-01T10:00:00", "us")


@pytest.mark.parametrize(
    "text",
    [
        "2024-07-01T10:00:00Z", "2024-07-01T10:00:00.000+0000", "2024-07-01 12:00:00+02:00",
        "2024-07-01T12:00:00+02", "2024-07-01T12:00+0200",
        "2024-07-01 10:00:00 UTC", "2024-07-01 10:00:00.000000 UTC", "1719828000",
        "1719828000000", "1719828000000000", "2024-07-01T12:00", "2024-07-01 12:00:00.000",
    ],
)  # fmt: skip
def test_one_instant_is_written_in_many_ways(text):
    assert instants(pa.array([text]), zone="Europe/Paris").tolist() == [TEN.item()]


@pytest.mark.parametrize(
    "column",
    [
        pa.array([datetime(2024, 7, 1, 10, tzinfo=UTC)], pa.timestamp("ns", "Europe/Paris")),
        pa.array([datetime(2024, 7, 1, 12)], pa.timestamp("ms")),  # noqa: DTZ001 (a clock's)
        pa.array([1719828000000]),
        pa.chunked_array([pa.array(["2024-07-01T10:00Z"]).dictionary_encode()]),
    ],
)
def test_typed_columns_are_the_same_instants(column):
    assert instants(column, zone="Europe/Paris").tolist() == [TEN.item()]


def test_a_day_alone_is_its_first_instant_on_the_clock():
    found = instants(pa.array(["2024-07-01", None]), zone="Europe/Paris")
    assert str(found[0]) == "2024-06-30T22:00:00.000000"
    assert np.isnat(found[1])
    assert instants(pa.array([date(2024, 7, 1)])).tolist() == [datetime(2024, 7, 1)]  # noqa: DTZ001


@pytest.mark.parametrize("text", ["soon", "01/07/2024 10:00", "2024-13-01", "12", "2024-07-01x"])
def test_what_is_no_instant_is_nat(text):
    assert np.isnat(instants(pa.array([text])))


def test_of_the_hour_shown_twice_the_later_is_meant_and_a_skipped_one_moves_on():
    found = instants(pa.array(["2024-10-27 02:30", "2024-03-31 02:30"]), zone="Europe/Paris")
    assert [str(instant)[:16] for instant in found] == ["2024-10-27T01:30", "2024-03-31T01:00"]


def test_years_without_deals_are_no_instants_on_any_clock():
    found = instants(pa.array(["9999-12-31T23:59", "0001-01-01"]), zone="America/New_York")
    assert np.isnat(found).all()
    wild = np.array(["9999-12-31", "0001-01-01"], dtype="datetime64[D]")
    assert np.isnat(ends_of_days(wild, zone="Asia/Kathmandu")).all()


def test_days_end_on_the_clock_and_instants_have_days_on_it():
    days = np.array(["2024-07-01", "NaT"], dtype="datetime64[D]")
    ends = ends_of_days(days, zone="America/New_York")
    assert str(ends[0]) == "2024-07-02T03:59:59.999999"
    assert np.isnat(ends[1])
    back = days_of(ends, zone="America/New_York")
    assert back[0] == days[0]
    assert np.isnat(back[1])
