"""Yes and no as people and exports write them."""

from collections.abc import Collection

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from features.crm.words import NO, YES
from features.errors import printable
from training.readers.distinct_texts import DistinctTexts, ReadColumn


def read_booleans(column: pa.ChunkedArray, unknown: Collection[str] = ()) -> ReadColumn:
    """Return yes as 1.0 and no as 0.0; what is left out is unknown, never no.

    >>> read_booleans(pa.chunked_array([["Oui", None, "non"]])).values.tolist()
    [1.0, nan, 0.0]
    """
    distinct = DistinctTexts.of(column, unknown)
    words = pc.utf8_lower(distinct.texts)
    yes, no = (
        pc.is_in(words, pa.array(known)).to_numpy(zero_copy_only=False) for known in (YES, NO)
    )
    values = np.where(yes, 1.0, np.where(no, 0.0, np.nan))
    return ReadColumn(distinct.spread(values, np.nan), *distinct.wrong(~(yes | no), _why))


def _why(text: str) -> tuple[str, str]:
    return f"'{printable(text, 40)}' is not yes or no", "write yes or no, or leave it out"
