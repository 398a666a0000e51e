"""A piece of a batch: the rows that are asked for, each as it would be alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serving.decision_log.replay import rendered
from serving.metrics import Metrics
from serving.routes.batch_pieces import count, decided
from serving.routes.deals_body import DealsBody
from tests.logged import qualifier

DEALS = [{"amount": 5}, None, {"id": "D-2", "facts": {"authority": "High"}}, {"amount": "x"}, {}]
QUERY = {"as_of": "2026-01-05"}
ROWS = st.lists(st.sampled_from(range(len(DEALS))), unique=True, min_size=1).map(sorted)


@given(rows=ROWS)
def test_each_row_is_decided_as_it_would_be_alone(rows):
    piece = decided(qualifier(), DealsBody(DEALS, {}), QUERY, "fr", rows)
    assert sorted([*piece.problems, *(one.row for one in piece.answered)]) == rows
    assert set(piece.problems) == {1, 3} & set(rows)
    for one in piece.answered:
        assert one.given is DEALS[one.row]
        assert one.deal.as_of == date(2026, 1, 5)
        (alone,) = qualifier().decide([one.deal])
        assert one.answer == rendered(alone, qualifier().policy, "fr")
    assert piece.share_us >= 0


@pytest.mark.parametrize("rows", [[0, 2], [1]])
def test_what_is_decided_is_counted_where_there_are_figures(rows):
    answered = decided(qualifier(), DealsBody(DEALS, {}), QUERY, "en", rows).answered
    figures = Metrics()
    count(figures, qualifier(), answered)
    count(None, qualifier(), answered)
    said = f'recommendations_total{{recommendation="no_go"}} {len(answered)}.0'
    assert (said in figures.exposition().decode()) == bool(answered)
