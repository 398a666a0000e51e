"""The question that a column answers: its type, its answers, its range, its words for unknown.

Whatever is drafted has read every row of the column: a type that some value would not fit is
given up for the next plainer one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from pydantic import TypeAdapter, ValidationError

from features.fields import PolicyField
from features.headers import plain
from features.texts import Text
from training.field_columns import field_column
from training.policy_draft.columns import DraftColumn, Use
from training.policy_draft.names import label_of
from training.policy_draft.scales import in_order
from training.readers.column_kinds import ColumnKind, InferredColumn
from training.readers.conventions import Conventions
from training.readers.distinct_texts import DistinctTexts

MOST_VALUES = 12
MOST_UNKNOWN_WORDS = 20

UNREAD = Text(
    en="texts longer than a note, or nothing but placeholders",
    fr="des textes plus longs qu'une note, ou rien que des mots d'attente",
)
"""Why a column is kept out that no type reads."""

_PLACEHOLDERS = frozenset({
    "select", "please select", "select one", "choose", "choose one", "selectionner",
    "selectionnez", "choisir", "choisissez", "veuillez selectionner", "veuillez choisir",
})  # fmt: skip
_BLANK_SIGNS = frozenset({"?", "??", "-", "--", "—", "–", "...", "…", "--none--", "- none -"})
_DOUBTFUL = frozenset({
    "unknown", "not known", "not specified", "not provided", "undefined", "to ask", "tbd", "tbc",
    "n a", "na", "nan", "null", "inconnu", "inconnue", "non renseigne", "non renseignee",
    "non precise", "non precisee", "non defini", "non definie", "a determiner", "a completer",
    "a demander", "nd", "n d",
})  # fmt: skip
_NONE = frozenset({"none", "aucun", "aucune", "keine"})
"""Mostly an answer (there is no competitor); sometimes what a program writes for nothing."""

_FIELD: TypeAdapter[PolicyField] = TypeAdapter(PolicyField)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftField:
    """A field of the draft: what stands in the file, and what people should look at.

    ``doubtful`` are answers that may mean that nobody asked, ``nones`` those that say "none".
    """

    name: str
    column: DraftColumn
    data: Mapping[str, Any]
    label: Text
    doubtful: tuple[str, ...] = ()
    nones: tuple[str, ...] = ()

    @property
    def in_model(self) -> bool:
        """Whether the win model sees the answers."""
        return self.column.use is Use.MODEL and self.data["type"] not in {"text", "date"}


def draft_field(
    name: str,
    column: DraftColumn,
    values: pa.ChunkedArray,
    inferred: InferredColumn,
    conventions: Conventions,
) -> DraftField | None:
    """Return the field of a column; None where no type reads all of it, or nothing is left."""
    label = label_of(column.header, column.target)
    for told in _types(values, inferred):
        data = {"type": told.pop("type"), "column": column.header}
        data |= {"label": {"en": label.en, "fr": label.fr}, **told}
        if column.use is Use.SHOWN and data["type"] != "text":
            data["used_by_model"] = False
        if _reads(values, data, conventions):
            return DraftField(
                name=name, column=column, data=data, label=label,
                doubtful=tuple(filter(_is_doubtful, _levels(inferred))),
                nones=tuple(word for word in _levels(inferred) if plain(word) in _NONE),
            )  # fmt: skip
    return None


def is_placeholder(word: str) -> bool:
    """Return whether a word stands where nobody has answered: a form's "Select", a dash.

    >>> is_placeholder("Select"), is_placeholder("--None--"), is_placeholder("None")
    (True, True, False)
    """
    return word.strip().lower() in _BLANK_SIGNS or plain(word) in _PLACEHOLDERS


def _is_doubtful(word: str) -> bool:
    return plain(word) in _DOUBTFUL and not is_placeholder(word)


def outward(limit: float) -> float:
    """Return the next 1, 2 or 5 with zeros that lies as far from 0.

    >>> outward(1732.5), outward(-3.2), outward(0.0), outward(50)
    (2000.0, -5.0, 0.0, 50.0)
    """
    if not limit:
        return 0.0
    size = 10.0 ** np.floor(np.log10(abs(limit)))
    return float(
        next(
            (s for f in (1, 2, 5, 10, 20) if (s := float(f"{f * size:.6g}")) >= abs(limit)), np.inf
        )
        * np.sign(limit)
    )


def _types(values: pa.ChunkedArray, inferred: InferredColumn) -> Iterator[dict[str, Any]]:
    """Yield what the column may be, the most telling type first."""
    kind = inferred.facts.kind
    if kind in {ColumnKind.NUMBER, ColumnKind.DATE, ColumnKind.BOOLEAN}:
        strays = _strays(values, inferred)
        if strays is not None:
            words = {"unknown": list(strays)} if strays else {}
            yield {"type": kind.value, **_range(inferred), **words}
    if kind is not ColumnKind.TEXT:
        levels = _levels(inferred) or tuple(DistinctTexts.of(values).texts.to_pylist())
        if (found := _category(levels)) is None:
            return
        yield found
    yield {"type": "text"}


def _levels(inferred: InferredColumn) -> tuple[str, ...]:
    return inferred.levels if inferred.facts.kind is ColumnKind.CATEGORY else ()


def _category(levels: tuple[str, ...]) -> dict[str, Any] | None:
    """Return the category, or the yes or no, of some answers; None where one or none is left."""
    unknown = [level for level in levels if is_placeholder(level)]
    answers = [level for level in levels if level not in unknown]
    if len(answers) < 2:  # noqa: PLR2004 (one answer tells no two deals apart)
        return None
    words = {"unknown": unknown} if unknown else {}
    ordered = in_order(answers)
    if ordered is not None:
        return {"type": "category", "values": list(ordered), "ordered": True, **words}
    if len(answers) <= MOST_VALUES:
        return {"type": "category", "values": answers, **words}
    return {"type": "category", **words}


def _strays(values: pa.ChunkedArray, inferred: InferredColumn) -> tuple[str, ...] | None:
    """Return the texts that are not of the column's kind, None where they are too many."""
    distinct = DistinctTexts.of(values)
    read = inferred.values
    missing = np.isnat(read) if inferred.facts.kind is ColumnKind.DATE else np.isnan(read)
    codes = np.unique(distinct.codes[missing & (distinct.codes >= 0)])
    if len(codes) > MOST_UNKNOWN_WORDS:
        return None
    return tuple(distinct.texts[int(code)].as_py() for code in codes)


def _range(inferred: InferredColumn) -> dict[str, Any]:
    low, high = inferred.facts.low, inferred.facts.high
    if inferred.facts.kind is not ColumnKind.NUMBER or low is None or high is None:
        return {}
    limits = {"min": min(outward(float(low)), 0.0) if float(low) < 0 else 0.0,
              "max": max(outward(float(high)), 0.0) if float(high) > 0 else 0.0}  # fmt: skip
    return {key: int(limit) if limit.is_integer() else limit for key, limit in limits.items()}


def _reads(values: pa.ChunkedArray, data: Mapping[str, Any], conventions: Conventions) -> bool:
    try:
        field = _FIELD.validate_python(data)
    except ValidationError:
        return False
    return not field_column(values, field, conventions)[1]
