"""Answers, gaps and labels never met: found when they move, seldom when they do not."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from features.columns import CategoryColumn, NumericColumn
from features.texts import Text
from training.monitoring.input_drift import FEWEST, input_drift

LEVELS = ("a", "b", "c", "d")


@pytest.fixture
def compare(watched):
    def sides(random, n, change):
        days = np.full(n, np.datetime64("2025-01-01"))
        columns = {
            **{f"n{k}": NumericColumn(random.normal(size=n)) for k in range(6)},
            "day": NumericColumn(np.arange(n) + 1.0, "date"),
            "kind": CategoryColumn(random.integers(-1, 4, n).astype(np.int32), LEVELS),
        }
        columns |= change(random, n)
        return watched(random.beta(2, 3, n), np.zeros(n), days, days, columns=columns)

    def run(change=lambda random, n: {}, seed=0, n=400, m=100):
        random = np.random.default_rng(seed)
        reference, current = sides(random, n, lambda *_: {}), sides(random, m, change)
        fields = tuple(reference.table.columns)
        model: Any = SimpleNamespace(schema=SimpleNamespace(fields=lambda: fields))
        labels = {"kind": Text(en="Kind", fr="Genre")}
        return input_drift(reference, current, model, labels)

    return run


def found(drift):
    return {one.name: one.alerts for one in drift.fields if one.alerts}


def test_a_still_company_is_told_so_nineteen_times_of_twenty(compare):
    assert np.mean([bool(found(compare(seed=seed))) for seed in range(120)]) <= 0.07


@pytest.mark.parametrize(
    ("name", "kind", "change"),
    [
        ("n1", "answers", lambda r, n: {"n1": NumericColumn(r.normal(1.0, size=n))}),
        ("n2", "missing", lambda r, n: {
            "n2": NumericColumn(np.where(r.random(n) < 0.3, np.nan, r.normal(size=n)))}),
        ("kind", "answers", lambda r, n: {
            "kind": CategoryColumn(r.choice([-1, 0, 0, 0, 1], n).astype(np.int32), LEVELS)}),
        ("kind", "new", lambda r, n: {
            "kind": CategoryColumn(r.integers(0, 5, n).astype(np.int32), (*LEVELS, "e"))}),
    ],
)  # fmt: skip
def test_what_moves_is_found_and_named(compare, name, kind, change):
    moved = found(compare(change))
    assert kind in moved[name]


def test_days_move_on_and_are_passed_over_and_the_score_is_the_first_row(compare):
    drift = compare()
    assert [one.name for one in drift.fields][:2] == [None, "n0"]
    assert "day" not in {one.name for one in drift.fields}
    assert drift.fields[-1].label.fr == "Genre"
    assert drift.fields[-1].missing_before == pytest.approx(0.2, abs=0.06)


def test_below_thirty_deals_nothing_is_said(compare):
    assert compare(m=FEWEST - 1).fields == ()
    assert compare(m=FEWEST).fields != ()


def test_labels_are_compared_by_name_whatever_their_codes(compare):
    def renumbered(random, n):
        codes = (3 - random.integers(0, 5, n)).astype(np.int32)
        return {"kind": CategoryColumn(codes, LEVELS[::-1])}

    assert "kind" not in found(compare(renumbered))


def test_not_applicable_is_an_answer_of_its_own(compare):
    def nobody(random, n):
        return {"n3": NumericColumn(np.full(n, np.nan), inapplicable=np.ones(n, bool))}

    row = next(one for one in compare(nobody).fields if one.name == "n3")
    assert row.alerts == ("answers",)
    assert row.missing_now == 0
