"""What is written is what Babel writes, for every number that people read."""

import pytest
from babel import Locale
from babel.numbers import format_decimal
from hypothesis import example, given
from hypothesis import strategies as st

from features.texts import LANGUAGES
from reports.digits import LARGEST_WRITTEN_HERE, digits_of, is_one

NUMBERS = st.floats(0, 1e13, allow_nan=False) | st.integers(0, 10**13)


def babel(value, digits, language, *, trimmed):
    decimals = ("#" if trimmed else "0") * digits
    return format_decimal(value, f"#,##0.{decimals}" if digits else "#,##0", locale=language)


@given(NUMBERS, st.integers(0, 6), st.sampled_from(LANGUAGES), st.booleans())
@example(0.0, 0, "fr", False)
@example(1000, 6, "en", True)
@example(999_999_999.999999, 6, "fr", True)
@example(123_456_789_012.1, 6, "en", True)
@example(10.0, 1, "en", True)
def test_a_rounded_number_is_written_as_babel_writes_it(value, digits, language, trimmed):
    rounded = round(value, digits) + 0.0
    assert digits_of(rounded, digits, language, trimmed=trimmed) == babel(
        rounded, digits, language, trimmed=trimmed
    )


def test_without_its_limit_it_would_write_decimals_that_nobody_gave():
    assert f"{123_456_789_012.1:,.6f}" != babel(123_456_789_012.1, 6, "en", trimmed=False)
    assert LARGEST_WRITTEN_HERE * 2**-53 < 0.5e-6


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 0.0, 0.5, 1, 1.0, 1.5, 2, 1000, 1_000_000])
def test_a_noun_is_singular_where_the_language_has_it_so(count, language):
    assert is_one(count, language) is (Locale(language).plural_form(count) == "one")
