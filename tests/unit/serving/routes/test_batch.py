"""Many deals at once: each gets the answer that it gets alone, or its own problems."""

import asyncio
import json
import time
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from features import parse_policy
from models.qualifier import Qualifier
from serving.api import make_app
from serving.metrics import Metrics
from serving.routes.batch_thread import in_thread
from serving.routes.deals_body import MOST_DEALS
from tests.conftest import POLICY_TEXT
from tests.unit.serving.routes.conftest import Service

PATH = "/v1/score/batch"
POLICY = parse_policy(POLICY_TEXT.encode())
SMALL = Service(Qualifier(POLICY))
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "amount": st.none() | st.integers(-5, 2_000_000) | st.just("much"),
        "authority": st.sampled_from(["Low", "High", "Highest", None]),
        "budget_allocated": st.booleans() | st.none() | st.just("yes"),
        "insolvency": st.booleans(),
        "nobody": st.just(1),
    },
)
DEALS: st.SearchStrategy[list[Any]] = st.lists(
    FACTS | st.builds(lambda facts, name: {"facts": facts, "id": name}, FACTS, st.text(max_size=3))
    | st.sampled_from([None, 3, [], "x", {"facts": 3}]),
    min_size=1,
    max_size=6,
)  # fmt: skip


def alone(deal):
    """Return what the route for one deal says, as a caller meets it."""
    app = make_app()
    app.state.qualifier = Qualifier(POLICY)
    app.state.champion = SimpleNamespace(current=SimpleNamespace(qualifier=app.state.qualifier))
    return TestClient(app).post("/v1/score", json=deal)


@given(deals=DEALS)
def test_each_deal_gets_the_answer_that_it_gets_alone(deals):
    told = SMALL.post(PATH, {"deals": deals}).json()
    assert [item["row"] for item in told["items"]] == list(range(len(deals)))
    for deal, item in zip(deals, told["items"], strict=True):
        single = alone(deal)
        if single.status_code == 200:
            assert item["answer"] == single.json()
        else:
            problem = item["problem"]
            assert problem["instance"] == "request-1"
            assert problem["status"] == 422
            if isinstance(deal, dict):
                assert problem["problems"] == single.json()["problems"]
    failed = sum("problem" in item for item in told["items"])
    n = len(deals)
    assert told["counts"] == {"deals": n, "answered": n - failed, "failed": failed}


@given(deals=DEALS)
def test_the_short_form_has_the_same_figures(deals):
    long = SMALL.post(PATH, {"deals": deals}).json()["items"]
    short = SMALL.post(f"{PATH}?reasons=false", {"deals": deals}).json()["items"]
    for one, other in zip(long, short, strict=True):
        if "problem" in one:
            assert one == other
            continue
        full, brief = one["answer"], other["answer"]
        assert list(brief) == ["deal", "recommendation", "p_win", "value", "points"]
        assert (brief["deal"], brief["recommendation"]) == (full["deal"], full["recommendation"])
        assert brief["points"] == pytest.approx(full["scorecard"]["points"])
        assert brief["p_win"] == pytest.approx(full["p_win"])
        assert brief["value"] is None


def test_the_short_form_with_money_is_that_of_the_answer(demo):
    deals = [{"id": "D-1", "facts": {"amount": 300_000}}, {"facts": {}}]
    long = demo.post(PATH, {"deals": deals}).json()["items"]
    short = demo.post(f"{PATH}?reasons=false", {"deals": deals}).json()["items"]
    for one, other in zip(long, short, strict=True):
        value = one["answer"]["value"]
        expected = None if value is None else value["expected_value"]
        assert other["answer"]["value"] == pytest.approx(expected)


