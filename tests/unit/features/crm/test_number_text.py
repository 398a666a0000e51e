"""A number typed by somebody is read in the one way that it can be, or nobody guesses."""

import pytest

from features.crm.number_text import number_of
from features.fields import WrongFactError


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("120000", 120000),
        ("-1.5e3", -1500),
        ("120 000,50", 120000.5),
        ("120\u202f000 €", 120000),
        ("(1,234.5)", -1234.5),
        ("1.234.567", 1234567),
        ("CHF 1'200.-".removesuffix("-"), 1200),
        ("12,5 %", 12.5),
        ("US$ 1,200,000", 1200000),
        ("1200-", -1200),
    ],
)
def test_what_people_and_programs_write(text, number):
    assert number_of(text) == number


def test_a_program_writes_no_thousands_whatever_the_files_do():
    assert number_of("1234.567", "decimal_comma") == number_of("1234.567") == 1234.567
    assert number_of("1.234", "decimal_comma") == 1.234


def test_what_may_be_two_numbers_is_asked_and_the_policy_answers():
    with pytest.raises(WrongFactError, match="decimals or thousands") as wrong:
        number_of("120,000")
    assert "numbers: decimal_comma" in wrong.value.hint
    assert (number_of("120,000", "decimal_comma"), number_of("120,000", "decimal_point")) == (
        120,
        120000,
    )


@pytest.mark.parametrize("text", ["much", "", "1,2,3", "--1", "(1", "-(1)", "1" * 101, "1e", "٣"])
def test_what_is_no_number(text):
    with pytest.raises(WrongFactError, match="is not a number"):
        number_of(text)
