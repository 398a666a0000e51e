"""Columns of any source in the few types that the readers know."""

import pyarrow as pa
import pyarrow.compute as pc


def normal_column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column as text, boolean, int64, float64, date32 or timestamp without zone.

    Texts are stripped and null where nothing is left, NaN is null; a time with a zone becomes the
    time in that zone. What has no counterpart (times of day, lists) becomes text.

    >>> normal_column(pa.chunked_array([[" a ", " ", None]])).to_pylist()
    ['a', None, None]
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_string(kind):
        return _stripped(column)
    if pa.types.is_boolean(kind):
        return column
    numbers = _numbers(column)
    typed = _days_or_moments(column) if numbers is None else numbers
    return _stripped(_as_text(column)) if typed is None else typed


def _numbers(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    kind = column.type
    if pa.types.is_integer(kind):
        return column.cast(pa.float64() if pa.types.is_uint64(kind) else pa.int64())
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        numbers = column.cast(pa.float64())
        return pc.if_else(pc.is_nan(numbers), None, numbers)
    return None


def _days_or_moments(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    kind = column.type
    if pa.types.is_date(kind):
        return column.cast(pa.date32())
    if not pa.types.is_timestamp(kind):
        return None
    local = column if kind.tz is None else pc.local_timestamp(column)
    return local.cast(pa.timestamp("ms"), safe=False)


def _stripped(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    stripped = pc.utf8_trim_whitespace(texts)
    lengths = pc.binary_length(stripped)
    if pc.min(lengths).as_py() != 0:
        return stripped
    return pc.if_else(pc.equal(lengths, 0), None, stripped)


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    try:
        return column.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        texts = [None if value is None else str(value) for value in column.to_pylist()]
        return pa.chunked_array([pa.array(texts, pa.string())])
