"""Chances of an unknown answer: hand-computed, and what weights fitted to them keep."""

import numpy as np
import pytest

from features.columns import CategoryColumn, NumericColumn
from models.chances import DRAWN_BY, OVERLAP, Bins, chances_of, fitted


def words(codes, levels="abc"):
    return CategoryColumn(np.array(codes, dtype=np.int32), tuple(levels))


def bins_of(codes, levels="abc"):
    return Bins.of(words(codes, levels), np.ones(len(codes), dtype=bool))


def test_without_a_known_fact_the_chances_are_the_shares():
    told = chances_of(bins_of([0, 0, 0, 1], "ab"), {}, {})
    np.testing.assert_allclose(told, [0, 0.75, 0.25], atol=1e-8)  # the first is: does not apply


def test_a_known_fact_shifts_the_odds_as_its_own_kind_did():
    unknown = bins_of([0] * 30 + [1] * 10 + [0] * 10 + [1] * 50, "ab")
    kind = bins_of([0] * 40 + [1] * 60, "xy")
    told = chances_of(unknown, {"kind": 1}, {"kind": kind})
    usual = np.array([40.5, 60.5]) / 101.5
    given = (np.array([30, 10]) + DRAWN_BY * usual) / (40 + DRAWN_BY)
    expected = np.array([40, 60]) * (given / usual) ** OVERLAP
    np.testing.assert_allclose(told[1:] / told[1:].sum(), expected / expected.sum(), rtol=1e-3)


def test_answers_that_a_deal_only_borrowed_teach_nothing():
    known = np.array([True, True, False, False])
    told = chances_of(Bins.of(words([0, 1, 1, 1], "ab"), known), {}, {})
    np.testing.assert_allclose(told[1:], [0.5, 0.5], atol=1e-8)


def test_weights_are_fitted_to_the_chances_of_every_fact():
    bins = {"one": bins_of([0, 0, 1, 1], "ab"), "two": bins_of([0, 1, 0, 1], "ab")}
    wanted = {"one": np.array([0.0, 0.9, 0.1]), "two": np.array([0.0, 0.3, 0.7])}
    weights = fitted(np.full(4, 0.25), wanted, bins)
    for name, chances in wanted.items():
        got = np.bincount(bins[name].codes, weights, minlength=3)
        np.testing.assert_allclose(got, chances, atol=1e-9)


def test_an_answer_is_found_in_its_bin_and_a_new_one_in_none():
    numbers = Bins.of(NumericColumn(np.arange(10.0)), np.ones(10, dtype=bool))
    assert numbers.code_of(NumericColumn(np.array([0.0]))) == 1
    assert numbers.code_of(NumericColumn(np.array([99.0]))) == 5
    assert numbers.code_of(NumericColumn(np.array([np.nan]))) is None
    sectors = bins_of([0, 1], "ab")
    assert sectors.code_of(words([0], "b")) == 2
    assert sectors.code_of(words([0], "z")) is None
    assert sectors.code_of(NumericColumn(np.array([1.0]))) is None


@pytest.mark.parametrize("kind", ["number", "boolean"])
def test_what_does_not_apply_is_a_bin_of_its_own(kind):
    column = NumericColumn(np.array([np.nan, 1.0]), kind, np.array([True, False]))
    assert Bins.of(column, np.ones(2, dtype=bool)).codes[0] == 0
