"""What follows from the facts: ratios and days, for one deal and for a column, the same way."""

from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from features.columns import Column, NumericColumn
from features.deal import NOT_APPLICABLE, Fact
from features.fields import AS_OF, DaysField, DerivedField, PolicyField, RatioField


def derived_fields(fields: Mapping[str, PolicyField]) -> dict[str, DerivedField]:
    """Return the fields whose facts follow from others."""
    return {name: field for name, field in fields.items() if isinstance(field, DerivedField)}


def with_derived(
    facts: Mapping[str, Fact], derived: Mapping[str, DerivedField], as_of: date
) -> Mapping[str, Fact]:
    """Return the facts of one deal together with what follows from them.

    >>> margin = RatioField(type="ratio", of="margin", to="price")
    >>> day = date(2026, 1, 5)
    >>> with_derived({"margin": 20.0, "price": 80.0}, {"margin_rate": margin}, day)["margin_rate"]
    0.25
    """
    if not derived:
        return facts
    known = dict(facts)
    for name, field in derived.items():
        fact = _fact(field, facts, as_of)
        if fact is not None:
            known[name] = fact
        else:
            known.pop(name, None)  # one that somebody gave all the same does not count
    return known


def _fact(field: DerivedField, facts: Mapping[str, Fact], as_of: date) -> Fact | None:
    one, other = _both(field)
    first = as_of if one == AS_OF else facts.get(one)
    second = as_of if other == AS_OF else facts.get(other)
    if first is NOT_APPLICABLE or second is NOT_APPLICABLE:
        return NOT_APPLICABLE
    if isinstance(first, date) and isinstance(second, date):
        return float((second - first).days)
    if isinstance(first, float) and isinstance(second, float) and second != 0:
        ratio = first / second
        return ratio if np.isfinite(ratio) else None
    return None


def _both(field: DerivedField) -> tuple[str, str]:
    if isinstance(field, DaysField):
        return field.start, field.end
    if isinstance(field, RatioField):
        return field.of, field.to
    raise TypeError(field)  # pragma: no cover (there are two kinds)


def with_derived_columns(
    columns: Mapping[str, Column],
    derived: Mapping[str, DerivedField],
    as_of: NDArray[np.datetime64],
) -> dict[str, Column]:
    """Return the columns of many deals together with what follows from them.

    ``as_of`` has shape (n_deals,). A derived field that follows from no column at all is left
    out: unknown for all.
    """
    complete = {name: column for name, column in columns.items() if name not in derived}
    for name, field in derived.items():
        made = _column(field, columns, as_of)
        if made is not None:
            complete[name] = made
    return complete


def _column(
    field: DerivedField, columns: Mapping[str, Column], as_of: NDArray[np.datetime64]
) -> NumericColumn | None:
    if not any(name in columns for name in field.sources()):
        return None
    unknown = NumericColumn(np.full(len(as_of), np.nan))
    days = NumericColumn(as_of.astype("datetime64[D]").astype(np.float64), "date")
    first, second = (
        days if name == AS_OF else columns.get(name, unknown) for name in _both(field)
    )
    if not isinstance(first, NumericColumn) or not isinstance(second, NumericColumn):
        return None
    if isinstance(field, DaysField):
        values = second.values - first.values
    else:
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            values = first.values / second.values
        values = np.where(np.isfinite(values), values, np.nan)
    inapplicable = first.not_applicable() | second.not_applicable()
    values = np.where(inapplicable, np.nan, values)
    return NumericColumn(values, "number", inapplicable if inapplicable.any() else None)
