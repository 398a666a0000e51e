"""The bytes of a screening are those that its objects would give."""

from datetime import date

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.deal import Deal
from features.table import DealTable
from models.qualifier import Qualifier
from serving.routes.screened_json import _cut, _ids, short_items, top_items

DAY = date(2026, 1, 5)
IDS = ["D-1", "a,b", 'quoted ","', "", None, "\u00e9\U0001f600"]


def deals_of(ids):
    return [Deal(as_of=DAY, facts={"insolvency": n % 2 == 0}, id=one) for n, one in enumerate(ids)]


@given(st.lists(st.floats(), min_size=1, max_size=9))
def test_numbers_are_written_as_alone_and_null_where_they_have_no_end(numbers):
    wanted = [orjson.dumps(one) for one in numbers]
    assert _cut(np.array(numbers)) == wanted


@given(st.lists(st.text() | st.none(), min_size=1, max_size=5).filter(
    lambda ids: all(one is None or one.isprintable() for one in ids)))  # fmt: skip
def test_ids_are_written_as_alone(ids):
    assert _ids(tuple(ids)) == [orjson.dumps(one) for one in ids]


@pytest.mark.parametrize("ids", [IDS, IDS[:1], [None]])
def test_items_read_back_as_their_objects(policy, ids):
    qualifier, deals = Qualifier(policy), deals_of(ids)
    table = DealTable.of(deals, policy.fields)
    screened = qualifier.screen(table, reasons=True)
    rows = np.arange(len(ids)) + 7
    short = [orjson.loads(one) for one in short_items(rows, table, screened)]
    top = [orjson.loads(one) for one in top_items(rows, table, screened, policy)]
    for row, (deal, brief, item) in enumerate(zip(deals, short, top, strict=True)):
        (decision,) = qualifier.decide([deal])
        estimate = decision.estimate
        told = {
            "deal": deal.id,
            "recommendation": decision.recommendation.value,
            "p_win": None if estimate is None else estimate.p_win,
            "value": None,
            "points": decision.scorecard.points,
        }
        assert brief == {"row": row + 7, "answer": told}
        fired = ["insolvent_customer"] if deal.facts["insolvency"] else []
        told |= {"knockouts": fired, "reasons": []}
        assert item == {"row": row + 7, "answer": told}
        assert list(item["answer"]) == list(told)
