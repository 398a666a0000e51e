"""What identifies the data of a source: the same rows, whatever the order of the columns."""

import hashlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from features.policy import canonical_fingerprint
from training.side_by_side import side_by_side


def table_fingerprint(table: pa.Table) -> str:
    """Return the SHA-256 of a table's columns in the order of their names.

    >>> one = pa.table({"a": ["x", None], "b": [1, 2]})
    >>> table_fingerprint(one) == table_fingerprint(one.select(["b", "a"]))
    True
    """
    names = sorted(table.column_names)
    digests = side_by_side(_column_digest, [table.column(name) for name in names])
    return canonical_fingerprint([list(pair) for pair in zip(names, digests, strict=True)])


def _column_digest(column: pa.ChunkedArray) -> list[str]:
    """Hash lengths and values apart, so that it does not matter where the chunks end."""
    shapes, values = hashlib.sha256(), hashlib.sha256()
    for chunk in column.chunks:
        if pa.types.is_string(chunk.type):
            shapes.update(_bytes(pc.fill_null(pc.binary_length(chunk), -1)))
            values.update(_characters(chunk))
        else:
            numbers = _as_numbers(chunk)
            shapes.update(_bytes(pc.is_null(chunk)))
            values.update(_bytes(numbers.fill_null(0)))
    return [str(column.type), shapes.hexdigest(), values.hexdigest()]


def _as_numbers(chunk: pa.Array) -> pa.Array:
    if pa.types.is_boolean(chunk.type):
        return chunk.cast(pa.int8())
    if pa.types.is_date32(chunk.type):
        return chunk.cast(pa.int32())
    return chunk.cast(pa.int64()) if pa.types.is_timestamp(chunk.type) else chunk


def _bytes(values: pa.Array) -> bytes:
    whole: bytes = values.to_numpy(zero_copy_only=False).tobytes()
    return whole


def _characters(chunk: pa.StringArray) -> memoryview:
    offsets = np.frombuffer(chunk.buffers()[1], np.int32)[
        chunk.offset : chunk.offset + len(chunk) + 1
    ]
    data = chunk.buffers()[2]
    if data is None or not len(chunk):
        return memoryview(b"")
    return memoryview(data)[offsets[0] : offsets[-1]]
