"""One answer of a record is read as its field asks."""

from datetime import date

import pytest

from features.crm.answer import answer_of
from features.crm.record import Entry
from features.fields import BooleanField, CategoryField, DateField, NumberField, TextField
from features.fields import WrongFactError as Wrong

NUMBER = NumberField(type="number", min=0, max=10**6)
CHOICE = CategoryField(
    type="category", values=["Low", "High"], unknown=["?"], not_applicable=["n/a"]
)


@pytest.mark.parametrize("value", [None, "", "  ", "?"])
def test_nothing_is_unknown_and_never_no(value):
    assert answer_of(Entry(value), CHOICE) is None
    if value != "?":
        assert answer_of(Entry(value), BooleanField(type="boolean")) is None


def test_each_kind_of_field_reads_what_a_crm_sends():
    assert answer_of(Entry("120 000,50"), NUMBER) == 120000.5
    assert answer_of(Entry(1200), NUMBER) == 1200.0
    assert answer_of(Entry("true"), BooleanField(type="boolean")) is True
    assert answer_of(Entry("2026-03-31T00:00:00Z"), DateField(type="date")) == "2026-03-31"
    assert answer_of(Entry(1774915200000), DateField(type="date")) == "2026-03-31"
    assert answer_of(Entry("n/a"), CHOICE) == "n/a"
    assert answer_of(Entry(12), TextField(type="text")) == "12"


def test_words_are_read_from_the_label_and_numbers_from_what_is_stored():
    entry = Entry(100000001, "High")
    assert answer_of(entry, CHOICE) == "High"
    assert answer_of(Entry(1200.0, "€1,200.00"), NUMBER) == 1200.0


def test_several_answers_at_once_are_said_to_be_so():
    assert answer_of(Entry("a;b"), CategoryField(type="category")) == "a;b"
    with pytest.raises(Wrong, match="not an allowed value") as wrong:
        answer_of(Entry("Low;High"), CHOICE)
    assert "several answers" in wrong.value.hint


@pytest.mark.parametrize(
    ("value", "field", "what"),
    [
        ("much", NUMBER, "not a number"),
        (-1, NUMBER, "out of range"),
        (True, NUMBER, "not a number"),
        ("maybe", BooleanField(type="boolean"), "not yes or no"),
        ("soon", DateField(type="date"), "not a date"),
        ("Mid", CHOICE, "not an allowed value"),
        ("2020-01-01", DateField(type="date", min=date(2021, 1, 1)), "out of range"),
    ],
)
def test_what_the_field_cannot_hold(value, field, what):
    with pytest.raises(Wrong, match=what):
        answer_of(Entry(value), field)
