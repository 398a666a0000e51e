"""A column as words for people to give a meaning: every text that it has, a blank among them."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from training.readers.distinct_texts import DistinctTexts
from training.sources.raw_table import RawTable

FIRST_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class ColumnTexts:
    """A column of any type as texts.

    ``codes`` has shape (n_rows,) and says which of ``texts`` each row has; ``""`` where it has
    none. Numbers that are whole are written without a point, so that a flag of 1.0 is "1".
    """

    codes: NDArray[np.intp]
    texts: tuple[str, ...]

    def counts(self, kept: NDArray[np.bool_] | None = None) -> dict[str, int]:
        """Return how many rows (``kept`` ones) have each text: the first met first, blank last."""
        codes = self.codes if kept is None else self.codes[kept]
        found = np.bincount(codes, minlength=len(self.texts))
        return {text: int(n) for text, n in zip(self.texts, found, strict=True) if n}

    def first_row(self, text: str) -> int:
        """Return the first row that has a text."""
        return int(np.flatnonzero(self.codes == self.texts.index(text))[0])


def distinct_texts(raw: RawTable, header: str) -> ColumnTexts:
    """Return a column as distinct texts.

    >>> column = distinct_texts(RawTable(table=pa.table({"a": [1.0, None, 1.0]}), where="a"), "a")
    >>> column.texts, column.counts()
    (('1', ''), {'1': 2, '': 1})
    """
    return _folded(DistinctTexts.of(raw.table.column(header)))


def few_texts(raw: RawTable, header: str, most: int) -> ColumnTexts | None:
    """Return a column as distinct texts, None where it has more of them than ``most``."""
    column = raw.table.column(header)
    if not pa.types.is_nested(column.type) and len(column[:FIRST_ROWS].unique()) > most:
        return None  # most columns of many texts show it at once
    found = DistinctTexts.of(column)
    return None if len(found) > most else _folded(found)


def _folded(column: DistinctTexts) -> ColumnTexts:
    """Give values of one text one code, ``""`` one too, and keep only texts that some row has."""
    texts = [*(text.strip() for text in column.texts.to_pylist()), ""]
    places = np.where(column.codes < 0, len(texts) - 1, column.codes)
    present = np.flatnonzero(np.bincount(places, minlength=len(texts)))
    order: dict[str, int] = {}
    lookup = np.zeros(len(texts), dtype=np.intp)
    for place in present:  # in order of first appearance, but for the blank
        lookup[place] = order.setdefault(texts[int(place)], len(order))
    return ColumnTexts(lookup[places], tuple(order))
