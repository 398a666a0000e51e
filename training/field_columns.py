"""From a column of a source to the column of a policy's field."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from features.columns import INAPPLICABLE_CODE, CategoryColumn, Column, NumericColumn
from features.fields import (
    LARGEST_NUMBER,
    BooleanField,
    CategoryField,
    DateField,
    NumberField,
    PolicyField,
    TextField,
    WrongFactError,
)
from training.readers.booleans import read_booleans
from training.readers.conventions import Conventions
from training.readers.date_texts import DateTexts
from training.readers.distinct_texts import (
    MOST_EXAMPLES,
    DistinctTexts,
    ReadColumn,
    WrongValue,
)
from training.readers.number_texts import NumberTexts


@dataclass(frozen=True, slots=True)
class ColumnProblem:
    """What is wrong with a column: in a row, or (None) as a whole."""

    what: str
    hint: str | None = None
    row: int | None = None


def field_column(
    column: pa.ChunkedArray, field: PolicyField, conventions: Conventions
) -> tuple[Column, list[ColumnProblem]]:
    """Return a field's facts of all deals, and what is wrong with them."""
    found, problems = _answers(column, field, conventions)
    if not field.not_applicable:
        return found, problems
    inapplicable = _says(column, field.not_applicable)
    return (_without(found, inapplicable) if inapplicable.any() else found), problems


def without_expired(
    found: Column, observed_on: NDArray[np.datetime64], as_of: NDArray[np.datetime64], days: int
) -> Column:
    """Return the column without the answers that are too old, or younger than the deal's day.

    ``observed_on`` and ``as_of`` have shape (n_deals,); an answer without a day (NaT) stays.
    """
    age_days = (as_of - observed_on) / np.timedelta64(1, "D")
    valid = np.isnat(observed_on) | ((age_days >= 0) & (age_days <= days))
    if isinstance(found, CategoryColumn):
        return CategoryColumn(np.where(valid, found.codes, -1).astype(np.int32), found.levels)
    told = None if found.inapplicable is None else found.inapplicable & valid
    return NumericColumn(np.where(valid, found.values, np.nan), found.kind, told)


def _answers(
    column: pa.ChunkedArray, field: PolicyField, conventions: Conventions
) -> tuple[Column, list[ColumnProblem]]:
    if isinstance(field, NumberField):
        return _number_column(column, field, conventions)
    if isinstance(field, BooleanField):
        read = read_booleans(column, _no_answers(field))
        return NumericColumn(read.values, "boolean"), wrong_values(read)
    if isinstance(field, DateField):
        return _date_column(column, field, conventions)
    if isinstance(field, CategoryField | TextField):
        return _category_column(column, field)
    raise TypeError(field)  # derived fields have no column


def _no_answers(field: PolicyField) -> tuple[str, ...]:
    """Return the words that are no answers: those for unknown, and for not applicable."""
    return (*field.unknown, *(field.not_applicable or ()))


def _says(column: pa.ChunkedArray, words: tuple[str, ...]) -> NDArray[np.bool_]:
    distinct = DistinctTexts.of(column)
    chosen = np.array([text in words for text in distinct.texts.to_pylist()], dtype=bool)
    return distinct.spread(chosen, False)  # noqa: FBT003 (the value where there is no text)


def _without(found: Column, inapplicable: NDArray[np.bool_]) -> Column:
    if isinstance(found, CategoryColumn):
        codes = np.where(inapplicable, INAPPLICABLE_CODE, found.codes).astype(np.int32)
        return CategoryColumn(codes, found.levels)
    return NumericColumn(np.where(inapplicable, np.nan, found.values), found.kind, inapplicable)


def _date_column(
    column: pa.ChunkedArray, field: DateField, conventions: Conventions
) -> tuple[Column, list[ColumnProblem]]:
    days, problems = day_column(column, _no_answers(field), conventions)
    numbers = np.where(np.isnat(days), np.nan, days.astype(np.int64).astype(np.float64))
    low, high = (None if end is None else np.datetime64(end) for end in (field.min, field.max))
    outside = np.zeros(len(days), dtype=bool)
    outside |= False if low is None else days < low
    outside |= False if high is None else days > high
    if outside.any():
        row = int(np.flatnonzero(outside)[0])
        wrong = _wrong(field.check, str(days[row]), row, int(outside.sum()))
        problems += wrong_values(ReadColumn(days, (wrong,), 1))
    return NumericColumn(numbers, "date"), problems


