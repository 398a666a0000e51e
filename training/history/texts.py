"""Columns of a source as texts, and the keys by which headers and deals of two sources meet."""

import re
import unicodedata

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

SALESFORCE_DEAL = "^006[0-9A-Za-z]{15}$"


def texts_of(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Return any column as stripped texts, null where empty; whole numbers without a fraction.

    >>> texts_of(pa.array([7.0, None])).to_pylist(), texts_of(pa.array([" a", ""])).to_pylist()
    (['7', None], ['a', None])
    """
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_dictionary(whole.type):
        whole = whole.cast(whole.type.value_type)
    if pa.types.is_floating(whole.type) and _all_integers(whole):
        whole = whole.cast(pa.int64())
    if pa.types.is_date64(whole.type):
        whole = whole.cast(pa.date32())
    texts = pc.utf8_trim_whitespace(whole.cast(pa.string()))
    return pc.if_else(pc.equal(texts, ""), None, texts)


def _all_integers(numbers: pa.Array) -> bool:
    values = numbers.drop_null().to_numpy(zero_copy_only=False)
    return bool(np.isfinite(values).all() and (np.abs(values) < 2**53).all()
                and (values == np.floor(values)).all())  # fmt: skip


def header_key(header: str) -> str:
    """Return what a header says without accents, case, blanks and underscores.

    >>> header_key("Opportunity ID") == header_key("opportunity_id") == header_key("OpportunityId")
    True
    >>> header_key("Étape")
    'etape'
    """
    plain = unicodedata.normalize("NFKD", header).casefold()
    return re.sub(r"[^\w]|_", "", "".join(c for c in plain if not unicodedata.combining(c)))


def deal_keys(ids: pa.Array) -> pa.Array:
    """Return the ids by which deals of two files meet.

    Salesforce writes one opportunity with 15 characters in reports and with 18 elsewhere, the last
    three of which only check the others.

    >>> deal_keys(pa.array(["0065g00000ABCdeAAH", "0065g00000ABCde", "42"])).to_pylist()
    ['0065g00000ABCde', '0065g00000ABCde', '42']
    """
    long = pc.match_substring_regex(ids, SALESFORCE_DEAL)
    return pc.if_else(long, pc.utf8_slice_codeunits(ids, 0, 15), ids)


def ranked(texts: pa.Array) -> tuple[pa.Array, NDArray[np.int64]]:
    """Return the distinct texts in order, short digits before long ones, and each one's place.

    The place of null is -1.

    >>> texts, places = ranked(pa.array(["b", "10", None, "9"]))
    >>> texts.to_pylist(), places.tolist()
    (['9', 'b', '10'], [1, 2, -1, 0])
    """
    encoded = texts.dictionary_encode()
    distinct = pa.table({"text": encoded.dictionary, "size": pc.utf8_length(encoded.dictionary)})
    order = pc.sort_indices(distinct, [("size", "ascending"), ("text", "ascending")])
    place = np.empty(len(order) + 1, dtype=np.int64)
    place[order.to_numpy()], place[-1] = np.arange(len(order)), -1
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return encoded.dictionary.take(order), place[codes]
