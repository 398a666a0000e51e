"""Python values, as spreadsheets and databases hand them over, as columns of one type each."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa

Values = Sequence[object]


def column_of(values: Values) -> pa.Array:
    """Return values as one array: booleans, numbers, timestamps, or else texts; None is null.

    >>> column_of([1, 2.5, None]).to_pylist(), column_of([12.0, "n/a"]).to_pylist()
    ([1.0, 2.5, None], ['12', 'n/a'])
    """
    kinds = {type(value) for value in values} - {type(None)}
    if not kinds:
        return pa.nulls(len(values))
    if kinds == {bool}:
        return pa.array(values, pa.bool_())
    if kinds == {int} and all(v is None or abs(v) < 1 << 62 for v in values):  # type: ignore[arg-type]
        return pa.array(values, pa.int64())
    if kinds <= {int, float, Decimal}:
        return pa.array([None if v is None else float(v) for v in values], pa.float64())  # type: ignore[arg-type]
    if all(issubclass(kind, date) for kind in kinds):
        return pa.array([_moment(value) for value in values], pa.timestamp("ms"))
    return pa.array([text_of(value) for value in values], pa.string())


def joined(parts: Sequence[pa.Array]) -> pa.ChunkedArray:
    """Return parts of one column as a whole, as texts where they are of several types."""
    kinds = {part.type for part in parts if not pa.types.is_null(part.type)}
    if len(kinds) > 1 and kinds <= {pa.int64(), pa.float64()}:
        kinds = {pa.float64()}
    if len(kinds) > 1:
        parts = [pa.array([text_of(v) for v in part.to_pylist()], pa.string()) for part in parts]
        kinds = {pa.string()}
    kind = kinds.pop() if kinds else pa.string()
    return pa.chunked_array([part.cast(kind) for part in parts], kind)


def text_of(value: object) -> str | None:
    """Return a value as it would stand in a text file.

    >>> text_of(12.0), text_of(True), text_of(datetime(2026, 1, 15)), text_of(None)
    ('12', 'true', '2026-01-15', None)
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        text = value.isoformat(sep=" ")
        return text.removesuffix(" 00:00:00")
    return str(value)


def _moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return datetime(value.year, value.month, value.day) if isinstance(value, date) else None  # noqa: DTZ001
