"""Numbers in every notation the CLDR gives four countries, and those that could be two numbers."""

import numpy as np
import pyarrow as pa
import pytest
from babel.numbers import format_currency, format_decimal, parse_decimal
from hypothesis import example, given, settings
from hypothesis import strategies as st

from training.readers.number_texts import COMMA, POINT, NumberTexts

FEWER = settings(max_examples=settings().max_examples // 4)
LOCALES = {"fr": COMMA, "en": POINT, "de": COMMA, "en_US": POINT, "de_CH": POINT, "fr_FR": COMMA}
AMOUNTS = st.decimals(-(10**9), 10**9, places=2)


def texts_of(*values, unknown=()):
    return NumberTexts.of(pa.chunked_array([pa.array(values, pa.string())]), unknown)


def read(*values):
    texts = texts_of(*values)
    return texts.read(texts.votes.way(None))


@FEWER
@given(st.lists(AMOUNTS, min_size=1, max_size=8), st.sampled_from(sorted(LOCALES)))
def test_what_babel_writes_is_read_back_as_babel_reads_it(amounts, locale):
    written = [format_decimal(amount, "#,##0.00", locale) for amount in amounts]
    told = texts_of(*written)
    assert told.votes.voted == (LOCALES[locale],)
    values = told.read(told.votes.way(None))
    assert not values.wrong
    assert values.values.tolist() == [float(parse_decimal(text, locale)) for text in written]


@FEWER
@given(AMOUNTS, st.sampled_from(sorted(LOCALES)), st.sampled_from(["EUR", "USD", "CHF", "GBP"]))
@example(amount=-1234, locale="fr", currency="EUR")
def test_amounts_with_their_currency_are_read(amount, locale, currency):
    written = format_currency(amount, currency, locale=locale)
    values = texts_of(written).read(LOCALES[locale])
    assert not values.wrong, written
    assert values.values[0] == float(round(amount, 2))
    assert texts_of(written).currencies == (currency,)


@FEWER
@given(st.lists(st.integers(1000, 999_999), min_size=1, max_size=5), st.sampled_from(".,"))
def test_thousands_alone_decide_nothing(numbers, mark):
    written = [f"{n:,}".replace(",", mark) for n in numbers]
    told = texts_of(*written)
    assert told.votes.way(None) is None
    assert told.votes.undecided[0] == written[0]
    assert told.read(COMMA if mark == "." else POINT).values.tolist() == [
        float(n) for n in numbers
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234.5", 1234.5), ("1\u202f234,5", 1234.5), ("1\u2009234,5", 1234.5), ("1 234", 1234.0),
        ("12\u00a0500,50\u00a0€", 12500.5), ("CHF 1’234.50", 1234.5), ("1'234", 1234.0),
        ("(12.50)", -12.5), ("12.5-", -12.5), ("\u221212.5", -12.5), ("-€12.5", -12.5),
        ("€ -12.5", -12.5), ("12.5 %", 12.5), ("1.5e3", 1500.0), ("1,5E3", 1500.0), (".5", 0.5),
        ("US$ 12.25", 12.25), ("12,00,000", 1_200_000.0), ("+7", 7.0), ("0,123", 0.123),
    ],
)  # fmt: skip
def test_how_people_write_numbers(text, value):
    assert read(text).values.tolist() == [value]


@pytest.mark.parametrize(
    "text",
    ["12.5.3", "1,23,4", "--5", "(5", "5)", "(-5)", "1e", "e5", "0x10", "1_000", "nan", "inf",
     "1 23", "1 234.567,8", "12 k", "=1+1", ".", "-", "€", "١٢"],
)  # fmt: skip
def test_what_is_no_number_is_not_made_one(text):
    found = read(text, "1.5")
    assert found.n_wrong == 1
    assert f"'{text}' is not a number" in found.wrong[0].what
    assert np.isnan(found.values[0])


def test_the_column_decides_and_never_the_cell():
    told = read("1,5", "2,5", "1.234", "7.5")
    assert told.values[:3].tolist() == [1.5, 2.5, 1234.0]
    assert [(wrong.what, wrong.row) for wrong in told.wrong] == [("'7.5' is not a number", 3)]
    assert "1234,5" in str(told.wrong[0].hint)


def test_plain_numbers_with_only_three_decimals_are_as_ambiguous_as_others():
    assert texts_of("1.234", "12").votes.undecided == ("1.234",)
    assert texts_of("1.234", "12.5").votes.voted == (POINT,)
    assert texts_of("0.234").votes.voted == (POINT,)
    assert texts_of("12", "13").votes.undecided == ()


def test_words_for_unknown_are_the_policy_s_alone():
    assert np.isnan(texts_of("?", "12.5", unknown={"?"}).read(None).values[0])
    assert texts_of("?", "12.5").read(POINT).n_wrong == 1
    typed = NumberTexts.of(pa.chunked_array([[-1.0, 5.0]]), {"-1", "?"}).read(None)
    assert np.isnan(typed.values[0])


def test_types_of_the_source_are_believed():
    for column in ([1, None, 3], [1.0, None, 3.0]):
        values = NumberTexts.of(pa.chunked_array([column])).read(None).values
        assert values[[0, 2]].tolist() == [1.0, 3.0]
    assert (
        NumberTexts.of(pa.chunked_array([pa.array([], pa.string())])).read(None).values.size == 0
    )
