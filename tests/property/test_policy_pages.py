"""Laws of what people read: words never fail, order is no difference, every change is told."""

import copy
import io
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from rich.console import Console

from features.conditions import All, AnyOf, Applies, Comparison, Condition, IsOneOf, Not
from features.deal import NOT_APPLICABLE
from features.policy import load_policy
from features.policy.changes import changes_between
from features.policy.json_schema import policy_schema
from features.texts import LANGUAGES
from reports.condition_words import condition_in_words, condition_lines
from reports.policy_difference import policy_difference
from reports.policy_html import render_policy
from reports.policy_lines import policy_lines
from reports.policy_page import policy_page
from tests.property.strategies import load, shuffled
from tests.property.worlds import policies

MACHINES = Path(__file__).parents[1] / "unit" / "reports" / "policy.yaml"
DAYS = (date(2026, 1, 1), date(2026, 1, 2), date(2026, 3, 31))
NUMBERS = (-1.0, 0.0, 1.0, 2.5)
TESTS = ("above", "at_least", "below", "at_most")
FACTS = {
    "amount": NUMBERS, "budget": NUMBERS, "competitors": NUMBERS,
    "tender": (True, False), "deliverable": ("equipment", "parts", "services"),
    "answer_by": (*DAYS, NOT_APPLICABLE), "received_on": DAYS,
    "incumbent": ("A", "B", NOT_APPLICABLE),
}  # fmt: skip
FIELDS = st.sampled_from(sorted(FACTS))
few = settings(max_examples=settings().max_examples // 10)  # a page takes tens of milliseconds
half = settings(max_examples=settings().max_examples // 2)


@cache
def machines():
    return load_policy(MACHINES)


@st.composite
def leaves(draw) -> Condition:
    name = draw(FIELDS)
    values = [value for value in FACTS[name] if value is not NOT_APPLICABLE]
    kind = draw(st.sampled_from(["member", "compare", "compare", "field", "applies"]))
    test = draw(st.sampled_from(TESTS))
    days = name in {"answer_by", "received_on"}
    if kind == "applies" and NOT_APPLICABLE in FACTS[name]:
        return Applies(name)
    if kind == "compare" and (days or values[0] in NUMBERS) and values[0] is not True:
        return Comparison(name, test, draw(st.sampled_from(values)))
    if kind == "field" and (days or name in {"amount", "competitors"}):
        return Comparison(name, test, "received_on" if days else "budget")
    return IsOneOf(name, draw(st.frozensets(st.sampled_from(values), min_size=1)))


def branches(parts):
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return several.map(All) | several.map(AnyOf) | parts.map(Not)


CONDITIONS = st.recursive(leaves(), branches, max_leaves=6)
KNOWN = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(values) for name, values in FACTS.items()}
)


@given(CONDITIONS)
def test_every_condition_has_words_in_both_languages(condition):
    for language in LANGUAGES:
        words = condition_in_words(condition, machines(), language)
        lines, _ = condition_lines(condition, machines(), language)
        labels = [machines().fields[name].label_in(name, language) for name in condition.fields()]
        assert all(label in words for label in labels)
        assert all(line in words for line in lines)


@half
@given(CONDITIONS, st.lists(KNOWN, min_size=1, max_size=12))
def test_words_mean_the_condition(condition, deals):
    """Two conditions that a deal tells apart never read the same."""
    opposite = Not(condition)
    assume(any(condition.holds(deal) is not None for deal in deals))
    for language in LANGUAGES:
        assert condition_in_words(condition, machines(), language) != condition_in_words(
            opposite, machines(), language
        )


@few
@given(policies())
def test_every_policy_has_a_page_and_its_schema_accepts_it(data):
    policy = load(data)
    for language in LANGUAGES:
        page = policy_page(policy, language)
        console = Console(file=io.StringIO(), width=100)
        console.print(*policy_lines(page))
    assert render_policy(policy, "fr").count("<h1>") == len(LANGUAGES)
    assert list(Draft7Validator(policy_schema(policy)).iter_errors(data)) == []


@few
@given(policies(), st.integers(0, 10**6))
def test_order_of_keys_is_no_difference(data, order):
    other = shuffled(data, order, lists=False)
    assert policy_difference(load(data), load(other), "fr").groups == ()


@few
@given(policies(), policies())
def test_differences_are_the_same_both_ways_and_none_is_left_unsaid(one, other):
    before, after = load(one), load(other)
    forth, back = changes_between(before, after), changes_between(after, before)
    assert {(c.section, c.name) for c in forth} == {(c.section, c.name) for c in back}
    for language in LANGUAGES:
        told = policy_difference(before, after, language)
        said = [entry for group in told.groups for entry in group.entries]
        assert len(said) == len(forth)
        assert all(entry.lines or entry.kind != "changed" for entry in said)


def paths(data, path=()):
    """Yield the path of every word and number in some data."""
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in items:
        if isinstance(value, dict | list):
            yield from paths(value, (*path, key))
        else:
            yield (*path, key)


def test_every_word_of_a_policy_that_changes_is_told():
    """Not one leaf of the canonical data may change in silence."""
    policy, silent = machines(), []
    for path in paths(dict(policy.data)):
        data = copy.deepcopy(dict(policy.data))
        part: Any = data
        for key in path[:-1]:
            part = part[key]
        if path[-1] == "id" or isinstance(part, list):
            continue  # another id is another rule
        part[path[-1]] = "something else"
        other = replace(policy, data=data)
        if not changes_between(policy, other):
            silent.append(path)
    assert silent == []
