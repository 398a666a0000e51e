"""The screening forms: short, and with what weighs most; never logged."""

import json

import pytest

from serving.metrics import Metrics
from serving.routes import screening
from serving.routes.deals_body import MOST_DEALS

PATH = "/v1/score/batch?reasons="
DEALS = [
    {"id": "D-1", "facts": {"insolvency": True, "amount": 5}},
    {"amount": "much"},
    {"amount": 7, "authority": "High"},
    None,
]


def test_top_names_the_knockouts_that_fire_and_problems_as_the_full_form_does(service):
    told = service.post(PATH + "top", {"deals": DEALS}).json()
    full = service.post(PATH + "true", {"deals": DEALS}).json()
    assert [item["row"] for item in told["items"]] == [0, 1, 2, 3]
    assert [told["items"][n] for n in (1, 3)] == [full["items"][n] for n in (1, 3)]
    assert told["items"][0]["answer"]["knockouts"] == ["insolvent_customer"]
    assert told["items"][2]["answer"] == {
        "deal": None,
        "recommendation": full["items"][2]["answer"]["recommendation"],
        "p_win": full["items"][2]["answer"]["p_win"],
        "value": None,
        "points": 20.0,
        "knockouts": [],
        "reasons": [],
    }
    assert told["counts"] == full["counts"]
    assert told["versions"] == full["versions"]


@pytest.mark.parametrize("form", ["top", "false"])
def test_a_stream_has_the_same_items_in_lines(service, form, monkeypatch):
    monkeypatch.setattr(screening, "DEALS_AT_ONCE", {"short": 3, "top": 3})
    whole = service.post(PATH + form, {"deals": DEALS * 3}).json()
    reply = service.post(f"{PATH}{form}&stream=true", {"deals": DEALS * 3})
    lines = [json.loads(line) for line in reply.text.splitlines()]
    assert reply.headers["content-type"] == "application/x-ndjson"
    assert [*whole["items"], {k: whole[k] for k in ("counts", "versions")}] == lines
    assert [item["row"] for item in whole["items"]] == list(range(12))


@pytest.mark.parametrize("form", ["top", "false"])
def test_where_no_deal_can_be_read_there_are_only_problems(service, form):
    told = service.post(PATH + form, {"deals": [None, {"amount": "x"}]}).json()
    assert ["problem" in item for item in told["items"]] == [True, True]
    assert told["counts"] == {"deals": 2, "answered": 0, "failed": 2}


@pytest.mark.parametrize("form", ["top", "false"])
def test_it_is_counted_and_not_logged(service, form):
    async def keep(request, answered):
        raise AssertionError

    state = service.app.state
    state.keep_batch, state.metrics = keep, Metrics()
    reply = service.post(PATH + form, {"deals": DEALS}, **{"accept-language": "fr"})
    assert reply.status_code == 200
    assert reply.headers["content-language"] == "fr"
    figures = state.metrics.exposition().decode()
    assert 'qualifox_unknown_facts_total{field="authority"} 1.0' in figures
    assert 'qualifox_unknown_facts_total{field="amount"}' not in figures
    assert 'recommendation="no_go"}' in figures


def test_ten_thousand_deals_with_reasons(service):
    deals = [{"amount": number} for number in range(MOST_DEALS)]
    told = service.post(PATH + "top", {"deals": deals}).json()
    assert told["counts"]["answered"] == MOST_DEALS


def test_before_something_is_loaded_it_says_that_it_is_starting(starting):
    assert starting.post(PATH + "top", {"deals": [{}]}).status_code == 503
