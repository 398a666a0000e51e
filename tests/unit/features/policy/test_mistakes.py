"""Mistakes are told in words for the people who write policies, each with what to write."""

import copy
import os
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from features import PolicyError, Problem, load_policy, parse_policy
from features.policy.mistakes import _WORDS
from features.policy.written import written_policy
from features.policy.yaml_source import read_yaml

HERE = Path(__file__).parent
PLANTED = HERE / "mistakes.yaml"
EVERY_SETTING = HERE / "every_setting.yaml"

WRONG: tuple[Any, ...] = (
    None, True, -1, 2.5, "", "zzz", "2026-02-30", [], ["zzz"], [5], {}, {"zzz": 1},
    {"field": "zzz"},
)  # fmt: skip
N_WRONG = 10_000 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 250


def planted() -> dict[int, tuple[str, str]]:
    """Return the kind and the words of every planted mistake, by its line."""
    found = {}
    for number, line in enumerate(PLANTED.read_text(encoding="utf-8").split("\n"), start=1):
        if "  #! " in line:
            kind, words = line.split("  #! ")[1].split(" | ")
            found[number] = (kind, words)
    return found


def test_every_planted_mistake_is_told_in_one_pass_at_its_line_with_a_hint():
    mistakes = planted()
    assert len(mistakes) >= 30
    assert len({kind for kind, _ in mistakes.values()}) >= 15
    with pytest.raises(PolicyError) as refused:
        load_policy(PLANTED)
    problems = refused.value.problems
    assert [p.where for p in problems] == [f"{PLANTED}:{line}" for line in sorted(mistakes)]
    for problem, line in zip(problems, sorted(mistakes), strict=True):
        assert mistakes[line][1] in problem.what
        assert problem.hint


def problems_of(data: object) -> tuple[tuple[Problem, ...], int]:
    """Return the problems of a policy that stands as data, and how many lines it has."""
    content = yaml.safe_dump(data, sort_keys=False, allow_unicode=True).encode()
    try:
        parse_policy(content, "p.yaml")
    except PolicyError as error:
        return error.problems, content.count(b"\n")
    return (), content.count(b"\n")


def spoilt() -> Iterator[tuple[str, Any]]:
    """Return the policy of every setting with one wrong value, at any place."""
    data, random = read_yaml(EVERY_SETTING.read_bytes(), "p.yaml").data, Random(3)
    places = list(walk(data))
    for _ in range(N_WRONG):
        path, wrong = random.choice(places), random.choice([*WRONG, "(gone)"])
        other: Any = copy.deepcopy(data)
        around = other
        for key in path[:-1]:
            around = around[key]
        if wrong == "(gone)":
            del around[path[-1]]
        else:
            around[path[-1]] = copy.deepcopy(wrong)
        yield f"{'.'.join(map(str, path))}: {wrong}", other


def walk(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    for key in data if isinstance(data, dict) else range(len(data)):
        yield (*path, key)
        if isinstance(data[key], dict | list):
            yield from walk(data[key], (*path, key))


def test_a_wrong_value_anywhere_is_told_once_with_a_hint_or_is_a_policy():
    refused = 0
    for name, data in spoilt():
        problems, lines = problems_of(data)
        refused += bool(problems)
        assert len({(p.where, p.what) for p in problems}) == len(problems), name
        for problem in problems:
            assert problem.what.isprintable(), name
            assert "Input should" not in problem.what, name  # pydantic's own words
            assert problem.hint, name
            assert 1 <= int(problem.where.removeprefix("p.yaml:")) <= lines, name
    assert refused > N_WRONG / 2


def test_the_policy_of_every_setting_has_no_mistake_and_reads_back_as_it_is():
    policy = load_policy(EVERY_SETTING)
    assert parse_policy(written_policy(policy.data).encode()).fingerprint == policy.fingerprint


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("won: [Won]", "won: []", "'won' holds nothing"),
        ("won: [Won]", "won: Won", "'won' is not a list"),
        ("won: [Won]", "won: [7]", "'won' holds 7, which is not a text"),
        ("points: 20", "points: many", "'points' is not a number"),
        ("points: 20", "points: -5000", "'points' is too small"),
        ("p_win: 0.3", "p_win: 3", "'p_win' is too large"),
        ("then: no_go", "then: stop", "'then' is none of the words it can be"),
        ("max: 5000000", "max: .inf", "'max' is not a number"),
        ("insolvency: {type: boolean, better: lower}", "insolvency: boolean",
         "'insolvency' is not a mapping"),
        ("type: boolean, better: lower", "type: boolean, valid_for_days: 2.5",
         "'valid_for_days' is not a whole number"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_and_shown_how_it_should_be(policy_text, old, new, words):
    assert old in policy_text
    with pytest.raises(PolicyError) as refused:
        parse_policy(policy_text.replace(old, new, 1).encode())
    assert [problem.what for problem in refused.value.problems if problem.hint] == [words]


def test_what_hangs_on_a_broken_section_is_not_blamed_for_it():
    data: Any = read_yaml(EVERY_SETTING.read_bytes(), "p.yaml").data
    for section in ("fields", "groups", "segments"):
        problems, _ = problems_of({**data, section: "none"})
        assert [problem.what for problem in problems] == [f"'{section}' is not a mapping"]


def test_no_hint_is_left_with_a_blank_to_fill_in_but_the_bounds():
    blanks = {name for _, hint in _WORDS.values() for name in re.findall(r"\{(\w+)", hint)}
    assert blanks - {"name"} <= {"ge", "le", "expected", "max_length"}
