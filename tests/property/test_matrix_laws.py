"""Laws of the table and of the one matrix, over generated deals that leave facts open."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from pydantic import TypeAdapter

from features import Deal, DealTable, Schema
from features.columns import number_of
from features.deal import NOT_APPLICABLE, Fact
from features.fields import PolicyField
from features.schema import FEWEST_DEALS_A_LEVEL
from tests.property import strategies as made

FIELD = TypeAdapter[PolicyField](PolicyField)


@dataclass(frozen=True)
class Past:
    """Fields, closed deals to learn a schema from, and deals that are scored later."""

    fields: dict[str, PolicyField]
    closed: tuple[Deal, ...]
    scored: tuple[Deal, ...]

    def learn(self) -> Schema:
        return Schema.learn(self.table(self.closed), self.fields)

    def table(self, deals: tuple[Deal, ...]) -> DealTable:
        return DealTable.of(deals, self.fields)


def fields_of(names: tuple[str, ...]) -> dict[str, PolicyField]:
    return {name: FIELD.validate_python(made.FIELDS[name]) for name in names}


@st.composite
def pasts(draw: DrawFn) -> Past:
    """Return a past with levels that are frequent, rare and new."""
    names = made.asked(draw(made.field_names(most=5)))
    facts = made.known_facts(names)
    runs = draw(st.lists(st.tuples(facts, st.integers(1, 6)), max_size=5))
    closed = [made.deal(known) for known, times in runs for _ in range(times)]
    scored = draw(st.lists(facts, min_size=1, max_size=6))
    deals = tuple(made.deal(known, deal_id=f"d{place}") for place, known in enumerate(scored))
    return Past(fields_of(names), tuple(closed), deals)


def rows_of(draw: DrawFn, size: int) -> np.ndarray[Any, Any]:
    """Return rows by number, in any order and more than once, or as a mask."""
    if draw(st.booleans()):
        chosen = draw(st.lists(st.integers(0, size - 1), max_size=8))
        return np.array(chosen, dtype=np.intp)
    return np.array(draw(st.lists(st.booleans(), min_size=size, max_size=size)), dtype=bool)


def same(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> bool:
    return one.shape == other.shape and one.tobytes() == other.tobytes()


def expected_columns(past: Past) -> list[str]:
    """Return the names of the columns, by brute force."""
    names: list[str] = []
    for field in sorted(past.fields):
        known = [deal.facts[field] for deal in past.closed if deal.knows(field)]
        answers = [fact for fact in known if fact is not NOT_APPLICABLE]
        if not answers or field in {"n3", "d1", "d2"}:  # kept from the model, or days
            continue
        if field in {"c1", "c2"}:
            counts = Counter(str(answer) for answer in answers)
            levels = [v for v, count in counts.items() if count >= FEWEST_DEALS_A_LEVEL]
            names += [f"{field}={level}" for level in sorted(levels)] + [f"{field} (rare)"]
        else:
            names.append(field)
        if len(known) < len(past.closed):
            names.append(f"{field} (unknown)")
        if len(answers) < len(known):
            names.append(f"{field} (not applicable)")
    return names


def expected_cell(name: str, columns: list[str], facts: Mapping[str, Fact]) -> float:
    """Return one cell of the matrix, by brute force from its column's name."""
    field = name.partition("=")[0].partition(" ")[0]
    fact, inapplicable = facts.get(field), f"{field} (not applicable)"
    if fact is NOT_APPLICABLE and inapplicable not in columns:
        fact = None  # no closed deal taught what it means
    states = {inapplicable: NOT_APPLICABLE, f"{field} (unknown)": None}
    if name in states:
        return float(fact is states[name])
    if fact is None:  # no level, where another column says unknown; else nobody can tell
        return 0.0 if name != field and f"{field} (unknown)" in columns else np.nan
    if fact is NOT_APPLICABLE:
        return np.nan if name == field else 0.0
    if name == f"{field} (rare)":
        return float(f"{field}={fact}" not in columns)
    if field == "o1":
        return float(made.RANKS.index(str(fact)))
    return number_of(fact) if name == field else float(name == f"{field}={fact}")


@given(pasts())
def test_a_table_gives_back_the_deals_it_was_made_of(past):
    table = past.table(past.scored)
    assert len(table) == len(past.scored)
    assert [table.deal(row) for row in range(len(table))] == list(past.scored)
    for row, deal in enumerate(past.scored):
        for name, fact in deal.facts.items():
            assert type(table.deal(row).facts[name]) is type(fact)


@given(pasts(), st.data())
def test_taking_rows_takes_those_deals(past, data):
    table = past.table(past.scored)
    rows = rows_of(data.draw, len(table))
    taken = table.take(rows)
    wanted = np.arange(len(table))[rows]
    assert [taken.deal(row) for row in range(len(taken))] == [past.scored[row] for row in wanted]


