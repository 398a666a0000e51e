"""A pool draws deals pursued and declined alike, of the newest days, and joins their columns."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features import DealTable
from features.columns import INAPPLICABLE_CODE, UNKNOWN_CODE, CategoryColumn, NumericColumn
from models.deal_pool import DealPool, joined

START = np.datetime64("2020-01-01")
TWO_YEARS = 730
LEVELS = ("a", "b", "c")
ANSWERS = st.lists(st.integers(INAPPLICABLE_CODE, 2), max_size=6)


def table_of(values):
    values = np.asarray(values, dtype=float)
    days = np.full(len(values), START)
    return DealTable(
        ids=(None,) * len(values), as_of=days, columns={"size": NumericColumn(values)}
    )


def pool_of(n_pursued, n_declined, *, first=0, last=1_000, declined_from=0):
    """Return a pool of an even flow; deals declined have the sizes below zero."""
    return DealPool(
        pursued=table_of(np.arange(n_pursued)),
        closed_on=START + np.linspace(first, last, n_pursued).astype(int),
        declined=table_of(-1.0 - np.arange(n_declined)),
        declined_on=START + np.linspace(declined_from, last, n_declined).astype(int),
    )


def sizes(pool):
    return [part.columns["size"].values for part in pool.parts()]


@pytest.mark.parametrize("n_declined", [300, 3_000, 9_000])
def test_both_are_drawn_in_their_true_proportion(n_declined):
    drawn = pool_of(3_000, n_declined).drawn(1_000, newest_days=TWO_YEARS, seed=0)
    pursued, declined = sizes(drawn)
    share = n_declined / (3_000 + n_declined)
    assert len(pursued) + len(declined) == 1_000
    assert len(declined) / 1_000 == pytest.approx(
        share, abs=4 * np.sqrt(share * (1 - share) / 1e3)
    )


def test_declined_deals_from_before_the_days_of_the_others_would_make_too_many():
    pool = pool_of(3_000, 6_000, last=1_000, declined_from=-1_000)
    kept = sizes(pool.drawn(10_000, newest_days=10_000, seed=0))
    assert [len(one) for one in kept] == [3_000, pytest.approx(3_000, abs=3)]
    everything = DealPool(pursued=pool.pursued, declined=pool.declined)
    assert len(sizes(everything.drawn(10_000, newest_days=TWO_YEARS, seed=0))[1]) == 6_000


def test_the_newest_of_both_are_drawn_from_and_the_draw_is_seeded():
    pool = pool_of(4_000, 4_000, last=4_000)
    one, same, other = (pool.drawn(500, newest_days=TWO_YEARS, seed=seed) for seed in (0, 0, 1))
    pursued, declined = sizes(one)
    assert pursued.min() >= 4_000 - 732
    assert (-declined).min() >= 4_000 - 732
    assert np.array_equal(np.concatenate(sizes(one)), np.concatenate(sizes(same)))
    assert not np.array_equal(np.concatenate(sizes(one)), np.concatenate(sizes(other)))


def test_without_declined_deals_there_is_one_table():
    assert len(sizes(DealPool(pursued=table_of([1.0, 2.0])))) == 1
    nobody = DealPool(pursued=table_of([1.0]), declined=table_of([]))
    assert [len(one) for one in sizes(nobody.drawn(9, newest_days=9, seed=0))] == [1]


def test_a_day_nobody_knows_counts_as_the_oldest():
    days = np.array(["2020-01-05", "NaT", "2024-01-05"], dtype="datetime64[D]")
    pool = DealPool(
        pursued=table_of([0, 1, 2]), closed_on=days,
        declined=table_of([-1, -2]), declined_on=days[1:],
    )  # fmt: skip
    assert [one.tolist() for one in sizes(pool.drawn(2, newest_days=9, seed=0))] == [[2], [-2]]
    assert len(np.concatenate(sizes(pool.drawn(9, newest_days=9, seed=0)))) == 5


@given(first=ANSWERS, second=ANSWERS, turned=st.permutations(LEVELS))
def test_joined_columns_hold_the_facts_of_both_one_after_the_other(first, second, turned):
    one = CategoryColumn(np.array(first, dtype=np.int32), LEVELS)
    other = CategoryColumn(np.array(second, dtype=np.int32), tuple(turned))
    both = joined(one, other)
    assert isinstance(both, CategoryColumn)
    facts = [column.fact(row) for column in (one, other) for row in range(len(column.codes))]
    assert [both.fact(row) for row in range(len(both.codes))] == facts
    careless = CategoryColumn(np.concatenate([one.codes, other.codes]), LEVELS)
    if tuple(turned) != LEVELS and set(second) >= {0, 1, 2}:
        assert [careless.fact(row) for row in range(len(facts))] != facts


@given(first=ANSWERS, second=ANSWERS)
def test_joined_numbers_keep_what_is_unknown_and_what_does_not_apply(first, second):
    one, other = (
        NumericColumn(
            np.where(np.array(codes) < 0, np.nan, codes),
            "boolean",
            np.array(codes) == INAPPLICABLE_CODE,
        )
        for codes in (np.array(first, dtype=float), np.array(second, dtype=float))
    )
    both, codes = joined(one, other), [*first, *second]
    assert isinstance(both, NumericColumn)
    assert both.kind == "boolean"
    assert both.known().tolist() == [code != UNKNOWN_CODE for code in codes]
    assert both.not_applicable().tolist() == [code == INAPPLICABLE_CODE for code in codes]


def test_numbers_and_words_are_not_one_column():
    with pytest.raises(TypeError):
        joined(NumericColumn(np.zeros(1)), CategoryColumn(np.zeros(1, dtype=np.int32), LEVELS))
