"""Laws of conditions, over generated trees up to four deep and deals that leave facts open."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from features.conditions import Condition, DealFacts, deciding_facts, missing_facts
from features.deal import Fact
from features.kleene import Truth
from features.policy import canonical_fingerprint
from features.table import DealTable, TableFacts
from tests.property import strategies as made
from tests.property.strategies import Case, Data, holds, load_conditions

Evaluate: TypeAlias = Callable[[Case], Callable[[Mapping[str, Fact]], bool | None]]
Column: TypeAlias = tuple[Case, tuple[Mapping[str, Fact], ...]]

quickly = settings(phases=[Phase.generate])
"""For laws that must fail: the smallest counterexample is of no interest."""


def truth_of(condition: Condition, facts: Mapping[str, Fact]) -> bool | None:
    return three(condition.truth(DealFacts(facts)))


def three(truth: Truth) -> bool | None:
    return None if truth.unknown else bool(truth.true)


def loaded(case: Case) -> Condition:
    return load_conditions(case.fields, case.condition)[0]


def by_qualifox(case: Case) -> Callable[[Mapping[str, Fact]], bool | None]:
    condition = loaded(case)
    return lambda facts: truth_of(condition, facts)


def by_the_oracle(case: Case) -> Callable[[Mapping[str, Fact]], bool | None]:
    return lambda facts: holds(case.condition, facts)


def by_reading_unknown_as_no(case: Case) -> Callable[[Mapping[str, Fact]], bool | None]:
    """Be wrong on purpose: a missing answer is "no"."""
    return lambda facts: Careless(facts).holds(case.condition)


class Careless:
    """An evaluator that many have written: what is not known does not hold."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self.facts = facts

    def holds(self, condition: Data) -> bool:
        return all(self._entry(key, value) for key, value in condition.items())

    def _entry(self, key: str, value: Any) -> bool:
        if key == "not":
            return not self.holds(value)
        if key == "all":
            return all(self.holds(part) for part in value)
        if key == "any":
            return any(self.holds(part) for part in value)
        return holds({key: value}, self.facts) is True


def answers_to(names: frozenset[str]) -> st.SearchStrategy[dict[str, Fact]]:
    return st.fixed_dictionaries(
        {name: st.sampled_from(made.ANSWERS_OF[name]) for name in sorted(names)}
    )


@st.composite
def cases_and_one_more_fact(draw: DrawFn) -> tuple[Case, dict[str, Fact]]:
    """Return a case that leaves a fact open, with that fact."""
    case = draw(made.cases())
    name = draw(st.sampled_from(case.fields))
    case = Case(case.fields, case.condition, {k: v for k, v in case.facts.items() if k != name})
    return case, {name: draw(st.sampled_from(made.ANSWERS_OF[name]))}


@st.composite
def columns(draw: DrawFn) -> Column:
    """Return a case with more deals beside its own."""
    case = draw(made.cases())
    more = draw(st.lists(made.known_facts(case.fields), max_size=5))
    return case, (case.facts, *more)


def check_learning(evaluate: Evaluate) -> None:
    """Check that one more fact never flips a decided truth."""

    @given(cases_and_one_more_fact())
    @quickly
    def law(drawn: tuple[Case, dict[str, Fact]]) -> None:
        case, learned = drawn
        truth = evaluate(case)
        before = truth(case.facts)
        assert before is None or truth({**case.facts, **learned}) is before

    law()


def check_columns(column_truth: Callable[[Condition, DealTable], list[bool | None]]) -> None:
    """Check that a column answers as its deals one by one."""

    @given(columns())
    @quickly
    def law(drawn: Column) -> None:
        case, facts = drawn
        policy = made.load_knockouts(case.fields, case.condition)
        condition = policy.knockouts[0].when
        table = DealTable.of([made.deal(known) for known in facts], policy.fields)
        assert column_truth(condition, table) == [truth_of(condition, known) for known in facts]

    law()


def by_masks(condition: Condition, table: DealTable) -> list[bool | None]:
    truth = condition.truth(TableFacts(table))
    masks = zip(truth.true, truth.false, strict=True)
    return [three(Truth(bool(true), bool(false))) for true, false in masks]


@given(made.cases())
def test_a_condition_holds_exactly_when_brute_force_says_so(case):
    assert truth_of(loaded(case), case.facts) is holds(case.condition, case.facts)


def test_learning_one_more_fact_never_flips_a_decided_truth():
    check_learning(by_qualifox)


def test_the_oracle_itself_keeps_the_law_of_learning():
    check_learning(by_the_oracle)


def test_the_law_of_learning_catches_an_evaluator_that_reads_unknown_as_no():
    with pytest.raises(AssertionError):
        check_learning(by_reading_unknown_as_no)


