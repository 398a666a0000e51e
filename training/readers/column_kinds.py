"""What each column of a source is, when no policy says so: a kind, with the evidence for it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from features.crm.words import NO, YES
from training.readers.booleans import read_booleans
from training.readers.conventions import ENOUGH, Conventions
from training.readers.date_texts import DAY_FIRST, DateTexts
from training.readers.distinct_texts import DistinctTexts
from training.readers.number_texts import NumberTexts
from training.side_by_side import side_by_side
from training.sources.raw_table import RawTable

N_EXAMPLES, N_TOP = 3, 5
UNIQUE = 0.95
"""The share of distinct values from which a column tells deals apart, and describes none."""
MOST_LEVELS = 1_000
FEWEST_UNIQUE = 20
LONGEST_LEVEL = 80

_SAYS_DATE = re.compile(r"date|time|created|closed|jour|heure|datum|_at$|_on$", re.IGNORECASE)
_SAYS_ID = re.compile(
    r"(^|[^a-z])(id|uuid|guid|key|number|num[ée]ro|no|n°|ref|code)([^a-z]|$)", re.IGNORECASE
)

_TELLING = (
    r"^(?:20[0-4][0-9][01][0-9][0-3][0-9]|1[0-9]{12}"
    r"|[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{2}|[0-9]{4}))$"
)
"""Bare digits that are dates whatever their column is called."""


class ColumnKind(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    BOOLEAN = "boolean"
    CATEGORY = "category"
    DATE = "date"
    TEXT = "text"
    IDENTIFIER = "identifier"
    CONSTANT = "constant"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnFacts:
    """A column, its kind and what speaks for it.

    ``filled`` is the share of rows with a value, ``n_distinct`` the number of distinct values,
    ``low`` and ``high`` the range of numbers and dates (None for others), ``top`` the commonest
    values with their counts, ``examples`` the first distinct ones, ``strays`` examples of values
    that are not of the kind, ``undecided`` examples whose notation nothing decides: they are read
    with a decimal point, or the day first.
    """

    name: str
    kind: ColumnKind
    filled: float
    n_distinct: int
    low: float | np.datetime64 | None = None
    high: float | np.datetime64 | None = None
    top: tuple[tuple[str, int], ...] = ()
    examples: tuple[str, ...] = ()
    strays: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InferredColumn:
    """The facts of a column and its values, shape (n_rows,).

    ``values`` are float64 with NaN for numbers, 1.0 and 0.0 with NaN for yes and no,
    datetime64[ms] with NaT for dates, and codes into ``levels`` (-1: unknown) for the others.
    """

    facts: ColumnFacts
    values: NDArray[Any]
    levels: tuple[str, ...] = ()

    def series(self) -> "pd.Series[Any]":
        """Return the column as pandas holds it, see :func:`typed_frame`."""
        kind, name = self.facts.kind, self.facts.name
        if kind is ColumnKind.NUMBER:
            return pd.Series(self.values, name=name)
        if kind is ColumnKind.DATE:
            return pd.Series(self.values.astype("datetime64[ns]"), name=name)
        if kind is ColumnKind.BOOLEAN:
            unknown = np.isnan(self.values)
            answers = pd.arrays.BooleanArray(np.nan_to_num(self.values).astype(bool), unknown)
            return pd.Series(answers, name=name)
        categories = pd.Index(list(self.levels), dtype="str")
        return pd.Series(pd.Categorical.from_codes(self.values, categories=categories), name=name)


def inferred_columns(raw: RawTable) -> dict[str, InferredColumn]:
    """Return every column of a source with its kind, evidence and values, by its header.

    >>> table = pa.table({"Amount": ["12,5", "1 000"], "Won": ["oui", None]})
    >>> columns = inferred_columns(RawTable(table=table, where="deals.csv"))
    >>> columns["Amount"].facts.kind.value, columns["Amount"].values.tolist()
    ('number', [12.5, 1000.0])
    """
    conventions = Conventions(raw.table)

    def infer(name: str) -> InferredColumn:
        return _Inference(name, raw.table.column(name), conventions).column()

    return {column.facts.name: column for column in side_by_side(infer, raw.headers)}


def column_kinds(raw: RawTable) -> dict[str, ColumnFacts]:
    """Return what each column of a source is, by its header."""
    return {name: column.facts for name, column in inferred_columns(raw).items()}


def typed_frame(raw: RawTable) -> pd.DataFrame:
    """Return the rows of a source with the types of their kinds, in the order of its columns.

    Numbers are float64 with NaN, dates datetime64[ns] with NaT (a time as it is written), yes and
    no pandas' nullable ``boolean``; categories, texts, identifiers, constants and empty columns
    pandas categoricals of str. Strays are missing.
    """
    return pd.DataFrame({name: col.series() for name, col in inferred_columns(raw).items()})


class _Inference:
    """One column on its way to a kind; ``known`` counts its rows with a value."""

    def __init__(self, name: str, column: pa.ChunkedArray, conventions: Conventions) -> None:
        self.name, self.source, self.conventions = name, column, conventions
        self.distinct = DistinctTexts.of(column)
        self.counts = np.bincount(
            self.distinct.codes[self.distinct.codes >= 0], minlength=len(self.distinct)
        )
        self.known = int(self.counts.sum())

    def column(self) -> InferredColumn:
        """Return the column under the first kind that fits."""
        if len(self.distinct) <= 1:
            return self._of_levels(ColumnKind.CONSTANT if self.known else ColumnKind.EMPTY)
        return self._boolean() or self._date() or self._number() or self._of_levels(self._words())

    def _boolean(self) -> InferredColumn | None:
        if len(self.distinct) > len(YES) + len(NO):
            return None
        read = read_booleans(self.source)
        return None if read.n_wrong else self._found(ColumnKind.BOOLEAN, read.values)

    def _date(self) -> InferredColumn | None:
        if pa.types.is_boolean(self.source.type) or not self._may_be_date():
            return None
        texts = DateTexts.of(self.source)
        way = self.conventions.date_way(texts) or DAY_FIRST
        read = texts.read(way)
        values = read.values  # noqa: PD011
        if (~np.isnat(values)).sum() < ENOUGH * self.known:
            return None
        undecided = texts.votes.undecided if self.conventions.date_way(texts) is None else ()
        return self._found(ColumnKind.DATE, values, undecided)

    def _may_be_date(self) -> bool:
        """Return whether dates are worth a look: bare digits are numbers unless the name says so.

        Eight digits that are all days, and milliseconds since 1970, speak for themselves.
        """
        if not pa.types.is_string(self.source.type):
            return bool(pa.types.is_temporal(self.source.type)) or self._named_date()
        texts = self.distinct.texts
        plain = pc.match_substring_regex(texts, r"^[0-9.]+$")
        if pc.sum(plain).as_py() < len(texts) / 2:
            return True
        telling = pc.match_substring_regex(
            texts,
            _TELLING,
        )
        return bool(pc.all(telling).as_py()) or self._named_date()

    def _named_date(self) -> bool:
        return _SAYS_DATE.search(self.name) is not None

    def _number(self) -> InferredColumn | None:
        texts = NumberTexts.of(self.source)
        if texts.share < ENOUGH:
            return None
        way = self.conventions.number_way(texts)
        read = texts.read(way)
        values = read.values  # noqa: PD011
        if (~np.isnan(values)).sum() < ENOUGH * self.known:
            return None
        if self._unique() and self._counts_deals(values):
            return self._of_levels(ColumnKind.IDENTIFIER)
        return self._found(ColumnKind.NUMBER, values, () if way else texts.votes.undecided)

    def _unique(self) -> bool:
        return self.known >= FEWEST_UNIQUE and len(self.distinct) >= UNIQUE * self.known

    def _counts_deals(self, values: NDArray[np.float64]) -> bool:
        """Return whether whole numbers are called numbers of deals, or simply count up."""
        known = values[~np.isnan(values)]
        whole = bool((known == np.round(known)).all())
        return whole and (
            _SAYS_ID.search(self.name) is not None or bool((np.diff(known) == 1).all())
        )

    def _words(self) -> ColumnKind:
        lengths = pc.utf8_length(self.distinct.texts).to_numpy(zero_copy_only=False)
        long = bool(np.median(lengths) > LONGEST_LEVEL)
        if self._unique():
            spaced = pc.mean(pc.match_substring(self.distinct.texts, " ").cast(pa.int8())).as_py()
            return ColumnKind.TEXT if long or spaced > 1 / 2 else ColumnKind.IDENTIFIER
        many = len(self.distinct) > MOST_LEVELS and len(self.distinct) > self.known / 2
        return ColumnKind.TEXT if long or many else ColumnKind.CATEGORY

    def _found(
        self, kind: ColumnKind, values: NDArray[Any], undecided: tuple[str, ...] = ()
    ) -> InferredColumn:
        missing = np.isnat(values) if kind is ColumnKind.DATE else np.isnan(values)
        strays = np.unique(self.distinct.codes[missing & (self.distinct.codes >= 0)])
        known = values[~missing]
        low, high = (known.min(), known.max()) if kind is not ColumnKind.BOOLEAN else (None, None)
        facts = self._facts(
            kind,
            low=low if kind is ColumnKind.DATE or low is None else float(low),
            high=high if kind is ColumnKind.DATE or high is None else float(high),
            strays=tuple(self.distinct.texts[int(code)].as_py() for code in strays[:N_EXAMPLES]),
            undecided=undecided,
        )
        return InferredColumn(facts=facts, values=values)

    def _of_levels(self, kind: ColumnKind) -> InferredColumn:
        levels = tuple(self.distinct.texts.to_pylist())
        return InferredColumn(facts=self._facts(kind), values=self.distinct.codes, levels=levels)

    def _facts(self, kind: ColumnKind, **more: Any) -> ColumnFacts:
        top = np.argsort(-self.counts, kind="stable")[:N_TOP]
        return ColumnFacts(
            name=self.name,
            kind=kind,
            filled=self.known / max(1, len(self.source)),
            n_distinct=len(self.distinct),
            top=tuple((self.distinct.texts[int(t)].as_py(), int(self.counts[t])) for t in top),
            examples=tuple(self.distinct.texts.slice(0, N_EXAMPLES).to_pylist()),
            **more,
        )
