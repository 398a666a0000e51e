"""The rows of a query on a database, by SQLAlchemy URL; nothing is ever written."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from features.errors import DealsError
from training.sources.header import check_names
from training.sources.python_values import column_of, joined
from training.sources.raw_table import RawTable
from training.sources.refusal import refusal
from training.sources.text_file import named_columns

_BATCH = 20_000
_READS = re.compile(
    r"\s*(--[^\n]*\n\s*|/\*.*?\*/\s*)*(select|with|values|table)\b", re.IGNORECASE | re.DOTALL
)
_DRIVERS = {"postgresql": "psycopg[binary]", "mysql": "pymysql", "mssql": "pyodbc"}


def read_database(location: str, query: str | None) -> RawTable:
    """Return the rows of a query.

    Parameters
    ----------
    location
        A SQLAlchemy URL such as ``sqlite:///crm.db`` or ``postgresql+psycopg://me@host/crm``.
    query
        A SELECT; the names of its columns are the headers.

    Raises
    ------
    DealsError
        When the query is missing, writes, or fails; messages never hold the password.
    """
    url = _url(location)
    where = url.render_as_string(hide_password=True)
    if not query or not query.strip():
        raise refusal(where, "a database needs a query", 'as in --query "SELECT * FROM deals"')
    if not _READS.match(query):
        raise refusal(where, "the query is not a SELECT", "deals are read, never written")
    if url.get_backend_name() == "sqlite":
        _require_file(url, where)
    try:
        engine = create_engine(url)
    except (ModuleNotFoundError, SQLAlchemyError) as error:
        raise _no_driver(error, url, where) from None
    try:
        return _read(engine, query, where)
    except DealsError:
        raise
    except (SQLAlchemyError, ValueError, OSError, pa.ArrowException) as error:
        what = f"the query failed: {_without_password(error, url)}"
        raise refusal(where, what, "does it run in your own database tool?") from None
    finally:
        engine.dispose()


def _url(location: str) -> URL:
    try:
        return make_url(location)
    except (ArgumentError, ValueError):
        what = "the database URL cannot be read"
        hint = "as in postgresql+psycopg://user@host/database or sqlite:///file.db"
        raise refusal(location.partition(":")[0] + "://...", what, hint) from None


def _require_file(url: URL, where: str) -> None:
    """Refuse a SQLite file that is not there: opening it would make it."""
    if not url.database or not Path(url.database).is_file():
        raise refusal(where, "there is no such file", "sqlite:///path, four slashes if absolute")


def _no_driver(error: Exception, url: URL, where: str) -> DealsError:
    backend = url.get_backend_name()
    if isinstance(error, NoSuchModuleError):
        known = "sqlite, postgresql+psycopg, mysql+pymysql, ..."
        return refusal(where, f"there is no database '{url.drivername}'", known)
    if isinstance(error, ModuleNotFoundError):
        package = _DRIVERS.get(backend, str(error.name))
        named = f"; then write {backend}+psycopg://" if backend == "postgresql" else ""
        what = f"the driver '{error.name}' is not installed"
        return refusal(where, what, f"pip install {package}{named}")
    return refusal(where, f"the database cannot be used: {_without_password(error, url)}")


def _read(engine: Engine, query: str, where: str) -> RawTable:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _only_reads)
    with engine.connect() as connection:
        result = _streamed(connection, engine.dialect.name).execute(text(_literal(query)))
        names = [" ".join(name.split()) for name in list(result.keys())]
        check_names(names, where, None)
        parts: list[list[pa.Array]] = [[pa.nulls(0)] for _ in names]
        for batch in _batches(result):
            for place, values in enumerate(zip(*batch, strict=True)):
                parts[place].append(column_of([_plain(value) for value in values]))
        connection.rollback()
    columns = {str(place): joined(column) for place, column in enumerate(parts)}
    table, notes = named_columns(pa.table(columns), names)
    return RawTable(table=table, where=where, notes=notes)


def _streamed(connection: Connection, dialect: str) -> Connection:
    options: dict[str, Any] = {"stream_results": True, "max_row_buffer": _BATCH}
    if dialect == "postgresql":
        options["postgresql_readonly"] = True
    return connection.execution_options(**options)


def _batches(result: Any) -> Iterator[list[Any]]:
    yield from result.partitions(_BATCH)


def _literal(query: str) -> str:
    """Return the query with its colons kept: they name no parameters here."""
    return re.sub(r"(?<![:\\]):(?=[A-Za-z_])", r"\\:", query)


def _plain(value: object) -> object:
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).decode(errors="replace")
    if isinstance(value, dict | list):  # a column of JSON, or of arrays
        return json.dumps(value, ensure_ascii=False, default=str)
    return value


def _only_reads(connection: Any, record: object) -> None:
    del record
    connection.execute("PRAGMA query_only = ON")


def _without_password(error: Exception, url: URL) -> str:
    told = " ".join(str(getattr(error, "orig", None) or error).split())[:200]
    password = url.password
    return told.replace(str(password), "***") if password else told
