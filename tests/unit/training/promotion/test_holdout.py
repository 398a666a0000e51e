"""Which deals judge, and which may teach."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.columns import NumericColumn
from features.table import DealTable
from training.closed_deals import ClosedDeals
from training.evaluation.windows import EMBARGO_DAYS
from training.promotion.holdout import (
    FEWEST_DEALS,
    FEWEST_OF_AN_OUTCOME,
    fingerprint_of,
    last_quarter,
    newest_fresh,
)

START = np.datetime64("2023-01-01")


def closed(n, seed=0, *, dated=True, rate=0.4):
    random = np.random.default_rng(seed)
    amounts = random.random(n)
    return ClosedDeals(
        table=DealTable(
            ids=tuple(f"D{i}" for i in range(n)),
            as_of=np.full(n, START),
            columns={"amount": NumericColumn(amounts)},
        ),
        won=(random.random(n) < rate).astype(float),
        no_decision=np.zeros(n, dtype=bool),
        twins=np.arange(n),
        groups=np.arange(n),
        opened_on=None,
        closed_on=START + random.integers(900, size=n) if dated else None,
        human_p=None,
        fingerprint="source",
        left_out=(),
    )


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(60, 1_500))
def test_nothing_teaches_that_closed_near_or_after_what_judges(seed, n):
    deals = closed(n, seed)
    found = last_quarter(deals, seed=0)
    if found.kind == "grouped":
        return
    (split,) = found.splits
    first = deals.closed_on[split.held_out].min()
    assert deals.closed_on[split.train].max() < first - np.timedelta64(EMBARGO_DAYS, "D")
    assert found.cut == first.item()


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(0, 899))
def test_the_champion_has_seen_no_deal_that_judges_a_refresh(seed, day):
    deals = closed(900, seed)
    trained_on = date(2023, 1, 1) + timedelta(days=day)
    found = newest_fresh(deals, trained_on)
    (split,) = found.splits
    assert (deals.closed_on[split.held_out] > np.datetime64(trained_on)).all()
    fresh = deals.closed_on[split.train] > np.datetime64(trained_on)
    assert found.fresh_learned == int(fresh.sum())
    if len(split.train) and len(split.held_out):
        gap = deals.closed_on[split.held_out].min() - deals.closed_on[split.train].max()
        assert gap > np.timedelta64(EMBARGO_DAYS, "D")


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(300, 800), st.integers(0, 300))
def test_what_moved_the_intercept_may_teach_and_judges_nobody(seed, day, later):
    deals = closed(900, seed)
    trained_on = date(2023, 1, 1) + timedelta(days=day)
    moved = trained_on + timedelta(days=later)
    found, plain = newest_fresh(deals, trained_on, moved), newest_fresh(deals, trained_on)
    (split,), (other,) = found.splits, plain.splits
    assert (deals.closed_on[split.held_out] > np.datetime64(moved)).all()
    assert set(split.held_out) <= set(other.held_out)
    assert (found.fresh_learned or 0) >= (plain.fresh_learned or 0)


def test_a_small_company_holds_out_more_than_a_quarter_and_never_more_than_half():
    for n, wanted in ((2_000, 500), (300, 100), (120, 60)):
        rows = last_quarter(closed(n), seed=0).rows
        assert wanted <= len(rows) <= wanted + 10, n
    rare = last_quarter(closed(1_000, rate=0.06), seed=0)
    assert len(rare.rows) > 300


def test_twins_of_judging_deals_do_not_teach_or_do_not_judge():
    deals = replace(closed(1_000), twins=np.arange(1_000) % 900)
    (split,) = last_quarter(deals, seed=0).splits
    assert not set(deals.twins[split.train]) & set(deals.twins[split.held_out])
    (fresh,) = newest_fresh(deals, date(2023, 10, 28)).splits
    assert not set(deals.twins[fresh.train]) & set(deals.twins[fresh.held_out])


def test_without_dates_every_deal_judges_and_no_group_is_torn_apart():
    deals = replace(closed(300, dated=False), groups=np.arange(300) // 3)
    found = last_quarter(deals, seed=0)
    assert (found.kind, len(found.rows), found.cut) == ("grouped", 300, None)
    for split in found.splits:
        assert not set(deals.groups[split.train]) & set(deals.groups[split.held_out])
    summary = found.summary(deals)
    assert (summary.since, summary.until, summary.deals) == (None, None, 300)


def test_nothing_fresh_is_an_empty_holdout():
    found = newest_fresh(closed(200), date(2030, 1, 1))
    assert (len(found.rows), found.fresh_learned) == (0, 0)
    assert found.summary(closed(200)).deals == 0


def test_a_holdout_is_known_by_its_deals_and_their_outcomes_in_any_order():
    deals = closed(200)
    rows = np.arange(100)
    shuffled = np.random.default_rng(1).permutation(200)
    back = np.flatnonzero(np.isin(shuffled, rows))
    name = fingerprint_of(deals, rows)
    assert fingerprint_of(deals.take(shuffled), back) == name
    flipped = replace(deals, won=np.where(np.arange(200) == 5, 1 - deals.won, deals.won))
    assert fingerprint_of(flipped, rows) != name
    assert fingerprint_of(deals, np.arange(101)) != name


@pytest.mark.parametrize("n", [400, 3_000])
def test_enough_of_each_outcome_judge_where_there_are(n):
    deals = closed(n)
    rows = last_quarter(deals, seed=0).rows
    won = deals.won[rows].sum()
    assert len(rows) >= FEWEST_DEALS
    assert min(won, len(rows) - won) >= FEWEST_OF_AN_OUTCOME
