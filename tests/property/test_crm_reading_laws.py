"""What a record says is what a file's column says that holds this one value.

The one difference is on purpose: a number as programs write it has no thousands.
"""

from datetime import date

import numpy as np
import pyarrow as pa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from features.columns import CategoryColumn, NumericColumn
from features.crm.answer import answer_of
from features.crm.number_text import _PROGRAM
from features.crm.record import Entry
from features.fields import BooleanField, CategoryField, DateField, NumberField, WrongFactError
from training.field_columns import field_column
from training.readers.conventions import Conventions
from training.sources.normal_form import normal_column
from training.sources.python_values import column_of

MARKS = st.sampled_from([None, "decimal_point", "decimal_comma"])
ORDERS = st.sampled_from([None, "day_first", "month_first"])
DIGITS = st.text("0123456789", min_size=1, max_size=7)
NUMBERS = st.one_of(
    st.builds(
        "".join,
        st.tuples(
            st.sampled_from(["", "-", "+", "(", "€", "CHF ", "$-", "- "]),
            DIGITS,
            st.sampled_from(["", ",", ".", " ", "'", "\u202f"]),
            st.text("0123456789,. '", max_size=9),
            st.sampled_from(["", " €", "EUR", "%", ")", "-", "e3", " kr", "$", " x"]),
        ),
    ),
    st.text("0123456789.,-+ e€", max_size=8),
    st.text(max_size=6),
)
TWO = st.integers(0, 40).map("{:02}".format)
DAYS = st.one_of(
    st.builds(
        "{}{}{}{}{}{}".format,
        st.one_of(TWO, st.integers(1890, 2210)), st.sampled_from("-/. "), TWO,
        st.sampled_from(["-", "/", ".", " "]), st.one_of(TWO, st.integers(1890, 2210)),
        st.sampled_from(["", "T10:00:00Z", " 24:00", " 11:30 PM", "T23:59:59.5+0200", " à 9h05"]),
    ),
    st.dates(date(1890, 1, 1), date(2210, 1, 1)).map(lambda day: f"{day:%d %B %Y}"),
    st.integers(0, 10**13).map(str),
    st.text("0123456789", min_size=5, max_size=13),
    st.text(max_size=8),
)  # fmt: skip
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-5, 10**6), st.text(max_size=5),
                    st.sampled_from(["Oui", "no", "1.0", "TRUE", " vrai ", "?"]))  # fmt: skip
FEWER = settings(max_examples=settings().max_examples // 4)
"""A column of one value costs some ten milliseconds."""


def of_the_record(field, value, numbers=None, dates=None):
    try:
        return answer_of(Entry(value), field, numbers=numbers, dates=dates)
    except WrongFactError:
        return "wrong"


def of_the_file(field, value, numbers=None, dates=None):
    column = normal_column(pa.chunked_array([column_of([value])]))
    conventions = Conventions(pa.table({"x": column}), numbers=numbers, dates=dates)
    read, problems = field_column(column, field, conventions)
    if problems:
        return "wrong"
    if isinstance(read, CategoryColumn):
        return read.levels[read.codes[0]] if read.codes[0] >= 0 else None
    assert isinstance(read, NumericColumn)
    number = read.values[0]
    if np.isnan(number):
        return None
    if isinstance(field, DateField):
        return str(np.datetime64(int(number), "D"))
    return bool(number) if isinstance(field, BooleanField) else float(number)


@FEWER
@given(NUMBERS, MARKS)
@example("120 000,50", None)
@example("1.234", "decimal_comma")
@example("CHF 0 €", None)
def test_a_number_is_what_the_file_would_say(text, numbers):
    field = NumberField(type="number", min=-(10**12), unknown=["?"])
    if _PROGRAM.fullmatch(text.strip()):
        numbers = "decimal_point"
    assert of_the_record(field, text, numbers) == of_the_file(field, text, numbers)


@settings(max_examples=settings().max_examples // 10)
@given(DAYS, ORDERS)
@example("03/04/2026", None)
@example("01.13-00", "month_first")
@example("000000000", None)
def test_a_day_is_what_the_file_would_say(text, dates):
    field = DateField(type="date", min=date(1950, 1, 1), unknown=["?"])
    assert of_the_record(field, text, dates=dates) == of_the_file(field, text, dates=dates)


@FEWER
@given(SCALARS)
def test_yes_and_no_are_what_the_file_would_say(value):
    field = BooleanField(type="boolean", unknown=["?"])
    assert of_the_record(field, value) == of_the_file(field, value)


@FEWER
@given(SCALARS, st.sampled_from([None, ("Oui", "true", "5")]))
def test_an_answer_is_what_the_file_would_say(value, values):
    field = CategoryField(type="category", values=values, unknown=["?"])
    assert of_the_record(field, value) == of_the_file(field, value)
