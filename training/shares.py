"""A column of probabilities where nobody asked for its form: 0.4, 40 or 40 %."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from training.readers.conventions import Conventions
from training.readers.number_texts import NumberTexts

HUNDRED = 100.0


def shares_of(column: pa.ChunkedArray, conventions: Conventions) -> NDArray[np.float64] | None:
    """Return a column as shares from 0 to 1, NaN where empty or unreadable; shape (n_deals,).

    Numbers above one say that the column is in percent. None where nothing in it can be one.
    """
    texts = NumberTexts.of(column, ())
    way = conventions.number_way(texts)
    if way is None and texts.votes.undecided:
        return None
    values = texts.read(way).values
    known = values[~np.isnan(values)]
    if not len(known) or known.min() < 0 or known.max() > HUNDRED:
        return None
    return values / HUNDRED if known.max() > 1 else values
