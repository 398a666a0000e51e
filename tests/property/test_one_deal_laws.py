"""The law of the one road: a deal alone gets the bytes that it gets among others."""

import json

import numpy as np
import pytest
from hypothesis import given, settings

from features import DealTable
from features.one_row import OneRow
from features.schema import Schema
from models.qualifier import Qualifier
from reports.answer import answer
from tests.property import strategies as made
from tests.property.worlds import World, worlds

some = settings(max_examples=settings().max_examples // 4)


def told(judge, deals):
    return [
        json.dumps(answer(one, judge.policy, "fr"), sort_keys=True) for one in judge.decide(deals)
    ]


@given(worlds())
@some
def test_a_deal_alone_gets_the_bytes_that_it_gets_among_others(world: World):
    judge = Qualifier(made.load(world.policy))
    together = told(judge, [*world.deals] * 2)  # so that they are no few
    assert [told(judge, [deal])[0] for deal in world.deals] * 2 == together


def rows_differ(world, spoil=lambda matrix: matrix):
    """Return whether some row of a learned schema differs from that of the batch."""
    policy = made.load(world.policy)
    table = DealTable.of(world.deals, policy.fields)
    known = [one for one in policy.fields.values() if one.in_model]
    if not known:
        return False
    schema = Schema.learn(table.take(slice(0, len(table) // 2)), policy.fields)
    one_row, batch = OneRow(schema, policy.fields, ()), schema.matrix(table)
    for row, deal in enumerate(world.deals):
        alone = spoil(one_row.matrix(policy.known(deal)))
        if not np.array_equal(alone.values[0], batch.values[row], equal_nan=True):
            return True
        met = [(one.field, one.value) for one in batch.unseen if one.row == row]
        if [(one.field, one.value) for one in alone.unseen] != met:
            return True
    return False


@given(worlds())
@some
def test_a_row_alone_is_the_row_of_the_batch(world: World):
    assert not rows_differ(world)


def test_the_check_would_notice_another_row():
    def spoiled(matrix):
        matrix.values[0, :1] += 1.0
        return matrix

    @given(worlds())
    @some
    def law(world: World):
        assert not rows_differ(world, spoiled)

    with pytest.raises(AssertionError):
        law()
