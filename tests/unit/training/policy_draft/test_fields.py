import pyarrow as pa
import pytest

from training.policy_draft.columns import DraftColumn, Use
from training.policy_draft.fields import draft_field, is_placeholder, outward
from training.readers.column_kinds import inferred_columns
from training.readers.conventions import Conventions
from training.sources.raw_table import RawTable


def field_of(values, header="Field", use=Use.MODEL):
    raw = RawTable(table=pa.table({header: values}), where="deals.csv")
    inferred = inferred_columns(raw)[header]
    column = DraftColumn(header=header, kind=inferred.facts.kind, use=use)
    return draft_field("field", column, raw.table.column(header), inferred, Conventions(raw.table))


def test_numbers_have_a_range_rounded_outward_and_strays_are_unknown():
    data = field_of([str(n) for n in range(-30, 1_733, 7)] + ["TBD", None]).data
    assert (data["type"], data["min"], data["max"]) == ("number", -50, 2_000)
    assert data["unknown"] == ["TBD"]


def test_answers_in_order_answers_in_a_list_and_answers_left_open():
    assert field_of(["High", "Low", "Mid"] * 9).data["ordered"] is True
    listed = field_of(["Red", "Blue", "Select"] * 9).data
    assert (listed["values"], listed["unknown"]) == (["Red", "Blue"], ["Select"])
    assert "values" not in field_of([f"colour {n}" for n in range(13)] * 9).data


def test_words_of_yaml_stay_answers():
    data = field_of(["yes", "null", "1e5", "~", "None"] * 9).data
    assert data["values"] == ["yes", "null", "1e5", "~", "None"]


def test_yes_and_no_and_a_word_in_doubt():
    assert field_of(["Yes", "No"] * 9).data["type"] == "boolean"
    doubt = field_of(["Yes", "No", "Unknown", "None"] * 9)
    assert doubt.data["type"] == "category"
    assert (doubt.doubtful, doubt.nones) == (("Unknown",), ("None",))


def test_answers_that_no_deal_could_give_become_a_text():
    assert field_of(["x" * 201, "b", "c"] * 9).data["type"] == "text"
    assert field_of(["x" * 6_000, "b", "c"] * 9) is None


def test_nothing_is_left_of_placeholders():
    assert field_of(["Select", "Blue"] * 9) is None


def test_what_is_not_for_the_model_says_so():
    assert field_of(["Yes", "No"] * 9, use=Use.SHOWN).data["used_by_model"] is False


@pytest.mark.parametrize("word", ["Select", "--None--", "Sélectionnez...", "?", "-"])
def test_placeholders(word):
    assert is_placeholder(word)


@pytest.mark.parametrize("word", ["None", "Unknown", "Selected", "No"])
def test_no_placeholders(word):
    assert not is_placeholder(word)


@pytest.mark.parametrize(
    ("limit", "rounded"), [(0.003, 0.005), (1, 1), (999, 1_000), (1e14, 1e14), (-7, -10)]
)
def test_outward(limit, rounded):
    assert outward(limit) == rounded
