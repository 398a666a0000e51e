"""A column as its distinct texts and a code a row: a million deals have few of them."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from training.sources.raw_table import RawTable

FIRST_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class DistinctTexts:
    """A column of any type as texts.

    ``codes`` has shape (n_rows,) and says which of ``texts`` each row has; ``""`` where it has
    none. Numbers that are whole are written without a point, so that a flag of 1.0 is "1".
    """

    codes: NDArray[np.intp]
    texts: tuple[str, ...]

    def counts(self, kept: NDArray[np.bool_] | None = None) -> dict[str, int]:
        """Return how many rows have each text, in order of first appearance; some rows only."""
        codes = self.codes if kept is None else self.codes[kept]
        found = np.bincount(codes, minlength=len(self.texts))
        return {text: int(n) for text, n in zip(self.texts, found, strict=True) if n}

    def first_row(self, text: str) -> int:
        """Return the first row that has a text."""
        return int(np.flatnonzero(self.codes == self.texts.index(text))[0])


def distinct_texts(raw: RawTable, header: str) -> DistinctTexts:
    """Return a column as distinct texts.

    >>> column = distinct_texts(RawTable(table=pa.table({"a": [1.0, None, 1.0]}), where="a"), "a")
    >>> column.texts, column.counts()
    (('1', ''), {'1': 2, '': 1})
    """
    return _decoded(_encoded(raw, header))


def few_texts(raw: RawTable, header: str, most: int) -> DistinctTexts | None:
    """Return a column as distinct texts, None where it has more of them than ``most``."""
    first = raw.table.column(header)[:FIRST_ROWS]
    simple = not (pa.types.is_dictionary(first.type) or pa.types.is_nested(first.type))
    if simple and len(first.unique()) > most:
        return None  # most columns of many texts show it at once
    column = _encoded(raw, header)
    return None if len(column.dictionary) > most else _decoded(column)


def _encoded(raw: RawTable, header: str) -> pa.DictionaryArray:
    column = raw.table.column(header)
    if pa.types.is_nested(column.type):  # a list has no dictionary: its writing stands for it
        values = [None if value is None else str(value) for value in column.to_pylist()]
        column = pa.chunked_array([values], pa.string())
    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    else:
        column = column.dictionary_encode()
    if not column.chunks:  # a table of no rows has nothing to combine
        return pa.array([], pa.dictionary(pa.int32(), pa.string()))
    return pa.concat_arrays(column.chunks)


def _decoded(column: pa.DictionaryArray) -> DistinctTexts:
    texts = [_text(value) for value in column.dictionary.to_pylist()]
    places = pc.fill_null(column.indices.cast(pa.int64()), len(texts)).to_numpy(
        zero_copy_only=False
    )
    return _folded(places, [*texts, ""])


def _folded(places: NDArray[np.intp], texts: list[str]) -> DistinctTexts:
    """Give values of one text one code, and keep only texts that some row has."""
    order: dict[str, int] = {}
    lookup = np.zeros(len(texts), dtype=np.intp)
    present = np.unique(places, return_index=True)
    for place in present[0][np.argsort(present[1])]:
        lookup[place] = order.setdefault(texts[int(place)], len(order))
    return DistinctTexts(lookup[places], tuple(order))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
