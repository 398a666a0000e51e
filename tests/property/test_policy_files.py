"""Laws of the policy as a file: what it means, in whatever way it is written or put together."""

import copy
import itertools
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from features import Policy, PolicyError, Problem, load_policy, parse_policy
from features.policy.written import written_policy
from tests.property import strategies as made
from tests.property.strategies import Data
from tests.property.worlds import policies

half = settings(max_examples=settings().max_examples // 2)
quickly = settings(phases=[Phase.generate])

PARTS = ("name", "title", "fields", "groups", "economics", "decision", "deals", "data")
FILES = itertools.count()


def same(one: Policy, other: Policy) -> bool:
    """Return whether two policies say the same, part by part and by their fingerprint.

    Of conditions their canonical form is compared: the order of their parts means nothing.
    """
    parts = all(getattr(one, part) == getattr(other, part) for part in PARTS)
    return parts and one.fingerprint == other.fingerprint


@given(policies())
@half
def test_json_and_yaml_blocks_are_the_same_policy(data):
    assert same(parse_policy(made.as_json(data)), parse_policy(made.as_yaml(data)))


@given(policies())
@half
def test_a_policy_written_out_reads_back_as_itself(data):
    policy = made.load(data)
    again = parse_policy(written_policy(policy.data).encode())
    assert same(again, policy)
    assert written_policy(again.data) == written_policy(policy.data)


@given(policies(), made.ORDERS)
@half
def test_another_order_of_the_keys_and_comments_keep_the_fingerprint(data, order):
    text = made.as_yaml(made.shuffled(data, order, lists=False)).decode()
    random = Random(order)
    lines = [
        f"{line}  # {random.random()}" if line[-1:] in ":]" else line for line in text.split("\n")
    ]
    commented = "\n# a remark\n".join(["# who, when, why", *lines])
    assert parse_policy(commented.encode()).fingerprint == made.load(data).fingerprint


@given(policies(), made.ORDERS)
@half
def test_another_number_of_points_or_another_condition_is_another_fingerprint(data, order):
    if not data["criteria"]:
        return
    other = copy.deepcopy(data)
    other["criteria"][0]["otherwise"] = 99
    assert made.load(other).fingerprint != made.load(data).fingerprint


@st.composite
def split_policies(draw: DrawFn) -> tuple[Data, Data, Data]:
    """Return a policy as a person would have merged it, and the two files it stands in.

    The policy comes first. Every part of it is then given to the base, to the addition, or to
    both; what is in both stands in the base in an older form.
    """
    whole = draw(policies())
    base: Data = {"policy": "company", "title": {"en": "Company", "fr": "Entreprise"}}
    addition: Data = {"extends": "base.yaml", "policy": whole["policy"], "title": whole["title"]}
    for section in ("fields", "segments", "decision", "deals"):
        for name, part in whole[section].items():
            _give(draw, base.setdefault(section, {}), addition.setdefault(section, {}), name, part)
    for section in ("criteria", "knockouts"):
        rules = whole[section]
        cut = draw(st.integers(0, len(rules)))  # the base's come first, the new ones at the end
        base[section] = list(rules[:cut])
        addition[section] = draw(st.permutations(_changed(draw, base[section]))) + rules[cut:]
    return whole, base, {key: part for key, part in addition.items() if part}


def _give(draw: DrawFn, base: Data, addition: Data, name: str, part: Any) -> None:
    where = draw(st.sampled_from(["base", "addition", "both"]))
    if where != "base":
        addition[name] = part
    if where != "addition":
        base[name] = part if where == "base" else {"older": "form"}


def _changed(draw: DrawFn, rules: list[Data]) -> list[Data]:
    """Let some rules stand in an older form, and return them as they are now."""
    changed = [place for place in range(len(rules)) if draw(st.booleans())]
    now = [rules[place] for place in changed]
    for place in changed:
        rules[place] = {"id": rules[place]["id"], "older": "form"}
    return now


def check_extends(
    load: Callable[[Path, Data, Data], Policy], folder: Path, effort: settings = quickly
) -> None:
    """Check that a file with the one it extends is the policy that a person would merge."""

    @given(split_policies())
    @effort
    def law(split: tuple[Data, Data, Data]) -> None:
        whole, base, addition = split
        assert same(load(folder, base, addition), made.load(whole))

    law()


def by_qualifox(folder: Path, base: Data, addition: Data) -> Policy:
    place = folder / str(next(FILES))
    place.mkdir()
    (place / "base.yaml").write_bytes(made.as_yaml(base))
    (place / "own.yaml").write_bytes(made.as_yaml(addition))
    return load_policy(place / "own.yaml")


def test_a_file_and_the_one_it_extends_are_the_policy_that_a_person_would_merge(tmp_path):
    check_extends(by_qualifox, tmp_path, half)


def test_the_law_of_extends_catches_a_merge_that_replaces_whole_sections(tmp_path):
    def careless(folder: Path, base: Data, addition: Data) -> Policy:
        return made.load({k: v for k, v in {**base, **addition}.items() if k != "extends"})

    with pytest.raises((AssertionError, PolicyError, ExceptionGroup)):
        check_extends(careless, tmp_path)


def test_a_merged_policy_keeps_the_places_of_its_parts_and_its_whole_text(tmp_path):
    texts = Path(__file__).parents[1] / "unit" / "features" / "policy" / "every_setting.yaml"
    (tmp_path / "base.yaml").write_bytes(texts.read_bytes())
    own = tmp_path / "own.yaml"
    own.write_text("extends: base.yaml\npolicy: own\nknockouts:\n  - id: too_late\n"
                   "    when: {notes_missing: true}\n", encoding="utf-8")  # fmt: skip
    with pytest.raises(PolicyError) as caught:
        load_policy(own)
    assert {problem.where for problem in caught.value.problems} == {f"{own}:4", f"{own}:5"}
    own.write_text("extends: base.yaml\npolicy: own\ndecision: {go_at: {p_win: 0.9}}\n", "utf-8")
    policy = load_policy(own)
    assert policy.place("decision", "go_at", "p_win") == f"{own}:3"
    assert policy.place("knockouts", 1, "when").startswith(f"{tmp_path / 'base.yaml'}:")
    assert yaml.safe_load(policy.text)["policy"] == "own"
    assert same(parse_policy(policy.text.encode()), policy)


MISTAKES: list[Any] = [
    None, True, 0, -1, 1e400, 10**30, "", "No", "any", "é\u00a0?", "x" * 300,
    [], {}, ["A"], [[]], [None], {"field": "n1"}, {"not": {}}, {"above": "A"}, {"type": "number"},
]  # fmt: skip


@st.composite
def broken(draw: DrawFn) -> Data:
    """Return a policy with a mistake or two at any place."""
    data = copy.deepcopy(draw(policies()))
    for _ in range(draw(st.integers(1, 2))):
        place: Any = data
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            key = draw(st.sampled_from(keys))
            deeper = isinstance(place[key], dict | list) and place[key]
            if not deeper or draw(st.integers(0, 3)) == 0:
                break
            place = place[key]
        if isinstance(place, dict) and draw(st.booleans()):
            value = place.pop(key)
            place[
                draw(st.sampled_from(["extra", f"{key}e", "Not A Name", "any", "then", key]))
            ] = value
        else:
            place[key] = draw(st.sampled_from(MISTAKES))
    return data


@given(broken())
@half
def test_a_broken_policy_is_told_with_lines_of_its_file_and_never_raises_anything_else(data):
    content = made.as_yaml(data)
    last = content.count(b"\n") + 1
    problems = _problems(content)
    assert problems != ()
    assert len(set(problems or ())) == len(problems or ())
    for problem in problems or ():
        name, _, line = problem.where.rpartition(":")
        assert name == "broken.yaml"
        assert 1 <= int(line) <= last
        assert problem.what
        assert problem.hint
        assert problem.hint.strip()


def _problems(content: bytes) -> tuple[Problem, ...] | None:
    """Return what is wrong with a policy, None when nothing is."""
    try:
        parse_policy(content, "broken.yaml")
    except PolicyError as error:
        return error.problems
    return None
