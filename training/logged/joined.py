"""Rows of the log added to a file of deals, each column in the type and the writing of the file.

A deal that is in both is the log's: what was known when it was decided, and the outcome that was
told, belong together. What the log knows nothing of (account, seller, other columns) stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from features.fields import DateField, NumberField
from features.policy import Policy
from training.field_columns import day_column
from training.logged.form import Form
from training.logged.rows import Row, columns_of_rows, observed_headers
from training.readers.conventions import Conventions
from training.readers.number_texts import COMMA, NumberTexts
from training.sources.normal_form import normal_column
from training.sources.python_values import text_of
from training.sources.raw_table import RawTable

_DAYS = ("as_of", "created_on", "closed_on")
_NUMBERS = ("hours_spent", "propensity")
_LOG_S = ("id", "as_of", "closed_on", "propensity")
"""The settings whose cells are the log's, blank or not; as those of facts and outcomes are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A file with the rows of the log after its own; ``in_both`` counts deals of both."""

    raw: RawTable
    in_both: int


def joined(raw: RawTable, policy: Policy, form: Form, rows: Sequence[Row], where: str) -> Joined:
    """Return a file and the log as one source; the log's rows stand for the file's own."""
    raw = with_plain_days(raw, policy, form)
    header = form.settings["id"]
    ids = _texts(raw.table.column(header)).to_pylist()
    first = {deal: place for place, deal in reversed(list(enumerate(ids))) if deal}
    before = [first.get(row[header]) for row in rows]
    again = {row[header] for row in rows}
    stays = pa.array([deal not in again for deal in ids], pa.bool_())
    places = pa.array(before, pa.int64())
    logs_own, files_own = _log_s(policy, form), _file_s(policy, form)
    columns = {}
    for name, written in columns_of_rows(rows, raw.headers).items():
        file, log = _alike(raw.table.column(name), written)
        earlier = file.take(places)
        if name in files_own:
            log = pc.coalesce(earlier, log)
        elif name not in logs_own:
            log = pc.coalesce(log, earlier)
        columns[name] = pa.chunked_array([*file.filter(stays).chunks, *log.chunks], file.type)
    return Joined(
        raw=RawTable(table=pa.table(columns), where=f"{raw.where} and {where}", notes=raw.notes),
        in_both=sum(place is not None for place in before),
    )


def decimal_marks(raw: RawTable, policy: Policy, form: Form) -> dict[str, str]:
    """Return the decimal mark of the columns of numbers that are texts, by their headers."""
    conventions = Conventions(raw.table, numbers=policy.deals.numbers)
    headers = {
        form.settings[name]: policy.deals.unknown for name in _NUMBERS if name in form.settings
    }
    for name, header in form.fields.items():
        field = policy.fields[name]
        if isinstance(field, NumberField):
            headers[header] = (*field.unknown, *(field.not_applicable or ()))
    found = {}
    for header, words in headers.items():
        column = raw.table.column(header)
        found[header] = "."
        if _is_text(column.type):
            way = conventions.number_way(NumberTexts.of(_texts(column), words))
            found[header] = "," if (way or policy.deals.numbers) == COMMA else "."
    return found


def with_plain_days(raw: RawTable, policy: Policy, form: Form) -> RawTable:
    """Return a file with its days as year, month and day: a column has one notation.

    A column in which something is no day stays as it is: whoever reads it says so.
    """
    conventions = Conventions(raw.table, dates=policy.deals.dates)
    words = dict.fromkeys(
        (*(form.settings[name] for name in _DAYS if name in form.settings),
         *observed_headers(policy)),
        policy.deals.unknown,
    )  # fmt: skip
    for name, header in form.fields.items():
        field = policy.fields[name]
        if isinstance(field, DateField):
            words[header] = (*field.unknown, *(field.not_applicable or ()))
    table = raw.table
    for place, header in enumerate(raw.headers):
        column = table.column(header)
        if header not in words or not _is_text(column.type):
            continue
        days, problems = day_column(column, words[header], conventions)
        if not problems:
            texts = [None if np.isnat(day) else str(day) for day in days]
            plain = pa.chunked_array([pa.array(texts, pa.string())])
            table = table.set_column(place, header, pc.coalesce(plain, _texts(column)))
    return replace(raw, table=table)


def _log_s(policy: Policy, form: Form) -> set[str]:
    """Return the headers of which the log knows all there is to know, blanks too."""
    known = {form.settings[name] for name in _LOG_S if name in form.settings}
    told = {header for cells in form.outcomes.values() for header in cells}
    return {*form.fields.values(), *known, *told, *observed_headers(policy)}


def _file_s(policy: Policy, form: Form) -> set[str]:
    """Return the header of the day on which a deal was opened: the log knows it was scored."""
    opened = form.settings.get("created_on")
    return {opened} - _log_s(policy, form) if opened is not None else set()


def _alike(file: pa.ChunkedArray, log: list[str | None]) -> tuple[pa.ChunkedArray, Any]:
    """Return both parts of a column in one type: that of the file, or texts."""
    if not _is_text(file.type):
        kind = pa.float64() if pa.types.is_integer(file.type) else file.type
        try:
            typed = pa.array([_value(text, kind) for text in log], kind)
            return file.cast(kind), pa.chunked_array([typed])
        except (ValueError, pa.ArrowInvalid):
            pass  # a word among numbers: then all of it is texts
    return _texts(file), pa.chunked_array([pa.array(log, pa.string())])


def _value(text: str | None, kind: pa.DataType) -> Any:
    if text is None:
        return None
    if pa.types.is_boolean(kind):
        return {"true": True, "false": False}.get(text, text)
    return date.fromisoformat(text) if pa.types.is_temporal(kind) else float(text)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_dictionary(kind) or pa.types.is_null(kind))


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if _is_text(column.type):
        found = normal_column(column)
        return found if pa.types.is_string(found.type) else found.cast(pa.string())
    texts = [text_of(value) for value in column.to_pylist()]
    return pa.chunked_array([pa.array(texts, pa.string())])