@given(pasts(), st.data())
def test_the_matrix_of_some_rows_is_those_rows_of_the_matrix(past, data):
    schema, table = past.learn(), past.table(past.scored)
    rows = rows_of(data.draw, len(table))
    assert same(schema.matrix(table.take(rows)).values, schema.matrix(table).values[rows])


@given(pasts())
def test_a_row_does_not_depend_on_the_other_rows(past):
    schema = past.learn()
    together = schema.matrix(past.table(past.scored))
    for row, deal in enumerate(past.scored):
        alone = schema.matrix(past.table((deal,)))
        assert same(alone.values, together.values[[row]])
        noticed = [(found.field, found.value) for found in together.unseen if found.row == row]
        assert [(found.field, found.value) for found in alone.unseen] == noticed


@given(pasts())
def test_the_matrix_holds_what_brute_force_writes_into_it(past):
    schema = past.learn()
    columns = expected_columns(past)
    assert list(schema.names) == columns
    values = schema.matrix(past.table(past.scored)).values
    expected = [[expected_cell(name, columns, d.facts) for name in columns] for d in past.scored]
    assert values.shape == (len(past.scored), len(columns))
    assert values.dtype == np.float64
    assert values.flags.c_contiguous
    np.testing.assert_array_equal(values, np.array(expected).reshape(values.shape))


@given(pasts())
def test_an_answer_that_no_closed_deal_gave_is_told_with_its_row(past):
    met = {(name, fact) for deal in past.closed for name, fact in deal.facts.items()}
    shown = {name.partition("=")[0].partition(" ")[0] for name in expected_columns(past)}
    new = [
        (row, name, getattr(fact, "value", fact))
        for row, deal in enumerate(past.scored)
        for name, fact in sorted(deal.facts.items())
        if name in shown and (name, fact) not in met
        and (fact is NOT_APPLICABLE or name in {"c1", "c2"})
    ]  # fmt: skip
    unseen = past.learn().matrix(past.table(past.scored)).unseen
    assert [(found.row, found.field, found.value) for found in unseen] == new


@given(pasts())
def test_the_closed_deals_themselves_hold_nothing_unseen(past):
    assert past.learn().matrix(past.table(past.closed)).unseen == ()


@given(pasts(), st.data())
def test_the_order_of_fields_facts_and_closed_deals_does_not_matter(past, data):
    def in_another_order(facts: Mapping[str, Any]) -> dict[str, Any]:
        return {name: facts[name] for name in data.draw(st.permutations(list(facts)))}

    other = Past(
        in_another_order(past.fields),
        tuple(data.draw(st.permutations(past.closed))),
        tuple(Deal(id=d.id, as_of=d.as_of, facts=in_another_order(d.facts)) for d in past.scored),
    )
    one, again = past.learn(), other.learn()
    assert again.fingerprint == one.fingerprint
    ours, theirs = one.matrix(past.table(past.scored)), again.matrix(other.table(other.scored))
    assert same(ours.values, theirs.values)
    assert ours.unseen == theirs.unseen


@given(pasts())
def test_a_schema_that_went_through_json_is_the_same_schema(past):
    schema = past.learn()
    again = Schema.from_data(json.loads(json.dumps(schema.to_data())))
    assert again == schema
    assert again.fingerprint == schema.fingerprint
    table = past.table(past.scored)
    assert same(again.matrix(table).values, schema.matrix(table).values)
    assert again.matrix(table).unseen == schema.matrix(table).unseen


@given(pasts(), st.data())
def test_a_field_without_a_column_is_a_field_that_nobody_answered(past, data):
    gone = data.draw(st.sampled_from(sorted(past.fields)))
    silent = tuple(
        Deal(id=d.id, as_of=d.as_of, facts={n: f for n, f in d.facts.items() if n != gone})
        for d in past.scored
    )
    table = past.table(silent)
    columns = {name: column for name, column in table.columns.items() if name != gone}
    narrow = DealTable(ids=table.ids, as_of=table.as_of, columns=columns)
    schema = past.learn()
    assert same(schema.matrix(narrow).values, schema.matrix(table).values)
    assert [narrow.deal(row) for row in range(len(narrow))] == list(silent)


@given(pasts(), st.data())
def test_learning_from_some_rows_is_learning_from_those_deals(past, data):
    if not past.closed:
        return
    rows = rows_of(data.draw, len(past.closed))
    taken = past.table(past.closed).take(rows)
    deals = tuple(past.closed[row] for row in np.arange(len(past.closed))[rows])
    fresh = Past(past.fields, deals, past.scored).learn()
    assert Schema.learn(taken, past.fields).fingerprint == fresh.fingerprint
