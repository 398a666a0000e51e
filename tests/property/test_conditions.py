"""Laws of conditions, over generated trees up to four deep and deals that leave facts open."""

from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any, TypeAlias

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from features.conditions import Condition, deciding_facts, missing_facts
from features.deal import Fact
from features.derivation import derived_fields, with_derived
from features.policy import canonical_fingerprint
from features.table import DealTable, TableFacts
from tests.property import strategies as made
from tests.property.oracle import holds
from tests.property.strategies import Case, Data, Facts, load_conditions

Three: TypeAlias = bool | None

DERIVED = derived_fields(made.load_knockouts(tuple(made.FIELDS)).fields)
Evaluate: TypeAlias = Callable[[Case], Callable[[Facts], Three]]

quickly = settings(phases=[Phase.generate])
"""For laws that must fail: the smallest counterexample is of no interest."""

thousands = settings(max_examples=max(settings().max_examples, 1_000))
"""For the two laws of the house: a thousand conditions, on several deals each."""


def truth_of(condition: Condition, facts: Facts) -> Three:
    return condition.holds(known_of(facts))


def known_of(facts: Facts) -> Facts:
    """Return the facts with what follows from them."""
    return with_derived(facts, DERIVED, made.DAY)


def truths(condition: Condition, deals: Iterable[Facts]) -> list[Three]:
    return [truth_of(condition, facts) for facts in deals]


def loaded(case: Case) -> Condition:
    return load_conditions(case.fields, case.condition)[0]


def by_qualifox(case: Case) -> Callable[[Facts], Three]:
    condition = loaded(case)
    return lambda facts: truth_of(condition, facts)


def by_the_oracle(case: Case) -> Callable[[Facts], Three]:
    return lambda facts: holds(case.condition, facts)


def by_reading_unknown_as_no(case: Case) -> Callable[[Facts], Three]:
    """Be wrong on purpose: a missing answer is "no"."""
    return lambda facts: Careless(facts).holds(case.condition)


class Careless:
    """An evaluator that many have written: what is not known does not hold."""

    def __init__(self, facts: Facts) -> None:
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


def learned(names: Iterable[str], facts: Facts, order: int) -> dict[str, Fact]:
    """Return the facts with an answer to each of the names."""
    random = Random(order)
    return {**facts, **{name: random.choice(made.VALUES_OF[name]) for name in sorted(names)}}


def with_one_more_fact(case: Case, facts: Facts) -> Iterator[dict[str, Fact]]:
    """Return the facts with every answer to every question that is open."""
    for name in set(made.asked(case.fields)) - set(facts):
        for answer in made.ANSWERS_OF[name]:
            yield {**facts, name: answer}


def check_learning(evaluate: Evaluate, effort: settings = quickly) -> None:
    """Check that one more fact never flips a decided truth."""

    @given(made.cases())
    @effort
    def law(case: Case) -> None:
        truth = evaluate(case)
        for facts in case.deals:
            before = truth(facts)
            if before is not None:
                assert all(truth(more) is before for more in with_one_more_fact(case, facts))

    law()


def check_columns(
    column_truth: Callable[[Condition, DealTable], list[Three]], effort: settings = quickly
) -> None:
    """Check that a column answers as its deals one by one."""

    @given(made.cases())
    @effort
    def law(case: Case) -> None:
        condition, table = loaded_with_table(case)
        assert column_truth(condition, table) == truths(condition, case.deals)

    law()


def loaded_with_table(case: Case) -> tuple[Condition, DealTable]:
    policy = made.load_knockouts(case.fields, case.condition)
    table = DealTable.of([made.deal(facts) for facts in case.deals], policy.fields)
    return policy.knockouts[0].when, table


def by_masks(condition: Condition, table: DealTable) -> list[Three]:
    truth = condition.truth(TableFacts(table))
    masks = np.stack([truth.true, truth.false, truth.unknown])
    assert (masks.sum(axis=0) == 1).all()
    return [(True, False, None)[place] for place in masks.argmax(axis=0)]


@given(made.cases())
def test_a_condition_holds_exactly_when_brute_force_says_so(case):
    expected = [holds(case.condition, facts) for facts in case.deals]
    assert truths(loaded(case), case.deals) == expected


