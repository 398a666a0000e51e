"""Generated policies and deals: small worlds, so that answers and limits often meet.

Everything is made as plain data, the way people write it, and loaded through ``parse_policy``.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any, TypeAlias

import yaml
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from features import Deal, Policy, parse_policy
from features.conditions import Condition
from features.deal import NOT_APPLICABLE, Fact

Data: TypeAlias = dict[str, Any]
Facts: TypeAlias = Mapping[str, Fact]

DAY = date(2026, 1, 5)
DEEPEST = 4
NUMBERS = (-1.0, 0.0, 0.5, 1.0)
ANSWERS = ("A", "B", "No")
OPEN_ANSWERS = (*ANSWERS, "D", "true", "1")
RANKS = ("low", "mid", "high")
DAYS = tuple(DAY + timedelta(days=days) for days in (-10, 0, 1, 10))
VALUES_OF: dict[str, tuple[Fact, ...]] = {
    "n1": NUMBERS,
    "n2": NUMBERS,
    "n3": NUMBERS,
    "n4": NUMBERS,
    "b1": (True, False),
    "b2": (True, False),
    "c1": ANSWERS,
    "c2": OPEN_ANSWERS,
    "o1": RANKS,
    "d1": DAYS,
    "d2": DAYS,
    "r1": (-1.0, 0.5, 2.0),
    "t1": (-10.0, 0.0, 10.0),
}
FIELDS: Data = {
    "n1": {"type": "number"},
    "n2": {"type": "number", "min": -5, "max": 5.5, "better": "higher"},
    "n3": {"type": "number", "unit": "EUR", "used_by_model": False},
    "n4": {"type": "number", "not_applicable": ["n/a"]},
    "b1": {"type": "boolean", "better": "lower"},
    "b2": {"type": "boolean"},
    "c1": {"type": "category", "values": list(ANSWERS), "not_applicable": []},
    "c2": {"type": "category", "unknown": ["To ask"]},
    "o1": {"type": "category", "values": list(RANKS), "ordered": True},
    "d1": {"type": "date"},
    "d2": {"type": "date", "not_applicable": []},
    "r1": {"type": "ratio", "of": "n1", "to": "n4"},
    "t1": {"type": "days_between", "start": "as_of", "end": "d2"},
}
SOURCES = {"r1": ("n1", "n4"), "t1": ("d2",)}
OPTIONAL = frozenset({"n4", "c1", "d2", "r1", "t1"})
"""The fields that may not apply, or that follow from one."""
ANSWERS_OF: dict[str, tuple[Fact, ...]] = {
    name: (*values, NOT_APPLICABLE) if name in OPTIONAL else values
    for name, values in VALUES_OF.items()
    if name not in SOURCES
}
ORDERS = st.integers(0, 10**6)
COMPARISONS = ("above", "at_least", "below", "at_most")
DAY_WORDS = {
    "after": "above",
    "on_or_after": "at_least",
    "before": "below",
    "on_or_before": "at_most",
}
TEXT = {"en": "a", "fr": "b"}


class _Dumper(yaml.SafeDumper):
    """Writes every value out, as a policy must."""

    def ignore_aliases(self, data: object) -> bool:
        return True


@dataclass(frozen=True)
class Case:
    """A condition as people write it, its fields, and what is given of some deals."""

    fields: tuple[str, ...]
    condition: Data
    deals: tuple[Facts, ...]


def field_names(*, most: int = 4) -> SearchStrategy[tuple[str, ...]]:
    """Return sets of fields, with those that the derived ones follow from."""
    names = st.lists(st.sampled_from(sorted(FIELDS)), min_size=1, max_size=most, unique=True)
    return names.map(
        lambda drawn: tuple(
            sorted({*drawn, *(s for name in drawn for s in SOURCES.get(name, ()))})
        )
    )


def asked(fields: Iterable[str]) -> tuple[str, ...]:
    """Return the fields that somebody answers."""
    return tuple(name for name in sorted(fields) if name not in SOURCES)


@cache
def known_facts(fields: tuple[str, ...]) -> SearchStrategy[dict[str, Fact]]:
    """Return what may be given of a deal; a fact that is left out is unknown."""
    return st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(ANSWERS_OF[name]) for name in asked(fields)}
    )


def written(value: Fact) -> Any:
    """Return a value as it stands in a file."""
    return value.isoformat() if isinstance(value, date) else value


@cache
def _values(name: str) -> SearchStrategy[Any]:
    one = st.sampled_from([written(value) for value in VALUES_OF[name]])
    return one | st.lists(one, min_size=1, max_size=3)


@cache
def _comparisons(name: str, others: tuple[str, ...]) -> SearchStrategy[Data]:
    words = [*COMPARISONS, *DAY_WORDS] if name.startswith("d") else list(COMPARISONS)
    if name == "o1":  # nothing is above the highest, or below the lowest
        pairs = [(word, rank) for word in words for rank in RANKS]
        pairs = [pair for pair in pairs if pair not in {("above", "high"), ("below", "low")}]
        return st.lists(st.sampled_from(pairs), min_size=1, max_size=2).map(dict)
    limits: list[Any] = [*map(written, VALUES_OF[name]), *({"field": other} for other in others)]
    return st.dictionaries(
        st.sampled_from(words), st.sampled_from(limits * 2), min_size=1, max_size=2
    )


@cache
def _tests(name: str, fields: tuple[str, ...]) -> SearchStrategy[Any]:
    """Return what may stand behind a field's name."""
    values = _values(name)
    ways = [values, st.fixed_dictionaries({"not": values}), st.fixed_dictionaries({"is": values})]
    if name in OPTIONAL:
        ways.append(st.fixed_dictionaries({"applies": st.booleans()}))
    if name[0] in "nrtdo":
        kinds = "d" if name.startswith("d") else "nrt"
        compared = _comparisons(name, tuple(other for other in fields if other[0] in kinds))
        ways += [compared] * 4
        mixed = st.tuples(compared, values)
        ways.append(mixed.map(lambda both: {**both[0], "not": both[1]}))
    return st.one_of(ways)


