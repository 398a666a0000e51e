"""The track record beside the facts: named, point in time, the same when asked again."""

from dataclasses import replace
from datetime import date

import numpy as np

from features import Deal, DealTable, Schema
from features.fields import CategoryField, NumberField, PolicyField
from features.track_columns import (
    has_track_record,
    labels_of,
    track_column,
    with_track_record,
)
from features.track_record import MEASURES, TrackRecord

FIELDS: dict[str, PolicyField] = {
    "customer": CategoryField(type="category", used_by_model=False),
    "size": NumberField(type="number"),
}
DEALS = [
    Deal(as_of=date(2025, month, 1), facts={"customer": name, "size": float(month)})
    for month, name in [(1, "Acme"), (4, "Acme"), (7, "Bond"), (10, "Acme")]
]
CLOSED = np.array(["2025-03-01", "2025-06-01", "2025-09-01", "2025-12-01"], dtype="datetime64[D]")
WON = np.array([1.0, 0.0, 1.0, 0.0])


def numbers(table, measure):
    return table.columns[track_column("customer", measure)].values.tolist()


def tracked():
    table = DealTable.of(DEALS, FIELDS)
    record = TrackRecord.of(labels_of(table, ["customer"]), CLOSED, WON)
    return table, record, with_track_record(table, record, closed_on=CLOSED)


def test_a_deal_sees_what_had_closed_before_its_day_and_nothing_else():
    _, _, table = tracked()
    assert numbers(table, "prior_deals") == [0.0, 1.0, 0.0, 2.0]
    assert numbers(table, "prior_wins") == [0.0, 1.0, 0.0, 1.0]


def test_a_table_of_exported_deals_never_lets_a_deal_see_itself():
    table, record, _ = tracked()
    late = replace(table, as_of=np.full(4, np.datetime64("2026-06-01")))
    seen = with_track_record(late, record, closed_on=CLOSED)
    assert numbers(seen, "prior_deals") == [0, 1, 0, 2]
    unguarded = with_track_record(late, record)  # what the guard is for
    assert numbers(unguarded, "prior_deals")[0] == 3.0


def test_it_is_known_whether_a_table_has_them():
    table, record, with_them = tracked()
    assert has_track_record(with_them, record)
    assert not has_track_record(table, record)


def test_an_unknown_label_has_no_past():
    table = DealTable.of([Deal(as_of=date(2026, 1, 1), facts={})], FIELDS)
    _, record, _ = tracked()
    assert numbers(with_track_record(table, record), "prior_deals") == [0.0]


def test_the_matrix_shows_them_though_the_model_may_not_see_the_label():
    _, _, table = tracked()
    schema = Schema.learn(table, FIELDS)
    assert schema.names == (
        "size",
        *(f"customer ({measure})" for measure in MEASURES),
    )
    assert [c.better for c in schema.columns if c.level == "win_rate"] == [1]
    assert Schema.from_data(schema.to_data()) == schema
    matrix = schema.matrix(table)
    assert matrix.values[:, 1].tolist() == [0.0, 1.0, 0.0, 2.0]
    assert matrix.unseen == ()


def test_a_deal_of_the_table_has_facts_only():
    _, _, table = tracked()
    assert set(table.deal(0).facts) == {"customer", "size"}
