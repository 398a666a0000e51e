"""The schema accepts what the loader accepts, and catches what people get wrong."""

import copy
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from features.policy import load_policy
from features.policy.json_schema import policy_schema
from features.policy.yaml_source import read_yaml

ROOT = Path(__file__).parents[4]
MACHINES = ROOT / "tests" / "unit" / "reports" / "policy.yaml"
FILES = [*sorted((ROOT / "examples").glob("*/policy*.yaml")), MACHINES]


@cache
def _read(file):
    return read_yaml(file.read_bytes(), str(file)).data


def data_of(file):
    return copy.deepcopy(_read(file))


def mistakes(schema, data):
    return [error.json_path for error in Draft7Validator(schema).iter_errors(data)]


@pytest.fixture(scope="module")
def schema():
    return policy_schema(load_policy(MACHINES))


@pytest.fixture(scope="module")
def any_policy():
    return policy_schema()


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_example_is_valid_and_so_are_its_schemas(any_policy, file):
    for made in (any_policy, policy_schema(load_policy(file))):
        Draft7Validator.check_schema(made)
        assert mistakes(made, data_of(file)) == []


PLANTED = [
    (("fieldz",), {}, False),
    (("title",), "Machines", False),
    (("title", "fr"), "", False),
    (("decision", "go_at"), {}, False),
    (("decision", "go_at", "p_win"), 40, False),
    (("fields", "amount", "type"), "numbr", False),
    (("fields", "amount", "mini"), 1, False),
    (("fields", "any"), {"type": "number"}, False),
    (("fields", "Amount"), {"type": "number"}, False),
    (("criteria", 0, "points"), 5, False),
    (("criteria", 2, "points"), "12", False),
    (("criteria", 2, "when"), [], False),
    (("criteria", 2, "when"), {}, False),
    (("criteria", 2, "when", "any"), [], False),
    (("criteria", 2, "when", "competitors"), {"abov": 2}, False),
    (("knockouts", 0, "then"), "nogo", False),
    (("knockouts", 0, "then"), {"conditional": {"en": "a", "fr": "b"}}, False),
    (("knockouts", 0, "on_unknown"), "ask", False),
    (("knockouts", 0, "waiver", "days"), 0, False),
    (("economics", "revenu"), 5, False),
    (("economics", "margin_rate"), {"by": "deliverable"}, False),
    # with the names of the policy
    (("knockouts", 0, "when"), {"helth": "distressed"}, True),
    (("knockouts", 0, "when", "health"), "distresed", True),
    (("knockouts", 0, "when", "health"), {"at_most": "bad"}, True),
    (("knockouts", 0, "when"), {"tender": "yes"}, True),
    (("knockouts", 0, "when"), {"notes": "x"}, True),
    (("knockouts", 0, "when"), {"competitors": {"is": 50}}, True),
    (("knockouts", 0, "when"), {"amount": {"above": {"field": "tender"}}}, True),
    (("knockouts", 0, "when"), {"tender": {"above": 1}}, True),
    (("knockouts", 0, "when"), {"received_on": {"after": "March"}}, True),
    (("knockouts", 0, "when"), {"tender": {"applies": True}}, True),
    (("knockouts", 0, "applies_to"), ["complx"], True),
    (("criteria", 0, "group"), "budgt", True),
    (("criteria", 0, "field"), "notes", True),
    (("criteria", 1, "values"), {"unsound": 1}, True),
    (("economics", "revenue"), {"field": "tender"}, True),
    (("economics", "margin_rate", "by"), "amount", True),
    (("economics", "margin_rate", "values"), {"engine": 0.1}, True),
    (("fields", "coverage", "of"), "tender", True),
    (("fields", "days_left", "end"), "amount", True),
]


def with_mistake(path, value):
    data = data_of(MACHINES)
    part = data
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    return data


@pytest.mark.parametrize(("path", "value", "named"), PLANTED, ids=lambda part: str(part)[:60])
def test_a_planted_mistake_is_caught_near_its_place(schema, any_policy, path, value, named):
    data = with_mistake(path, value)
    found = mistakes(schema, data)
    assert found
    assert all(place == "$" or place.startswith(f"$.{path[0]}") for place in found)
    assert named or mistakes(any_policy, data)  # any policy's schema knows the structure


@pytest.mark.parametrize("key", ["policy", "title", "deals", "fields", "decision"])
def test_what_is_missing_is_caught_unless_another_file_gives_it(schema, key):
    data = data_of(MACHINES)
    del data[key]
    assert mistakes(schema, data)
    assert mistakes(schema, {"extends": "company.yaml", **data}) == []


def test_a_file_that_extends_may_give_a_part_of_a_block(schema):
    part = {"extends": "company.yaml", "decision": {"exploration": {"share": 0.1}},
            "deals": {"id": "Id"}}  # fmt: skip
    assert mistakes(schema, part) == []
    whole = data_of(MACHINES)
    for block, value in part.items():
        if block != "extends":
            assert mistakes(schema, {**whole, block: value})


def test_editors_are_told_what_settings_mean_and_which_ids_there_are(schema):
    defs = schema["$defs"]
    assert (
        "how old an answer may be"
        in (defs["NumberField"]["properties"]["valid_for_days"]["description"])
    )
    assert ">>>" not in str(schema)
    assert defs["KnockoutText"]["properties"]["id"]["examples"][0] == "insolvent"
    health = defs["Condition"]["properties"]["health"]
    assert health["description"] == "Financial health: What does credit control say?"


def test_answers_that_look_like_numbers_may_stand_without_quotes(tmp_path):
    text = MACHINES.read_text().replace("[equipment, parts, services]", '["1", "2"]')
    text = text.replace("deliverable: [equipment, parts]", "deliverable: [1, 2]")
    text = text.replace("values: {equipment: 0.22, parts: 0.355}", "values: {1: 0.2}")
    file = tmp_path / "policy.yaml"
    file.write_text(text)
    assert mistakes(policy_schema(load_policy(file)), data_of(file)) == []
