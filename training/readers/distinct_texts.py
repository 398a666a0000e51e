"""A column as its distinct texts: what a column of a million deals says, it says in few words."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from training.sources.normal_form import normal_column
from training.sources.python_values import text_of

MOST_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class WrongValue:
    """A text that a reader refused: why, what to do, its first row, and how many deals have it."""

    what: str
    hint: str | None
    row: int
    n_deals: int


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """Values of a column, shape (n_deals,), with up to three of those that could not be read.

    Numbers are float64 with NaN, dates datetime64[ms] with NaT, yes and no 1.0 and 0.0 with NaN.
    ``n_wrong`` counts all distinct texts that could not be read.
    """

    values: NDArray[Any]
    wrong: tuple[WrongValue, ...] = ()
    n_wrong: int = 0


@dataclass(frozen=True, slots=True)
class DistinctTexts:
    """``codes`` of shape (n_deals,) into ``texts``; -1 is unknown."""

    codes: NDArray[np.int32]
    texts: pa.StringArray

    @classmethod
    def of(cls, column: pa.ChunkedArray, unknown: Collection[str] = ()) -> "DistinctTexts":
        """Return the distinct texts of a column of any type, without the words for unknown.

        >>> column = pa.chunked_array([["b", None, "a", "?", "b"]])
        >>> found = DistinctTexts.of(column, {"?"})
        >>> found.codes.tolist(), found.texts.to_pylist()
        ([0, -1, 1, -1, 0], ['b', 'a'])
        """
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        if pa.types.is_null(column.type) or pa.types.is_nested(column.type):  # have no dictionary
            column = normal_column(column)
        encoded = pc.dictionary_encode(column).combine_chunks()
        if isinstance(encoded, pa.ChunkedArray):  # no chunk at all, or more text than one holds
            encoded = encoded.unify_dictionaries().combine_chunks()
        codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
        texts = _as_texts(encoded.dictionary)
        if unknown and len(texts):
            known = pc.invert(pc.is_in(texts, pa.array(list(unknown), pa.string())))
            kept = known.to_numpy(zero_copy_only=False)
            if not kept.all():
                places = np.append(np.where(kept, np.cumsum(kept) - 1, -1), -1).astype(np.int32)
                return cls(places[codes], texts.filter(known))
        return cls(codes, texts)

    def __len__(self) -> int:
        return len(self.texts)

    def spread(self, values: NDArray[Any], missing: object) -> NDArray[Any]:
        """Return values of the distinct texts, shape (n_distinct,), as values of the deals."""
        return np.append(values, np.array([missing], dtype=values.dtype))[self.codes]

    def wrong(
        self, bad: NDArray[np.bool_], why: Callable[[str], tuple[str, str | None]]
    ) -> tuple[tuple[WrongValue, ...], int]:
        """Return the first of the bad texts, in the order of the rows, and how many there are."""
        places = np.flatnonzero(bad)
        return tuple(self._wrong(place, why) for place in places[:MOST_EXAMPLES]), len(places)

    def _wrong(self, place: np.intp, why: Callable[[str], tuple[str, str | None]]) -> WrongValue:
        rows = np.flatnonzero(self.codes == place)
        what, hint = why(self.texts[int(place)].as_py())
        return WrongValue(what, hint, int(rows[0]), len(rows))


def _as_texts(distinct: pa.Array) -> pa.StringArray:
    if pa.types.is_string(distinct.type):
        return distinct
    if pa.types.is_integer(distinct.type):
        return distinct.cast(pa.string())
    return pa.array([text_of(value) for value in distinct.to_pylist()], pa.string())
