"""The document describes every route, its examples are right, and real answers fit its shapes."""

import json

import pytest
from jsonschema import Draft202012Validator
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from features.policy import load_policy
from models.qualifier import Qualifier
from reports.answer import answer
from serving.edge.contract import CONTRACT
from serving.envelope import deal_of
from serving.openapi import document, openapi
from serving.openapi_operations import OPERATIONS
from serving.openapi_schemas import SCHEMAS
from tests.unit.serving.routes.conftest import DEMO, TODAY, Service


def validator(name):
    """Return what checks a value against one of the document's shapes."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": document()["components"]}
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def operations():
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def everything(value):
    yield value
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from everything(one)


def test_it_has_every_route_of_the_contract_and_no_other():
    described = {(method, path) for method, path, _ in operations()}
    assert described == {(e.method, e.path) for e in CONTRACT if e.path.startswith("/v1/")}
    assert described == set(OPERATIONS)


def test_its_schemas_are_schemas_and_every_reference_leads_somewhere():
    found = document()
    for schema in found["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for value in everything(found):
        if isinstance(value, dict) and isinstance(value.get("$ref"), str):
            place = found
            for part in value["$ref"].removeprefix("#/").split("/"):
                place = place[part]


def test_no_bound_is_exclusive():
    text = json.dumps(document())
    assert "exclusiveM" not in text
    assert document()["openapi"] == "3.1.0"
    assert document()["components"]["schemas"] is SCHEMAS


def test_every_body_has_an_example_and_every_example_fits():
    checked = 0
    for method, path, operation in operations():
        bodies = [operation.get("requestBody")]
        bodies += [one for one in operation["responses"].values() if "content" in one]
        for body in filter(None, bodies):
            content = body["content"]["application/json"]
            name = content["schema"]["$ref"].rpartition("/")[2]
            if name == "Object":
                continue
            assert "example" in content, (method, path, name)
            validator(name).validate(content["example"])
            checked += 1
    assert checked > 20
    for response in document()["components"]["responses"].values():
        validator("Problem").validate(response["content"]["application/problem+json"]["example"])


def test_a_wrong_example_would_be_found():
    with pytest.raises(Exception, match="maybe"):
        validator("ShortAnswer").validate(
            {"deal": None, "recommendation": "maybe", "p_win": 0.5, "value": 1, "points": 1}
        )


def test_ids_are_not_given_twice():
    names = [operation["operationId"] for _, _, operation in operations()]
    assert len(set(names)) == len(names)


def test_real_answers_fit(service, demo):
    facts = {"amount": 300_000}
    for client in (service, demo):
        told = client.post("/v1/score/batch", {"deals": [facts, {"amount": "x"}]}).json()
        validator("BatchAnswer").validate(told)
        validator("Answer").validate(told["items"][0]["answer"])
        validator("Problem").validate(told["items"][1]["problem"])
        short = client.post("/v1/score/batch?reasons=false", {"deals": [facts]}).json()
        validator("ShortAnswer").validate(short["items"][0]["answer"])
        top = client.post("/v1/score/batch?reasons=top", {"deals": [facts]}).json()
        validator("BatchAnswer").validate(top)
        validator("TopAnswer").validate(top["items"][0]["answer"])
        both = client.post("/v1/what-if", {"facts": facts, "changes": {"amount": 1}}).json()
        validator("WhatIfAnswer").validate(both)
        validator("Policy").validate(client.get("/v1/policy").json())
        validator("Model").validate(client.get("/v1/model").json())
        validator("Problem").validate(client.post("/v1/what-if", {}).json())
    plan = demo.post("/v1/plan", {"deals": [facts], "hours": 10}).json()
    validator("Plan").validate(plan)


def test_the_example_of_an_answer_is_one_that_the_demo_company_gets(demo_policy):
    paths = document()["paths"]["/v1/score"]["post"]
    asked = paths["requestBody"]["content"]["application/json"]["example"]
    shown = paths["responses"]["200"]["content"]["application/json"]["example"]
    deal = deal_of(asked, {}, demo_policy, today=TODAY)
    (decision,) = Qualifier(demo_policy).decide([deal])
    real = answer(decision, demo_policy, "en")
    assert list(shown) == list(real)
    assert shown["recommendation"] == real["recommendation"]
    for name in ("knockouts", "reasons", "contributions", "find_out"):
        assert [list(one) for one in shown[name]] == [list(one) for one in real[name]][:1]


def test_the_route_tells_it():
    client = TestClient(Starlette(routes=[Route("/v1/openapi.json", openapi)]))
    assert client.get("/v1/openapi.json").json() == json.loads(json.dumps(document()))


@pytest.fixture
def service(policy):
    return Service(Qualifier(policy))


@pytest.fixture(scope="module")
def demo_policy():
    return load_policy(DEMO)


@pytest.fixture
def demo(demo_policy):
    return Service(Qualifier(demo_policy))