@cache
def conditions(fields: tuple[str, ...], depth: int = DEEPEST) -> SearchStrategy[Data]:
    """Return conditions as they stand in a file: entries that must all hold, nested."""
    entries: dict[str, SearchStrategy[Any]] = {name: _tests(name, fields) for name in fields}
    if depth > 1:
        part = conditions(fields, depth - 1)
        parts = st.lists(part, min_size=1, max_size=3)
        entries |= {"any": parts, "all": parts, "not": part}
    keys = [*fields, *fields, *sorted(entries)]  # fields more often, so that most trees stay small
    pairs = [st.tuples(st.just(key), entries[key]) for key in keys]
    return st.lists(st.one_of(pairs), min_size=1, max_size=2).map(dict)


@st.composite
def cases(draw: DrawFn, depth: int = DEEPEST) -> Case:
    """Return a condition with deals that leave facts open."""
    fields = draw(field_names())
    return Case(fields, draw(conditions(fields, depth)), some_deals(fields, draw(ORDERS)))


def some_deals(fields: tuple[str, ...], seed: int, many: int = 20) -> tuple[Facts, ...]:
    """Return what is known of some deals, each fact in two deals of three.

    One seed instead of a draw for each fact: many deals a condition cost next to nothing.
    """
    random = Random(seed)
    return tuple(
        {
            name: random.choice(ANSWERS_OF[name])
            for name in asked(fields)
            if random.random() < 2 / 3
        }
        for _ in range(many)
    )


def policy_data(
    fields: tuple[str, ...],
    *,
    criteria: list[Data],
    knockouts: list[Data],
    segments: Data | None = None,
    go_at: Data | None = None,
) -> Data:
    """Return a whole policy as data."""
    return {
        "policy": "generated",
        "title": TEXT,
        "deals": {"outcome": {"column": "Status", "won": ["W"], "lost": ["L"]}},
        "fields": {name: FIELDS[name] for name in fields},
        "segments": segments or {},
        "criteria": criteria,
        "knockouts": knockouts,
        "decision": {"go_at": go_at or {"p_win": 0.4}},
    }


def as_json(data: object) -> bytes:
    """Return data as JSON, which is YAML too."""
    return json.dumps(data, ensure_ascii=False).encode()


def as_yaml(data: object) -> bytes:
    """Return data as YAML in blocks, as people write it."""
    text = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True)
    return text.encode()


def load(data: Data) -> Policy:
    """Return the policy that the data describes, by way of a file's text."""
    return parse_policy(as_json(data))


def load_conditions(fields: tuple[str, ...], *written: Any) -> list[Condition]:
    """Return conditions as a policy with these fields reads them."""
    return [knockout.when for knockout in load_knockouts(fields, *written).knockouts]


def load_knockouts(fields: tuple[str, ...], *written: Any) -> Policy:
    """Return a policy with these fields and a knockout for each condition."""
    knockouts = [
        {"id": f"k{place}", "when": condition, "then": "no_go", "reason": TEXT}
        for place, condition in enumerate(written)
    ]
    return load(policy_data(fields, criteria=[], knockouts=knockouts))


def deal(facts: Facts, deal_id: str | None = None) -> Deal:
    """Return the deal with these facts."""
    return Deal(id=deal_id, as_of=DAY, facts=facts)


def shuffled(data: Any, order: int, *, lists: bool = True, deep: bool = True) -> Any:
    """Return data with its keys, and its lists too, in another order."""
    return _shuffled(data, Random(order), lists, deep)


def _shuffled(data: Any, random: Random, lists: bool, deep: bool) -> Any:
    if isinstance(data, dict):
        keys = random.sample(list(data), len(data))
        return {
            key: _shuffled(data[key], random, lists, deep) if deep else data[key] for key in keys
        }
    if isinstance(data, list):
        parts = random.sample(data, len(data)) if lists else data
        return [_shuffled(part, random, lists, deep) if deep else part for part in parts]
    return data
