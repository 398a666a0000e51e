"""Generated policies with all that a rule may say, and deals of several days with waivers."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from features import Deal
from features.deal import Waiver
from tests.property.strategies import (
    DAY,
    NUMBERS,
    ORDERS,
    TEXT,
    VALUES_OF,
    Data,
    Facts,
    asked,
    conditions,
    field_names,
    policy_data,
    some_deals,
)

POINTS = st.integers(-20, 20) | st.sampled_from([0.5, -2.25])
PERIODS = (
    {"from": "2026-01-05"},
    {"until": "2026-01-04"},
    {"from": "2026-01-01", "until": "2026-01-05"},
    {"from": "2026-01-06", "until": "2026-02-01"},
)
ROLES = ("head of sales", "intern")


@dataclass(frozen=True)
class World:
    """A policy as data, and some deals, of several days and some of them with waivers."""

    policy: Data
    deals: tuple[Deal, ...]


@st.composite
def policies(draw: DrawFn, depth: int = 2) -> Data:
    """Return a policy as data, with some segments, criteria and knockouts."""
    fields = draw(field_names())
    segments = draw(st.dictionaries(st.sampled_from(["s1", "s2"]), conditions(fields, 1)))
    criteria = draw(st.lists(criteria_of(fields, depth), max_size=3))
    knockouts = draw(st.lists(knockouts_of(fields, tuple(sorted(segments)), depth), max_size=3))
    return policy_data(
        fields,
        segments={name: {"label": TEXT, "when": when} for name, when in segments.items()},
        criteria=[{"id": f"c{n}", "label": TEXT, **rule} for n, rule in enumerate(criteria)],
        knockouts=[{"id": f"k{n}", "reason": TEXT, **rule} for n, rule in enumerate(knockouts)],
        go_at=draw(st.sampled_from([{"p_win": 0.4}, {"p_win": 0.4, "points": 5}])),
    )


@st.composite
def criteria_of(draw: DrawFn, fields: tuple[str, ...], depth: int) -> Data:
    """Return a criterion by condition, by values or by bands, without its id."""
    name = draw(st.sampled_from(fields))
    rule = draw(st.fixed_dictionaries({}, optional={"otherwise": POINTS, "if_unknown": POINTS}))
    if name[0] in "bco" and draw(st.booleans()):
        answers = [str(value).lower() if name[0] == "b" else value for value in VALUES_OF[name]]
        chosen = draw(st.lists(st.sampled_from(answers), min_size=1, unique=True))
        return {**rule, "field": name, "values": {answer: draw(POINTS) for answer in chosen}}
    if name[0] in "nrt" and draw(st.booleans()):
        limits = sorted(draw(st.sets(st.sampled_from(NUMBERS), max_size=3)))
        bands = [{"below": limit, "points": draw(POINTS)} for limit in limits]
        if not bands or draw(st.booleans()):
            bands.append({"points": draw(POINTS)})
        return {**rule, "field": name, "bands": bands}
    return {**rule, "when": draw(conditions(fields, depth)), "points": draw(POINTS)}


def knockouts_of(
    fields: tuple[str, ...], segments: tuple[str, ...], depth: int
) -> st.SearchStrategy[Data]:
    """Return knockouts without their ids."""
    optional: dict[str, st.SearchStrategy[object]] = {
        "on_unknown": st.sampled_from(["find_out", "ignore", "no_go"]),
        "in_effect": st.sampled_from(PERIODS),
        "waiver": st.just({"by": list(ROLES[:1]), "days": 30}),
    }
    if segments:
        optional["applies_to"] = st.lists(st.sampled_from(segments), min_size=1, unique=True)
    return st.fixed_dictionaries(
        {
            "when": conditions(fields, depth),
            "then": st.sampled_from(["no_go", {"conditional_go": TEXT}]),
        },
        optional=optional,
    )


@st.composite
def worlds(draw: DrawFn) -> World:
    """Return a policy with some deals."""
    policy = draw(policies())
    random = Random(draw(ORDERS))
    return World(policy, some_days_deals(asked(policy["fields"]), random, 8))


def some_days_deals(fields: tuple[str, ...], random: Random, many: int) -> tuple[Deal, ...]:
    """Return deals of several days, some of them with waivers, that leave facts open."""
    facts = some_deals(fields, random.randrange(10**6), many=many)
    return tuple(_deal(given, random) for given in facts)


def _deal(facts: Facts, random: Random) -> Deal:
    day = DAY + timedelta(days=random.choice([-1, 0, 0, 1]))
    waivers = tuple(_waiver(random) for _ in range(random.choice([0, 1, 1, 2])))
    return Deal(as_of=day, facts=facts, waivers=waivers)


def _waiver(random: Random) -> Waiver:
    granted_on = DAY - timedelta(days=random.choice([0, 5, 5, 40]))
    return Waiver(
        knockout=f"k{random.randrange(3)}",
        by=random.choice([*ROLES, ROLES[0]]),
        reason="a big customer",
        granted_on=granted_on,
        until=granted_on + timedelta(days=random.choice([3, 10, 30, 30, 60])),
    )