def day_column(
    column: pa.ChunkedArray, unknown: tuple[str, ...], conventions: Conventions
) -> tuple[NDArray[np.datetime64], list[ColumnProblem]]:
    """Return the days of a column, shape (n_deals,) of datetime64[D], NaT where unknown."""
    texts = DateTexts.of(column, unknown)
    way = conventions.date_way(texts)
    if way is None and texts.votes.undecided:
        what = f"{_quoted(texts.votes.undecided)} may be read day first or month first"
        hint = "say which in the policy, under deals: 'dates: day_first' or 'dates: month_first'"
        return np.full(len(column), "NaT", "datetime64[D]"), [ColumnProblem(what, hint)]
    read = texts.read(way)
    return read.values.astype("datetime64[D]"), wrong_values(read)


def wrong_values(read: ReadColumn) -> list[ColumnProblem]:
    """Return a problem for each example of a wrong value, and one that counts the others."""
    problems = [
        ColumnProblem(f"{wrong.what} ({wrong.n_deals} deals)", wrong.hint, wrong.row)
        for wrong in read.wrong
    ]
    if read.n_wrong > len(problems):
        problems.append(ColumnProblem(f"{read.n_wrong - len(problems)} more such values"))
    return problems


def _quoted(texts: tuple[str, ...]) -> str:
    return ", ".join(f"'{text}'" for text in texts[:MOST_EXAMPLES])


def _number_column(
    column: pa.ChunkedArray, field: NumberField, conventions: Conventions
) -> tuple[Column, list[ColumnProblem]]:
    texts = NumberTexts.of(column, _no_answers(field))
    way = conventions.number_way(texts)
    if way is None and texts.votes.undecided:
        what = f"{_quoted(texts.votes.undecided)} may have decimals or thousands"
        hint = (
            "say which in the policy, under deals: 'numbers: decimal_point' or "
            "'numbers: decimal_comma'"
        )
        return NumericColumn(np.full(len(column), np.nan)), [ColumnProblem(what, hint)]
    read = texts.read(way)
    problems = wrong_values(read) + _out_of_range(read.values, field)
    if len(texts.currencies) > 1:
        what = f"the amounts are in several currencies: {', '.join(texts.currencies)}"
        hint = "export a column converted into one currency"
        problems.append(ColumnProblem(what, hint))
    return NumericColumn(read.values + 0.0), problems  # -0.0 and 0.0 are one fact


def _out_of_range(values: NDArray[np.float64], field: NumberField) -> list[ColumnProblem]:
    low = -LARGEST_NUMBER if field.min is None else max(field.min, -LARGEST_NUMBER)
    high = LARGEST_NUMBER if field.max is None else min(field.max, LARGEST_NUMBER)
    outside = (values < low) | (values > high)
    if not outside.any():
        return []
    rows = np.flatnonzero(outside)
    numbers, first, counts = np.unique(values[rows], return_index=True, return_counts=True)
    order = np.argsort(first)
    wrong = tuple(
        _wrong(field.check, float(numbers[place]), int(rows[first[place]]), int(counts[place]))
        for place in order[:MOST_EXAMPLES]
    )
    return wrong_values(ReadColumn(values, wrong, len(numbers)))


def _wrong(check: Callable[[object], object], fact: object, row: int, n_deals: int) -> WrongValue:
    """Return what the field itself says against a fact that it refuses."""
    try:
        check(fact)
    except WrongFactError as error:
        return WrongValue(error.what, error.hint, row, n_deals)
    raise AssertionError(fact)  # only refused facts come here


def _category_column(
    column: pa.ChunkedArray, field: CategoryField | TextField
) -> tuple[Column, list[ColumnProblem]]:
    distinct = DistinctTexts.of(column, _no_answers(field))
    answers = distinct.texts.to_pylist()
    reasons: dict[str, tuple[str, str | None]] = {}
    for answer in answers:
        try:
            field.check(answer)
        except WrongFactError as error:
            reasons[answer] = error.what, error.hint
    bad = np.array([answer in reasons for answer in answers], dtype=bool)
    levels = sorted(answer for answer in answers if answer not in reasons)
    place = {level: code for code, level in enumerate(levels)}
    codes = np.array([place.get(answer, -1) for answer in answers], dtype=np.int32)
    read = ReadColumn(codes, *distinct.wrong(bad, reasons.__getitem__))
    return CategoryColumn(distinct.spread(codes, -1), tuple(levels)), wrong_values(read)
