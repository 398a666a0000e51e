"""What the README shows is what happens."""

import json
import re
import shlex
from datetime import date
from pathlib import Path

import pytest
import yaml

from features import parse_policy
from features.facts import deal_from_facts
from models.artifact import load_artifact
from models.registry import Registry
from qualifox.cli import run
from reports.answer import answer

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
POLICY = ROOT / "examples" / "demo_company" / "policy.yaml"


def block(start):
    """Return the first code block of the README that holds a text."""
    blocks = re.findall(r"```\w*\n(.*?)```", README, flags=re.DOTALL)
    return next(found for found in blocks if start in found)


def holds(real, shown, where="answer"):
    """Check that what is shown is in the real answer: texts to the letter, numbers as rounded."""
    if isinstance(shown, dict):
        for key, value in shown.items():
            holds(real[key], value, f"{where}.{key}")
    elif isinstance(shown, list) and shown and isinstance(shown[0], dict):
        for value in shown:
            name = next(iter(value))
            match = [one for one in real if all(one[k] == v for k, v in value.items())]
            assert match, f"{where}: nothing has {name} {value}"
    elif isinstance(shown, float):
        digits = len(str(shown).partition(".")[2])
        assert round(real, digits) == shown, where
    else:
        assert real == shown, where


def test_the_request_gets_the_answer_that_is_shown(home):
    registry = Registry(home)
    qualifier = load_artifact(registry.fetch(registry.get("demo_company")))
    words = shlex.split(block("curl -s"))
    facts = json.loads(words[words.index("-d") + 1])
    deal = deal_from_facts(facts, qualifier.policy.fields, as_of=date(2026, 1, 5))
    (decision,) = qualifier.decide([deal])
    real, shown = answer(decision, qualifier.policy, "en"), json.loads(block('"recommendation"'))
    holds(real, shown)
    with pytest.raises(AssertionError):  # the check can fail
        holds(real, shown | {"p_win": shown["p_win"] + 0.02})


def test_every_part_of_the_answer_is_explained(home):
    table = README[README.index("| in the answer") :].split("\n\n")[0]
    parts = (
        "recommendation knockouts scorecard grade value go_at p_win evidence evidence_level"
        " p_lost p_no_decision stability_range reasons find_out expired versions"
        " baseline contributions exploration"
    )
    for name in parts.split():
        assert f"`{name}`" in table


def test_the_rules_that_are_shown_stand_in_the_demo_policy():
    whole = yaml.safe_load(POLICY.read_text(encoding="utf-8"))
    shown = yaml.safe_load(block("knockouts:"))
    for section in ("knockouts", "criteria"):
        for rule in shown[section]:
            assert rule in whole[section]


def test_every_make_target_and_command_that_is_named_exists(capsys):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)
    named = re.findall(r"`make ([a-z]+)`|^make ([a-z]+)", README, re.MULTILINE)
    assert len(named) >= 4
    assert {target for pair in named for target in pair if target} <= set(targets)
    for command in set(re.findall(r"qualifox ([a-z]+)[ `]", README)):
        assert run([command, "--help"]) == 0, command
    capsys.readouterr()


@pytest.mark.parametrize("example", ["b2b_solutions", "demo_company", "ibm_win_loss"])
def test_the_example_policies_load(example):
    place = ROOT / "examples" / example / "policy.yaml"
    assert parse_policy(place.read_bytes(), str(place)).name == example