def test_a_stream_has_the_same_items_and_then_the_counts(service):
    deals = [{"amount": 5}, {"amount": "much"}] * 130
    whole = service.post(PATH, {"deals": deals}).json()
    reply = service.post(f"{PATH}?stream=true", {"deals": deals})
    assert reply.headers["content-type"] == "application/x-ndjson"
    lines = [json.loads(line) for line in reply.text.splitlines()]
    assert lines[:-1] == whole["items"]
    assert lines[-1] == {"counts": whole["counts"], "versions": whole["versions"]}


def test_what_spoils_one_deal_spoils_no_other(service):
    body = (
        b'{"deals": [{"amount": 1, "amount": 2}, {"source": "\\ud800"}, {"amount": 1e400}, '
        b'{"amount": NaN}, {"amount": '
        + b"9"
        * 5000
        + b'}, {"facts": {"facts": {"a": 1, "a": 2}}}, '
        b'{"amount": 7}]}'
    )
    items = service.post(PATH, body).json()["items"]
    assert ["problem" in item for item in items] == [True] * 6 + [False]
    fields = [item["problem"]["problems"][0]["field"] for item in items[:-1]]
    assert fields == ["amount", "", "amount", "amount", "amount", "a"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400), (b"[]", 400), (b'{"deals": [', 400), (b"\xff", 400), (b"[" * 5000, 400),
        (b"{}", 422), (b'{"deals": []}', 422), (b'{"deals": {}}', 422), (b'{"deals": null}', 422),
        (b'{"deals": [{}], "deal": 1}', 422), (b'{"deals": [{}], "deals": [{}]}', 422),
        (b'{"deals": [' + b"{}," * MOST_DEALS + b"{}]}", 422),
    ],
)  # fmt: skip
def test_a_body_that_is_no_list_of_deals_is_refused_as_a_whole(service, body, status):
    assert service.post(PATH, body).status_code == status


@pytest.mark.parametrize(
    "query", ["reasons=no", "stream=1", "reason=false", "stream=true&stream=true"]
)
def test_a_query_that_is_not_understood_is_refused(service, query):
    assert service.post(f"{PATH}?{query}", {"deals": [{}]}).status_code == 422


def test_a_day_of_all_and_a_language(service):
    reply = service.post(f"{PATH}?as_of=2025-02-03", {"deals": [{}]}, **{"accept-language": "fr"})
    (item,) = reply.json()["items"]
    assert item["answer"]["as_of"] == "2025-02-03"
    assert reply.headers["content-language"] == "fr"
    assert "Refusé" in json.dumps(item, ensure_ascii=False)


def test_ten_thousand_deals_in_the_short_form(service):
    deals = [{"amount": number} for number in range(MOST_DEALS)]
    told = service.post(f"{PATH}?reasons=false", {"deals": deals}).json()
    assert told["counts"]["answered"] == MOST_DEALS


def test_the_loop_goes_on_while_a_batch_is_counted():
    async def both():
        waited = []
        work = asyncio.create_task(in_thread(lambda: time.sleep(0.2)))
        while not work.done():
            started = time.perf_counter()
            await asyncio.sleep(0.01)
            waited.append(time.perf_counter() - started)
        return len(waited)

    assert asyncio.run(both()) > 5


def test_before_something_is_loaded_it_says_that_it_is_starting(starting):
    assert starting.post(PATH, {"deals": [{}]}).status_code == 503


def test_what_is_answered_is_counted(service):
    state = service.app.state
    state.metrics = Metrics()
    deals = [{"amount": "much"}, {"id": "D-1", "facts": {"amount": 5}}, {}]
    service.post(PATH, {"deals": deals})
    figures = state.metrics.exposition().decode()
    assert 'qualifox_unknown_facts_total{field="amount"} 1.0' in figures
    assert 'qualifox_unknown_facts_total{field="authority"} 2.0' in figures
    assert 'qualifox_recommendations_total{recommendation="no_go"} 2.0' in figures
    service.post(f"{PATH}?reasons=false", {"deals": deals})
    assert 'recommendation="no_go"} 4.0' in state.metrics.exposition().decode()