def test_learning_one_more_fact_never_flips_a_decided_truth():
    check_learning(by_qualifox, thousands)


def test_the_oracle_itself_keeps_the_law_of_learning():
    check_learning(by_the_oracle)


def test_the_law_of_learning_catches_an_evaluator_that_reads_unknown_as_no():
    with pytest.raises(AssertionError):
        check_learning(by_reading_unknown_as_no)


def test_the_oracle_catches_an_evaluator_that_reads_unknown_as_no():
    @given(made.cases())
    @quickly
    def law(case):
        for facts in case.deals:
            assert Careless(facts).holds(case.condition) is holds(case.condition, facts)

    with pytest.raises(AssertionError):
        law()


def test_one_deal_equals_a_column():
    check_columns(by_masks, thousands)


def test_the_law_of_the_column_catches_masks_that_read_unknown_as_no():
    def careless(condition: Condition, table: DealTable) -> list[Three]:
        return [answer is True for answer in by_masks(condition, table)]

    with pytest.raises(AssertionError):
        check_columns(careless)


def test_the_law_of_the_column_catches_rows_that_are_mixed_up():
    def careless(condition: Condition, table: DealTable) -> list[Three]:
        return by_masks(condition, table)[::-1]

    with pytest.raises(AssertionError):
        check_columns(careless)


@given(made.cases(), made.ORDERS)
def test_the_truth_of_some_rows_is_those_rows_of_the_truth_and_no_column_means_unknown(
    case, order
):
    condition, table = loaded_with_table(case)
    rows = np.random.default_rng(order).integers(0, len(table), size=7)
    whole = by_masks(condition, table)
    assert by_masks(condition, table.take(rows)) == [whole[row] for row in rows]
    nothing_known = DealTable(ids=table.ids, as_of=table.as_of, columns={})
    assert by_masks(condition, nothing_known) == [truth_of(condition, {})] * len(table)


@given(made.cases(), made.ORDERS)
def test_the_order_of_entries_and_parts_matters_neither_to_truth_nor_to_the_canonical_form(
    case, order
):
    other = made.shuffled(case.condition, order)
    one, shuffled = load_conditions(case.fields, case.condition, other)
    assert truths(shuffled, case.deals) == truths(one, case.deals)
    assert canonical_fingerprint(shuffled.to_data()) == canonical_fingerprint(one.to_data())


@given(made.cases())
def test_the_canonical_form_says_the_same_and_is_its_own_canonical_form(case):
    condition = loaded(case)
    written = condition.to_data()
    again = load_conditions(case.fields, written)[0]
    assert truths(again, case.deals) == truths(condition, case.deals)
    assert again.to_data() == written
    assert again.fields() == condition.fields()


@given(made.cases(depth=2), st.data())
def test_de_morgan_holds_for_conditions(case, data):
    a, b = case.condition, data.draw(made.conditions(case.fields, depth=2))
    not_a, not_b = {"not": a}, {"not": b}
    none, each_not, not_all, some_not, twice, once = (
        truths(condition, case.deals)
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
    assert none == each_not
    assert not_all == some_not
    assert twice == once


@given(made.cases())
def test_the_deciding_facts_decide_the_same_alone_and_are_none_exactly_when_unknown(case):
    condition = loaded(case)
    for facts in case.deals:
        truth = truth_of(condition, facts)
        known = known_of(facts)
        named = deciding_facts(condition, known)
        assert named <= condition.fields() & set(known)
        assert (not named) is (truth is None)
        assert condition.holds({name: known[name] for name in named}) is truth


@given(made.cases(), made.ORDERS)
def test_some_facts_are_missing_exactly_when_unknown_and_they_alone_can_still_decide(case, order):
    condition = loaded(case)
    for facts in case.deals:
        truth = truth_of(condition, facts)
        known = known_of(facts)
        missing = missing_facts(condition, known)
        assert bool(missing) is (truth is None)
        assert missing <= condition.fields() - set(known)
        assert condition.holds(learned(missing, known, order)) is not None
        others = set(case.fields) - set(known) - missing
        assert condition.holds(learned(others, known, order)) is truth