def test_the_oracle_catches_an_evaluator_that_reads_unknown_as_no():
    @given(made.cases())
    @quickly
    def law(case):
        assert Careless(case.facts).holds(case.condition) is holds(case.condition, case.facts)

    with pytest.raises(AssertionError):
        law()


def test_one_deal_equals_a_column():
    check_columns(by_masks)


def test_the_law_of_the_column_catches_masks_that_read_unknown_as_no():
    def careless(condition: Condition, table: DealTable) -> list[bool | None]:
        return [answer is True for answer in by_masks(condition, table)]

    with pytest.raises(AssertionError):
        check_columns(careless)


def test_the_law_of_the_column_catches_rows_that_are_mixed_up():
    def careless(condition: Condition, table: DealTable) -> list[bool | None]:
        return by_masks(condition, table)[::-1]

    with pytest.raises(AssertionError):
        check_columns(careless)


@given(made.cases(), made.ORDERS)
def test_the_order_of_entries_and_parts_does_not_matter_to_truth(case, order):
    other = made.shuffled(case.condition, order)
    one, shuffled = load_conditions(case.fields, case.condition, other)
    assert truth_of(shuffled, case.facts) is truth_of(one, case.facts)


@given(made.cases())
def test_the_canonical_form_says_the_same_and_is_its_own_canonical_form(case):
    condition = loaded(case)
    written = condition.to_data()
    again = load_conditions(case.fields, written)[0]
    assert truth_of(again, case.facts) is truth_of(condition, case.facts)
    assert again.to_data() == written
    assert again.fields() == condition.fields()


@given(made.cases(), made.ORDERS)
def test_the_canonical_form_does_not_depend_on_the_order_of_entries_and_parts(case, order):
    shuffled = made.shuffled(case.condition, order)
    one, other = load_conditions(case.fields, case.condition, shuffled)
    assert canonical_fingerprint(one.to_data()) == canonical_fingerprint(other.to_data())


@st.composite
def two_conditions(draw: DrawFn) -> tuple[Case, Data]:
    """Return a case of two conditions over the same fields."""
    fields = draw(made.field_names())
    one, other = draw(made.conditions(fields, depth=2)), draw(made.conditions(fields, depth=2))
    return Case(fields, one, draw(made.known_facts(fields))), other


@given(two_conditions())
def test_de_morgan_holds_for_conditions(drawn):
    case, b = drawn
    a, not_a, not_b = case.condition, {"not": case.condition}, {"not": b}
    none, each_not, not_all, some_not, twice, once = (
        truth_of(condition, case.facts)
        for condition in load_conditions(
            case.fields,
            {"not": {"any": [a, b]}},
            {"all": [not_a, not_b]},
            {"not": {"all": [a, b]}},
            {"any": [not_a, not_b]},
            {"not": not_a},
            a,
        )
    )
    assert none is each_not
    assert not_all is some_not
    assert twice is once


@given(made.cases())
def test_the_deciding_facts_decide_the_same_alone_and_are_none_exactly_when_unknown(case):
    condition = loaded(case)
    truth = truth_of(condition, case.facts)
    named = deciding_facts(condition, DealFacts(case.facts))
    assert named <= condition.fields() & set(case.facts)
    assert (not named) is (truth is None)
    assert truth_of(condition, {name: case.facts[name] for name in named}) is truth


@given(made.cases(), st.data())
def test_the_missing_facts_are_unknown_and_some_are_missing_exactly_when_unknown(case, data):
    condition = loaded(case)
    missing = missing_facts(condition, DealFacts(case.facts))
    assert bool(missing) is (truth_of(condition, case.facts) is None)
    assert missing <= condition.fields() - set(case.facts)
    learned = data.draw(answers_to(missing))
    assert truth_of(condition, {**case.facts, **learned}) is not None


@given(made.cases(), st.data())
def test_facts_that_are_not_missing_change_nothing(case, data):
    condition = loaded(case)
    missing = missing_facts(condition, DealFacts(case.facts))
    learned = data.draw(answers_to(frozenset(case.fields) - missing - set(case.facts)))
    assert truth_of(condition, {**case.facts, **learned}) is truth_of(condition, case.facts)


@given(columns(), st.data())
def test_the_truth_of_some_rows_is_those_rows_of_the_truth_and_no_column_means_unknown(
    drawn, data
):
    case, facts = drawn
    policy = made.load_knockouts(case.fields, case.condition)
    condition = policy.knockouts[0].when
    table = DealTable.of([made.deal(known) for known in facts], policy.fields)
    rows = np.array(data.draw(st.lists(st.integers(0, len(facts) - 1), max_size=6)), dtype=np.intp)
    whole = by_masks(condition, table)
    nothing_known = DealTable(ids=table.ids, as_of=table.as_of, columns={})
    assert by_masks(condition, nothing_known) == [truth_of(condition, {})] * len(table)
    assert by_masks(condition, table.take(rows)) == [whole[row] for row in rows]
