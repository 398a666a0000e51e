"""A screening of the demo company says what the full answers say: the same numbers, ``==``."""

import json
from dataclasses import replace

import orjson
import pytest

from benchmarks.serving.batch_cost import body_of, costs, ratios
from benchmarks.serving.one_answer import some_deals
from models.qualifier import Qualifier
from qualifox.judges import chosen_qualifier
from reports.answer import answer
from tests.unit.serving.routes.conftest import Service
from tests.unit.serving.routes.test_deal_columns import require_same

PATH = "/v1/score/batch?as_of=2026-01-05&reasons="
N_DEALS = 300


@pytest.fixture
def qualifier(home):
    return chosen_qualifier(None, None)


@pytest.fixture
def deals(qualifier, demo_deals):
    some = some_deals(qualifier, demo_deals, N_DEALS)
    return [replace(deal, id=f"D-{number}") for number, deal in enumerate(some)]


def require_same_reasons(qualifier, deals):
    body = body_of(deals)
    service = Service(qualifier)
    items = service.post(PATH + "top", body).json()["items"]
    short = service.post(PATH + "false", body).json()["items"]
    for deal, item, brief in zip(deals, items, short, strict=True):
        (decision,) = qualifier.decide([deal])
        full = json.loads(orjson.dumps(answer(decision, qualifier.policy, "en")))
        told = item["answer"]
        assert (told["deal"], told["p_win"]) == (full["deal"], full["p_win"])
        assert told["recommendation"] == full["recommendation"]
        assert told["value"] == (full["value"] or {}).get("expected_value")
        assert told["points"] == full["scorecard"]["points"]
        of_model = [one for one in full["reasons"] if one["code"].startswith("MODEL_")]
        keys = ("code", "about", "contribution", "unit")
        assert told["reasons"] == [{key: one[key] for key in keys} for one in of_model]
        fired = [one["about"] for one in full["reasons"] if one["code"] == "KNOCKOUT_FIRED"]
        assert told["knockouts"] == fired
        assert brief["answer"] == {k: told[k] for k in [*told][:5]}
    assert sum(len(item["answer"]["reasons"]) for item in items) > 3 * len(deals)
    assert any(item["answer"]["knockouts"] for item in items)


def test_it_names_the_reasons_of_the_full_answers(qualifier, deals):
    require_same_reasons(qualifier, deals)


def test_so_it_does_where_criteria_have_changed_since_the_training(qualifier, deals):
    policy = qualifier.policy
    first, second, *rest = policy.criteria
    changed = (replace(second, id=first.id), replace(first, id=second.id), *rest[1:])
    require_same_reasons(Qualifier(replace(policy, criteria=changed), qualifier.model), deals[:60])


def test_its_deals_are_read_as_one_by_one(qualifier, deals):
    require_same(body_of(deals), qualifier.policy)


def test_one_deal_has_the_bytes_that_it_has_among_many(qualifier, deals):
    service = Service(qualifier)
    many = service.post(PATH + "top&stream=true", body_of(deals)).content.splitlines()
    for row in range(0, N_DEALS, 30):
        alone = service.post(PATH + "top&stream=true", body_of([deals[row]])).content
        wanted = many[row].replace(b'{"row":%d,' % row, b'{"row":0,', 1)
        assert alone.splitlines()[0] == wanted


def test_the_measure_tells_every_way(qualifier, deals):
    taken = costs(qualifier, body_of(deals[:70]))
    assert all(ms > 0 for ms in taken.values())
    assert set(ratios(taken)) == {"short", "top"}
    assert ratios({**taken, "short": 1e9})["short"] > 1e3  # the control: a slow one is seen
