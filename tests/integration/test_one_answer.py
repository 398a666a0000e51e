"""Answers are written as fast as they are without a byte of difference from the slow way."""

from pathlib import Path

import pytest

from benchmarks.serving.one_answer import as_bytes, batch, parts_of_one, some_deals
from features.texts import LANGUAGES
from qualifox.judges import chosen_qualifier
from reports.answer import answer

N_DEALS = 500


def answers(qualifier, deals):
    decisions = [qualifier.decide([deal])[0] for deal in deals]
    return [as_bytes(answer(one, qualifier.policy, tongue))
            for one in decisions for tongue in LANGUAGES]  # fmt: skip


@pytest.fixture
def slowly(monkeypatch):
    """Take every short cut away: LightGBM, Babel, sums in a loop, each deal a table of one."""
    monkeypatch.setattr("models.forest.SmallTrees.of", lambda _: None)
    monkeypatch.setattr("reports.digits.LARGEST_WRITTEN_HERE", -1)
    monkeypatch.setattr("models.fixed_order.FEW_NUMBERS", 0)
    monkeypatch.setattr("models.qualifier.FEW_DEALS", 0)


@pytest.fixture
def qualifier(home):
    return chosen_qualifier(None, None)


def test_the_fast_answers_have_the_bytes_of_the_slow_ones(qualifier, demo_deals, request):
    deals = some_deals(qualifier, Path(demo_deals), N_DEALS)
    fast = answers(qualifier, deals)
    request.getfixturevalue("slowly")
    slow_one = chosen_qualifier(None, None)
    assert slow_one.estimating is not None
    assert slow_one.estimating.estimator.forest_.small is None
    assert answers(slow_one, deals) == fast
    assert len(set(fast)) > N_DEALS  # they are not all one answer


def test_the_measure_tells_every_part(qualifier, demo_deals):
    deals = some_deals(qualifier, Path(demo_deals), 40)
    assert all(taken > 0 for taken in parts_of_one(qualifier, deals).values())
    assert len(batch(qualifier, deals)) == 6
