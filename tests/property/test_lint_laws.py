"""Laws of the linter: what it calls proven is true, of every deal that there could be."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from features import domains
from features.conditions import Condition
from features.deal import NOT_APPLICABLE, Fact
from features.domains import Domains
from features.lint import Finding, lint_policy
from features.policy import Policy
from features.reasoning import Reasoning
from features.table import DealTable, TableFacts
from models.knockouts import judge_policy
from models.scorecard import add_points
from tests.property import strategies as made
from tests.property.plain_policies import plain_fields, plain_policies
from tests.property.strategies import Data

quickly = settings(phases=[Phase.generate])
"""For laws that must fail: the smallest counterexample is of no interest."""

half = settings(max_examples=settings().max_examples // 2)
"""For laws of which each case takes a while."""

NUMBERS = (-1.75, -1.5, -1.25, -1.0, -0.75, -0.5, -0.25, 0.0, 0.125, 0.25, 0.375, 0.5,
           0.625, 0.75, 0.875, 1.0, 1.25, 1.5, 1.75)  # fmt: skip
"""The limits of the generated conditions, and three numbers between any two and beyond."""

EVERY_ANSWER: dict[str, tuple[Fact, ...]] = {
    name: NUMBERS if name.startswith("n") else (*answers, *(["Z"] if name == "c2" else []))
    for name, answers in made.ANSWERS_OF.items()
}


@cache
def every_deal(fields: tuple[str, ...]) -> TableFacts:
    """Return every deal that there could be, as far as conditions on these fields can tell."""
    policy = made.load_knockouts(fields)
    deals = [
        made.deal(dict(zip(fields, facts, strict=True)))
        for facts in product(*(EVERY_ANSWER[name] for name in fields))
    ]
    return TableFacts(DealTable.of(deals, policy.fields))


@st.composite
def conditions_on_few_fields(draw: st.DrawFn) -> tuple[tuple[str, ...], Data]:
    fields = draw(plain_fields(most=3))
    return fields, draw(made.conditions(fields, 3))


def check_proofs(search: Callable[[Policy, Condition], bool | None], effort: settings) -> None:
    """Check that a search finds a deal exactly where brute force does."""

    @given(conditions_on_few_fields())
    @effort
    def law(case: tuple[tuple[str, ...], Data]) -> None:
        fields, written = case
        policy = made.load_knockouts(fields, written)
        condition = policy.knockouts[0].when
        found = search(policy, condition)
        assert found is bool(condition.truth(every_deal(fields)).true.any())

    law()


def by_the_linter(policy: Policy, condition: Condition) -> bool | None:
    return Reasoning(policy.fields).can_hold(condition)


def by_looking_at_limits_only(policy: Policy, condition: Condition) -> bool | None:
    """Be wrong on purpose: numbers strictly between two limits are forgotten."""
    whole = domains.domains_of(condition, policy.fields)
    limits = set(made.NUMBERS) | set(made.ANSWERS)
    few = {
        name: tuple(fact for fact in facts if fact in limits or not isinstance(fact, float))
        for name, facts in whole.items()
    }
    return searched(condition, few)


def searched(condition: Condition, few: Domains) -> bool:
    names = sorted(few)
    return any(
        condition.holds(dict(zip(names, facts, strict=True)))
        for facts in product(*(few[name] for name in names))
    )


def test_a_condition_is_called_impossible_exactly_where_no_deal_meets_it():
    check_proofs(by_the_linter, settings())


def test_that_law_finds_a_search_that_looks_at_too_little():
    with pytest.raises(AssertionError):
        check_proofs(by_looking_at_limits_only, quickly)


DAYS = tuple(date(2026, 1, day) for day in range(1, 8))
DAY_FIELDS: Data = {
    "d1": {"type": "date", "min": "2026-01-01", "max": "2026-01-07"},
    "d2": {"type": "date", "min": "2026-01-01", "max": "2026-01-07", "not_applicable": ["-"]},
    "gap": {"type": "days_between", "start": "d1", "end": "d2"},
    "late": {"type": "category", "values": ["no", "yes", "very"], "ordered": True},
}


@st.composite
def conditions_on_days(draw: st.DrawFn, depth: int = 2) -> Data:
    """Return conditions on days, on the days between them, and on an ordered category."""
    day = st.sampled_from([*map(str, DAYS[1:-1]), {"field": "d1"}, {"field": "d2"}])
    day_test = st.dictionaries(
        st.sampled_from(["after", "on_or_after", "before", "on_or_before"]), day, min_size=1,
        max_size=2,
    )  # fmt: skip
    number_test = st.dictionaries(
        st.sampled_from(made.COMPARISONS), st.sampled_from([-2, 0, 0.5, 1]), min_size=1, max_size=2
    )
    ways: list[st.SearchStrategy[Any]] = [
        st.fixed_dictionaries({"d1": day_test}),
        st.fixed_dictionaries({"d2": day_test}),
        st.fixed_dictionaries({"d2": st.sampled_from([{"applies": True}, {"applies": False}])}),
        st.fixed_dictionaries({"gap": number_test}),
        st.fixed_dictionaries({"late": st.sampled_from([{"at_least": "yes"}, "no", ["yes"]])}),
    ]
    if depth:
        part = conditions_on_days(depth - 1)
        ways += [
            st.fixed_dictionaries({"not": part}),
            *(st.fixed_dictionaries({key: st.lists(part, min_size=2, max_size=3)})
              for key in ("any", "all")),
        ]  # fmt: skip
    return draw(st.one_of(ways))


@cache
def every_day() -> TableFacts:
    """Return every deal that conditions on days can tell apart."""
    policy = with_days({"late": "no"})
    seconds: tuple[Fact, ...] = (*DAYS, NOT_APPLICABLE)
    return TableFacts(
        DealTable.of(
            [
                made.deal({"d1": first, "d2": second, "late": late})
                for first, second, late in product(DAYS, seconds, ("no", "yes", "very"))
            ],
            policy.fields,
        )
    )


def with_days(written: Data) -> Policy:
    rule = {"id": "k0", "when": written, "then": "no_go", "reason": made.TEXT}
    data = made.policy_data((), criteria=[], knockouts=[rule])
    return made.load({**data, "fields": DAY_FIELDS})


@given(conditions_on_days())
@half
def test_what_is_proven_of_days_is_true_and_exact_where_none_follows_from_others(written: Data):
    policy = with_days(written)
    condition = policy.knockouts[0].when
    met = bool(condition.truth(every_day()).true.any())
    found = Reasoning(policy.fields).can_hold(condition)
    assert found is not None
    assert found or not met
    if "gap" not in condition.fields():
        assert found is met


def complete(policy: Policy, seed: int) -> DealTable:
    """Return some deals of which everything is known."""
    rng = np.random.default_rng(seed)
    names = tuple(policy.fields)
    facts: Iterable[dict[str, Any]] = (
        {name: EVERY_ANSWER[name][rng.integers(len(EVERY_ANSWER[name]))] for name in names}
        for _ in range(60)
    )
    return DealTable.of([made.deal(one) for one in facts], policy.fields)


@dataclass(frozen=True)
class Told:
    """A finding, and deals of which everything is known, or only a part."""

    finding: Finding
    data: Data
    policy: Policy
    table: DealTable
    partial: DealTable

    def met(self, rule_id: str) -> Any:
        """Return which deals meet a rule."""
        rules = {one.id: one.when for one in self.policy.criteria}
        rules |= {one.id: one.when for one in self.policy.knockouts}
        return rules[rule_id].truth(TableFacts(self.table)).true

    @property
    def met_by(self) -> list[Any]:
        """Which deals meet each of the rules that the finding is about."""
        return [self.met(name) for name in self.finding.about]

    def earned(self) -> Any:
        return add_points(self.policy, self.table).earned

    def answers(self, table: DealTable, *, without: str | None = None) -> list[str]:
        """Return what the knockouts say of each deal, with or without one of them."""
        rules = [one for one in self.data["knockouts"] if one["id"] != without]
        verdict = judge_policy(made.load({**self.data, "knockouts": rules}), table)
        said = [verdict.refused, verdict.open, verdict.conditional]
        return list(np.select(said, ["no", "ask", "if"], "go"))

    @property
    def is_idle(self) -> bool:
        """Whether the first rule changes no answer, facts being known or not."""
        return all(
            self.answers(table) == self.answers(table, without=self.finding.about[0])
            for table in (self.table, self.partial)
        )


TRUE: dict[str, Callable[[Told], bool]] = {
    "NEVER_HOLDS": lambda told: not told.met_by[0].any(),
    "ALWAYS_HOLDS": lambda told: bool(told.met_by[0].all()),
    "DUPLICATE": lambda told: np.array_equal(*told.met_by),
    "CONTRADICTORY": lambda told: np.array_equal(*told.met_by),
    "REFUSES_EVERY_DEAL": lambda told: set(told.answers(told.table)) == {"no"},
    "NO_PLAIN_GO": lambda told: "go" not in told.answers(told.table),
    "SHADOWED": lambda told: told.is_idle,
    "REWARDS_WHAT_IS_REFUSED": lambda told: not (told.met_by[0] & ~told.met_by[1]).any(),
    "REFUSED_ANYWAY": lambda told: not (told.met_by[0] & ~told.met_by[1]).any(),
    "UNREACHABLE_GO": lambda told: max(told.earned()) < told.data["decision"]["go_at"]["points"],
    "EVERY_DEAL_GOES": lambda told: min(told.earned()) >= told.data["decision"]["go_at"]["points"],
}
"""What a finding claims of every deal, checked without the linter."""


def refusing_both() -> Data:
    """Return a policy that refuses yes and no."""
    knockouts = [
        {"id": f"k{place}", "when": {"b1": answer}, "then": "no_go", "reason": made.TEXT}
        for place, answer in enumerate((True, False))
    ]
    return made.policy_data(("b1",), criteria=[], knockouts=knockouts)


def test_what_is_found_in_rules_is_true_of_every_deal():
    seen: set[str] = set()

    @given(plain_policies(), made.ORDERS, st.sampled_from([-15, 5, 25]))
    @example(refusing_both(), 0, 5)
    def law(data: Data, seed: int, points: int) -> None:
        data = {**data, "decision": {"go_at": {"p_win": 0.4, "points": points}}}
        policy = made.load(data)
        found = [one for one in lint_policy(policy, as_of=made.DAY) if one.code in TRUE]
        seen.update(one.code for one in found)
        if found:
            deals = [made.deal(facts) for facts in made.some_deals(tuple(policy.fields), seed)]
            tables = complete(policy, seed), DealTable.of(deals, policy.fields)
            assert all(TRUE[one.code](Told(one, data, policy, *tables)) for one in found)

    law()
    assert seen == set(TRUE), set(TRUE) - seen


@given(plain_policies(), made.ORDERS)
@half
def test_the_order_of_keys_does_not_change_the_findings(data: Data, order: int):
    def told(policy: Policy) -> list[tuple[str, str]]:
        found = lint_policy(policy, as_of=made.DAY)
        return sorted((one.code, one.what.fr) for one in found if one.code != "IDLE_PART")

    assert told(made.load(data)) == told(made.load(made.shuffled(data, order, lists=False)))
