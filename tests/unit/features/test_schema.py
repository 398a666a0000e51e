"""The one matrix: which columns it has, what stands in them, and what it has never met."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from features import ArtifactError, Deal, DealTable, Schema
from features.columns import NumericColumn
from features.deal import Fact
from features.fields import BooleanField, CategoryField, NumberField, PolicyField
from features.matrix_column import CriterionSign, MatrixColumn, Way, criterion_column
from features.schema import FEWEST_DEALS_A_LEVEL, Unseen

FIELDS: dict[str, PolicyField] = {
    "source": CategoryField(type="category"),
    "amount": NumberField(type="number", better="lower"),
    "budget": BooleanField(type="boolean", better="higher"),
    "seller": CategoryField(type="category", used_by_model=False),
    "idle": NumberField(type="number"),
}
MANY = FEWEST_DEALS_A_LEVEL


def table_of(
    facts: Sequence[Mapping[str, Fact]], fields: Mapping[str, PolicyField] = FIELDS
) -> DealTable:
    return DealTable.of([Deal(as_of=date(2026, 1, 5), facts=known) for known in facts], fields)


def past() -> list[dict[str, Fact]]:
    """Closed deals: two frequent sources, one rare, some amounts and sources unknown."""
    frequent: list[dict[str, Fact]] = [{"source": "Event", "budget": True, "amount": 5.0}] * MANY
    frequent += [{"source": "Referral", "budget": False, "seller": "Ann"}] * MANY
    return [*frequent, {"source": "Fax", "budget": True}, {"budget": True, "amount": 1.0}]


@pytest.fixture
def schema() -> Schema:
    return Schema.learn(table_of(past()), FIELDS)


def test_the_columns_stand_in_alphabetical_order_of_their_fields(schema):
    assert schema.names == (
        "amount",
        "amount (unknown)",
        "budget",
        "source=Event",
        "source=Referral",
        "source (rare)",
        "source (unknown)",
    )
    assert schema.fields() == ("amount", "budget", "source")


def test_a_field_the_model_does_not_use_and_one_nobody_answered_have_no_column(schema):
    assert "seller" not in schema.fields()
    assert "idle" not in schema.fields()


def test_a_field_that_every_closed_deal_answered_has_no_column_for_unknown(schema):
    assert "budget (unknown)" not in schema.names


def test_each_cell_says_what_is_known(schema):
    deals: list[Mapping[str, Fact]] = [
        {"source": "Event", "budget": True, "amount": 5.0},
        {"source": "Fax", "budget": False},
        {},
    ]
    nan = np.nan
    np.testing.assert_array_equal(
        schema.matrix(table_of(deals)).values,
        [
            [5, 0, 1, 1, 0, 0, 0],
            [nan, 1, 0, 0, 0, 1, 0],
            [nan, 1, nan, 0, 0, 0, 1],
        ],
    )


def test_an_unknown_category_is_nan_where_every_closed_deal_was_answered():
    fields = {"source": FIELDS["source"]}
    schema = Schema.learn(table_of([{"source": "A"}] * MANY, fields), fields)
    assert schema.names == ("source=A", "source (rare)")
    values = schema.matrix(table_of([{}, {"source": "A"}, {"source": "B"}], fields)).values
    np.testing.assert_array_equal(values, [[np.nan, np.nan], [1, 0], [0, 1]])


def test_the_matrix_is_laid_out_row_by_row_in_doubles(schema):
    values = schema.matrix(table_of(past())).values
    assert values.shape == (2 * MANY + 2, 7)
    assert values.dtype == np.float64
    assert values.flags.c_contiguous


def test_which_way_is_better_is_told_for_the_values_and_levels_that_the_policy_says_it_of():
    directions = {
        ("amount", None): Way(-1, firm=True),
        ("budget", None): Way(1, firm=True),
        ("source", "Event"): Way(1, firm=True),
    }
    schema = Schema.learn(table_of(past()), FIELDS, directions)
    better = {column.name: column.better for column in schema.columns}
    assert (better["amount"], better["budget"], better["source=Event"]) == (-1, 1, 1)
    assert {
        better[name] for name in better if name not in {"amount", "budget", "source=Event"}
    } == {0}


def test_without_a_word_from_the_policy_no_way_is_better(schema):
    assert {column.better for column in schema.columns} == {0}


def test_a_level_has_a_column_of_its_own_from_the_fewest_deals_on():
    fields = {"source": FIELDS["source"]}
    enough = [{"source": "A"}] * MANY + [{"source": "B"}] * (MANY - 1)
    schema = Schema.learn(table_of(enough, fields), fields)
    assert schema.names == ("source=A", "source (rare)")
    assert schema.rare == {"source": ("B",)}


def test_a_category_that_no_closed_deal_had_is_scored_as_rare_and_told(schema):
    deals: list[Mapping[str, Fact]] = [
        {"source": "Event"},
        {"source": "Telepathy"},
        {"source": "Fax"},
        {},
        {"source": "Dream"},
    ]
    matrix = schema.matrix(table_of(deals))
    assert matrix.unseen == (Unseen(1, "source", "Telepathy"), Unseen(4, "source", "Dream"))
    rare = matrix.values[:, schema.names.index("source (rare)")]
    assert rare.tolist() == [0, 1, 1, 0, 1]


def test_a_new_answer_to_a_question_the_model_does_not_use_is_not_told(schema):
    assert schema.matrix(table_of([{"seller": "Nobody yet"}])).unseen == ()


def test_the_order_of_fields_and_of_facts_does_not_matter(schema):
    other_fields = dict(reversed(FIELDS.items()))
    other_past = [dict(reversed(facts.items())) for facts in past()]
    other = Schema.learn(table_of(other_past, other_fields), other_fields)
    assert other == schema
    assert other.fingerprint == schema.fingerprint


def test_a_level_of_deals_that_were_taken_out_is_forgotten():
    table = table_of([{"source": "Gone"}] * MANY + [{"source": "Stays"}] * MANY)
    schema = Schema.learn(table.take(np.arange(MANY, 2 * MANY)), FIELDS)
    assert schema.names == ("source=Stays", "source (rare)")
    assert schema.rare == {"source": ()}
    (unseen,) = schema.matrix(table.take(np.array([0]))).unseen
    assert unseen.value == "Gone"


def test_a_field_without_a_column_in_the_table_is_unknown_for_all(schema):
    bare = DealTable(ids=(None,), as_of=np.array(["2026-01-05"], "datetime64[D]"), columns={})
    np.testing.assert_array_equal(schema.matrix(bare).values, schema.matrix(table_of([{}])).values)


def test_no_closed_deals_make_a_schema_without_columns():
    schema = Schema.learn(table_of([]), FIELDS)
    assert schema.columns == ()
    assert schema.matrix(table_of([{"source": "Event"}])).values.shape == (1, 0)


def test_a_schema_goes_through_json_and_keeps_its_fingerprint(schema):
    again = Schema.from_data(json.loads(json.dumps(schema.to_data())))
    assert again == schema
    assert again.fingerprint == schema.fingerprint


def test_another_column_level_or_direction_is_another_fingerprint(schema):
    changed = [
        Schema(schema.columns[:-1], schema.rare),
        Schema(schema.columns[::-1], schema.rare),
        Schema(schema.columns, {"source": ("Fax", "Telex")}),
        Schema((MatrixColumn("amount", "value", better=1), *schema.columns[1:]), schema.rare),
    ]
    fingerprints = {schema.fingerprint, *(other.fingerprint for other in changed)}
    assert len(fingerprints) == 5


@pytest.mark.parametrize(
    "damage",
    [
        {},
        {"columns": []},
        {"rare": {}},
        {"columns": None, "rare": {}},
        {"columns": [1], "rare": {}},
        {"columns": [{"field": "a"}], "rare": {}},
        {"columns": [{"field": "a", "kind": "value", "more": 1}], "rare": {}},
        {"columns": [{"field": "a", "kind": "no such kind"}], "rare": {}},
        {"columns": [], "rare": []},
        {"columns": [], "rare": {"a": 1}},
    ],
)
def test_data_that_cannot_be_a_schema_is_refused(damage: dict[str, Any]):
    with pytest.raises(ArtifactError, match="schema"):
        Schema.from_data(damage)


@pytest.mark.parametrize(
    ("name", "field", "fact"),
    [
        ("amount", CategoryField(type="category"), "High"),
        ("budget", CategoryField(type="category"), "Yes"),
        ("source", NumberField(type="number"), 3.0),
    ],
)
def test_a_field_that_changed_its_type_since_the_closed_deals_is_refused(
    schema, name, field, fact
):
    table = table_of([{name: fact}], {**FIELDS, name: field})
    with pytest.raises(ArtifactError, match=name):
        schema.matrix(table)


def test_the_points_of_criteria_are_the_last_columns_and_no_field_of_their_own():
    signs = {"c2": CriterionSign.FIRM, "c1": CriterionSign.EXPECTED}
    points = {
        criterion_column(name): NumericColumn(np.arange(len(past()), dtype=float))
        for name in signs
    }
    table = table_of(past())
    table = replace(table, columns={**table.columns, **points})
    schema = Schema.learn(table, FIELDS, None, signs)
    assert schema.names[-2:] == ("c1 (points)", "c2 (points)")
    assert schema.criterion_columns()[-3:] == (None, "c1", "c2")
    assert schema.fields() == ("amount", "budget", "source")
    assert [(c.better, c.expected) for c in schema.columns[-2:]] == [(0, 1), (1, 0)]
    assert schema.matrix(table).values[:, -1].tolist() == points["c2.points"].values.tolist()
    assert np.isnan(schema.matrix(table_of(past())).values[:, -2:]).all()  # nobody counted them
    assert Schema.from_data(json.loads(json.dumps(schema.to_data()))) == schema


def test_a_way_that_the_past_may_contradict_is_expected_and_not_better():
    schema = Schema.learn(table_of(past()), FIELDS, {("amount", None): Way(-1, firm=False)})
    assert (schema.columns[0].better, schema.columns[0].expected) == (0, -1)
