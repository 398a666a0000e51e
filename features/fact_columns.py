"""From the JSON objects of many deals to columns, where their facts are plain.

Nearly every fact of a batch is a number, yes or no, a text, or unknown. Those are read field by
field: numbers by a look at their array, each different text once, by the reader of one fact. A
deal that has anything else is *odd*, and left to the reader of one deal; so that what a batch
reads, and what it says of what cannot be read, is what one deal alone gets.
"""

from collections.abc import Hashable, Mapping, Sequence
from itertools import chain
from math import inf, nan
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from features.columns import (
    INAPPLICABLE_CODE,
    UNKNOWN_CODE,
    CategoryColumn,
    Column,
    NumericColumn,
    number_of,
    numeric_kind,
)
from features.deal import NOT_APPLICABLE, Fact
from features.facts import MOST_FACTS, read_fact
from features.fields import (
    LARGEST_NUMBER,
    BooleanField,
    CategoryField,
    NumberField,
    PolicyField,
    TextField,
    WrongFactError,
)

Mask: TypeAlias = NDArray[np.bool_]
Vector: TypeAlias = NDArray[np.float64]
Objects: TypeAlias = Sequence[dict[str, Any]]
Met: TypeAlias = Mapping[str, Fact | None]
"""What each different text of a field means."""

_TEXTS = frozenset({str, type(None)})
_YES_AND_NO = {True: 1.0, False: 0.0, None: nan}
_OTHERS: Mapping[type, frozenset[type]] = {
    NumberField: frozenset({int, float}),
    BooleanField: frozenset({bool}),
}
"""What is plain in a field, beside texts and nothing."""


def read_columns(
    facts: Objects, fields: Mapping[str, PolicyField]
) -> tuple[dict[str, Column], Mask]:
    """Return a column for every field that is asked for, and which deals are odd.

    What an odd deal has of odd values is unknown in the columns. There is one deal or more, and
    no NaN in JSON.

    >>> fields = {"size": NumberField(type="number", min=0)}
    >>> columns, odd = read_columns([{"size": 3}, {}, {"size": -1}, {"sise": 3}], fields)
    >>> columns["size"].values, odd
    (array([ 3., nan, nan, nan]), array([False, False,  True,  True]))
    """
    asked = {name: field for name, field in fields.items() if not field.derived}
    odd = np.zeros(len(facts), dtype=bool)
    if len(asked) > MOST_FACTS:
        odd |= np.array([len(one) > MOST_FACTS for one in facts], dtype=bool)
    values = _by_field(facts, asked, odd)
    return {
        name: _column(one, field, odd)
        for (name, field), one in zip(asked.items(), values, strict=True)
    }, odd


def _by_field(facts: Objects, asked: Mapping[str, PolicyField], odd: Mask) -> list[list[Any]]:
    """Return the values of each field; mark the deals that have others, and leave them out."""
    n_fields = len(asked)
    blank = {name: nan if type(one) is NumberField else None for name, one in asked.items()}
    # What a deal has takes its place among all the fields, and what no field is called comes last.
    values = list(chain.from_iterable(map(dict.values, map(blank.__or__, facts))))
    if len(values) > n_fields * len(facts):
        kept = _without(facts, [not one.keys() <= asked.keys() for one in facts], odd, {})
        values = list(chain.from_iterable(map(dict.values, map(blank.__or__, kept))))
    return [values[place::n_fields] for place in range(n_fields)]


def with_facts(column: Column, facts: Mapping[int, Fact | None]) -> Column:
    """Return a column with the facts of some rows put in; None is unknown."""
    if isinstance(column, NumericColumn):
        return _numeric_with(column, facts)
    found = {one for one in facts.values() if isinstance(one, str)}
    column = _of_levels(column, tuple(sorted({*column.levels, *found})))
    code = _codes(column.levels)
    codes = column.codes.copy()
    for row, fact in facts.items():
        codes[row] = code[fact]
    return CategoryColumn(codes, column.levels)


def without_what_nobody_has(column: Column) -> Column:
    """Return a column with the levels that some deal has, and a mask only where it says something.

    So that it is the column that these deals alone make.
    """
    if isinstance(column, NumericColumn):
        if column.inapplicable is None or column.inapplicable.any():
            return column
        return NumericColumn(column.values, column.kind)
    met = np.bincount(column.codes[column.answered()], minlength=len(column.levels)) > 0
    if met.all():
        return column
    kept = zip(column.levels, met.tolist(), strict=True)
    return _of_levels(column, tuple(level for level, has in kept if has))


def _of_levels(column: CategoryColumn, levels: tuple[str, ...]) -> CategoryColumn:
    """Return a column in other levels, among which are all that it has."""
    if levels == column.levels:
        return column
    code = {level: place for place, level in enumerate(levels)}
    places = [code.get(level, UNKNOWN_CODE) for level in column.levels]
    to = np.array([*places, INAPPLICABLE_CODE, UNKNOWN_CODE], dtype=np.int32)
    return CategoryColumn(to[column.codes], levels)  # the codes -1 and -2 find the end


