"""docs/policy.md is true: every example in it is part of a policy, and no setting is left out."""

import json
import re
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from features import PolicyError, load_policy, parse_policy
from features.fields import FIELD_TYPES
from features.matrix_column import CriterionSign
from features.policy.criteria import Direction
from features.policy.criterion_columns import sign_of
from features.policy.policy import PolicyFile
from features.policy.waivers import SETTINGS
from features.policy.written import written_policy
from features.policy.yaml_source import read_yaml
from models.knockouts import judge_knockouts
from serving.envelope import deal_of

PAGE = (Path(__file__).parents[2] / "docs" / "policy.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)
EXTENDING = [block for block in BLOCKS if block.startswith("extends:")]
STANDING = [block for block in BLOCKS if block not in EXTENDING]
MONEY = next(block for block in BLOCKS if block.startswith("economics:"))
SHARED = ("fields", "segments", "groups")
FIRST = {"policy", "title", "deals", "decision"}
"""What the first example gives, and every policy needs."""


def data_of(block):
    source = read_yaml(block.encode(), "docs/policy.md")
    assert not source.problems
    return source.data


def base():
    """Return the first example with the fields, segments and groups of all."""
    made = {key: value for key, value in data_of(BLOCKS[0]).items() if key in FIRST}
    for block in STANDING:
        for key, value in data_of(block).items():
            if key in SHARED:
                made[key] = {**made.get(key, {}), **value}
    return made


def whole(block):
    """Return an example as the text of a whole policy."""
    data = {k: v for k, v in data_of(block).items() if k not in SHARED}
    if "decision" in data:  # an expected value needs the money of the example before it
        data = {"economics": data_of(MONEY)["economics"], **data}
    return written_policy(base() | data)


@pytest.mark.parametrize("block", STANDING)
def test_every_example_is_part_of_a_policy(block):
    parse_policy(whole(block).encode())


def test_the_first_example_is_a_policy_as_it_stands():
    parse_policy(BLOCKS[0].encode())


def test_an_example_that_is_wrong_would_be_found():
    wrong = next(block for block in STANDING if "conditional_go" in block)
    with pytest.raises(PolicyError, match="on_unknwon"):
        parse_policy(whole(wrong.replace("on_unknown", "on_unknwon")).encode())


def test_the_segment_extends_the_rest(tmp_path):
    rules = next(block for block in STANDING if "id: distressed" in block)
    (tmp_path / "policy.yaml").write_text(whole(rules), encoding="utf-8")
    (tmp_path / "segment.yaml").write_text(EXTENDING[0], encoding="utf-8")
    company = load_policy(tmp_path / "policy.yaml")
    segment = load_policy(tmp_path / "segment.yaml")
    assert [rule.id for rule in segment.knockouts] == [rule.id for rule in company.knockouts]
    assert company.knockouts[0].refuses
    assert not segment.knockouts[0].refuses


def test_the_request_that_is_shown_waives_the_knockout_that_is_shown():
    rules = next(block for block in STANDING if "id: distressed" in block)
    policy = parse_policy(whole(rules).encode())
    (body,) = re.findall(r"```json\n(.*?)```", PAGE, flags=re.DOTALL)
    request = json.loads(body)
    deal = deal_of(request, {}, policy, today=date(2026, 1, 5))
    states = {verdict.knockout.id: verdict.state for verdict in judge_knockouts(policy, deal)}
    assert states["distressed"] == "waived"
    assert set(request["waivers"][0]) == set(SETTINGS)


def test_the_three_states_of_a_direction_are_shown_and_told_with_their_names():
    rules = next(block for block in STANDING if block.startswith("criteria:"))
    policy = parse_policy(whole(rules).encode())
    meant = {one.id: (one.direction, sign_of(one, policy)) for one in policy.criteria}
    assert meant["sound"] == (None, CriterionSign.EXPECTED)
    assert meant["has_margin"] == ("as_points", CriterionSign.FIRM)
    assert meant["time"] == ("free", CriterionSign.FREE)
    assert meant["contact"] == (None, CriterionSign.FIRM)  # by the field's own better way
    assert {way for way, _ in meant.values()} == {None, *get_args(Direction)}
    table = PAGE.split("| `direction` | the model |")[1].split("\n\n")[0]
    assert all(f"| `{way}` |" in table for way in get_args(Direction))
    assert "| not given |" in table


def settings(model, seen):
    """Return the names of all settings of a part of the file, and of the parts in it."""
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return {name for part in get_args(model) for name in settings(part, seen)}
    if model in seen:
        return set()
    seen.add(model)
    found = set()
    for name, field in model.model_fields.items():
        found |= {field.alias or name} | settings(field.annotation, seen)
    return found


def test_every_setting_has_an_example():
    found = set().union(*(settings(model, set()) for model in (PolicyFile, *FIELD_TYPES.values())))
    assert len(found) > 80
    examples = "\n".join(BLOCKS)
    missing = {name for name in found if not re.search(rf"\b{name}: ", examples + " ")}
    missing -= {name for name in found if re.search(rf"\b{name}:\n", examples)}
    assert not missing
