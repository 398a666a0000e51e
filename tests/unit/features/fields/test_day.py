"""A question answered by a day."""

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from features.fields import DateField, WrongFactError, written_day

FIELD = DateField.model_validate({"type": "date", "min": "2020-01-01", "max": "2030-12-31"})


@pytest.mark.parametrize(
    "value", ["2026-03-31", " 2026-03-31 ", "2026-03-31T23:59:00", date(2026, 3, 31),
              datetime(2026, 3, 31, 8, 0, tzinfo=UTC)],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(value):
    day = FIELD.check(value)
    assert day == date(2026, 3, 31)
    assert type(day) is date


@pytest.mark.parametrize(
    "value", ["31/03/2026", "2026-02-30", "tomorrow", "", 20260331, None, True, []]
)
def test_what_is_not_a_day_is_told_how_to_write_one(value):
    with pytest.raises(WrongFactError, match="is not a day") as wrong:
        FIELD.check(value)
    assert wrong.value.hint == "write it like 2026-03-31"


def test_the_ends_of_a_range_are_inside_it_and_the_rest_is_told_the_range():
    assert FIELD.check("2020-01-01") == date(2020, 1, 1)
    assert FIELD.check("2030-12-31") == date(2030, 12, 31)
    for value in ("2019-12-31", "2031-01-01"):
        with pytest.raises(WrongFactError, match="is out of range") as wrong:
            FIELD.read(value)
        assert wrong.value.hint == "from 2020-01-01 until 2030-12-31"


def test_a_range_has_its_ends_in_order():
    with pytest.raises(ValidationError, match="is below min; at least 2026-01-02"):
        DateField.model_validate({"type": "date", "min": "2026-01-02", "max": "2026-01-01"})
    DateField.model_validate({"type": "date", "min": "2026-01-02", "max": "2026-01-02"})


def test_the_model_never_sees_a_day():
    assert not FIELD.in_model


def test_a_day_that_cannot_be_read_is_told_to_pydantic_too():
    with pytest.raises(ValueError, match="write it like"):
        written_day("soon")