def _numeric_with(column: NumericColumn, facts: Mapping[int, Fact | None]) -> NumericColumn:
    values, inapplicable = column.values.copy(), column.not_applicable().copy()
    for row, fact in facts.items():
        inapplicable[row] = fact is NOT_APPLICABLE
        values[row] = np.nan if fact is None or fact is NOT_APPLICABLE else number_of(fact)
    return NumericColumn(values, column.kind, inapplicable if inapplicable.any() else None)


def _column(values: Sequence[Any], field: PolicyField, odd: Mask) -> Column:
    """Return the column of a field, and mark the deals that have an odd value in it."""
    kinds = _kinds(values, field)
    others = _OTHERS.get(type(field), frozenset())
    if not kinds <= _TEXTS | others:
        plain = _TEXTS | others
        values = _without(values, [type(one) not in plain for one in values], odd)
    met: Met = {}
    if str in kinds:
        met, refused = _read_each(values, field)
        if refused:
            values = _without(values, [one in refused for one in values], odd)
    if isinstance(field, CategoryField | TextField):
        return _categories(values, met)
    return _numbers(values, met, field, odd)


def _kinds(values: Sequence[Any], field: PolicyField) -> set[type]:
    """Return the types of some values; of categories sooner, as no text equals anything else."""
    if isinstance(field, CategoryField):
        try:
            return set(map(type, set(values)))
        except TypeError:  # an object or a list
            pass
    return set(map(type, values))


def _without(
    values: Sequence[Any], where: Sequence[bool], odd: Mask, instead: object = None
) -> list[Any]:
    """Return values with something else where some are odd, and mark those."""
    odd |= np.array(where, dtype=bool)
    return [instead if is_odd else one for one, is_odd in zip(values, where, strict=True)]


def _read_each(values: Sequence[Hashable], field: PolicyField) -> tuple[Met, set[str]]:
    """Return what each text means, and the texts that the field cannot hold."""
    met: dict[str, Fact | None] = {}
    refused = set()
    for text in set(values):
        if not isinstance(text, str):
            continue
        try:
            met[text], _ = read_fact(text, field)
        except WrongFactError:
            refused.add(text)
    return met, refused


def _categories(values: Sequence[Any], met: Met) -> CategoryColumn:
    levels = tuple(sorted({one for one in met.values() if isinstance(one, str)}))
    code = _codes(levels)
    of_text: dict[str | None, int] = {text: code[fact] for text, fact in met.items()}
    of_text[None] = UNKNOWN_CODE
    codes = np.fromiter(map(of_text.__getitem__, values), dtype=np.int32, count=len(values))
    return CategoryColumn(codes, levels)


def _codes(levels: Sequence[str]) -> dict[Fact | None, int]:
    code: dict[Fact | None, int] = {level: place for place, level in enumerate(levels)}
    return code | {None: UNKNOWN_CODE, NOT_APPLICABLE: INAPPLICABLE_CODE}


def _numbers(values: Sequence[Any], met: Met, field: PolicyField, odd: Mask) -> NumericColumn:
    inapplicable = None
    if met:
        inapplicable = np.array([_says_not_applicable(one, met) for one in values], dtype=bool)
        values = [_number(met[one]) if type(one) is str else one for one in values]
    has_some = inapplicable is not None and bool(inapplicable.any())
    return NumericColumn(
        _checked(values, field, odd), numeric_kind(field), inapplicable if has_some else None
    )


def _checked(values: Sequence[Any], field: PolicyField, odd: Mask) -> Vector:
    """Return numbers, NaN where they are odd or unknown, and mark the deals that have odd ones."""
    if isinstance(field, BooleanField):
        found = map(_YES_AND_NO.__getitem__, values)
        return np.fromiter(found, dtype=np.float64, count=len(values))
    numbers = _floats(values)
    if isinstance(field, NumberField):
        outside = _outside(numbers, field)
        odd |= outside
        numbers[outside] = nan
        numbers += 0.0  # -0.0 and 0.0 are one fact
    return numbers


def _says_not_applicable(value: object, met: Met) -> bool:
    return isinstance(value, str) and met[value] is NOT_APPLICABLE


def _number(fact: Fact | None) -> float | None:
    return None if fact is None or fact is NOT_APPLICABLE else number_of(fact)


def _outside(numbers: Vector, field: NumberField) -> Mask:
    """Return where a number is none that the field can hold."""
    outside: Mask = np.abs(numbers) > LARGEST_NUMBER
    if field.min is not None:
        outside |= numbers < field.min
    if field.max is not None:
        outside |= numbers > field.max
    return outside


def _floats(values: Sequence[Any]) -> Vector:
    """Return numbers as floats, NaN for None."""
    try:
        return np.fromiter(values, dtype=np.float64, count=len(values))
    except (TypeError, OverflowError):  # None, or a whole number that no float can hold
        return np.array([_float(one) for one in values])


def _float(value: float | None) -> float:
    try:
        return nan if value is None else float(value)
    except OverflowError:
        return inf
