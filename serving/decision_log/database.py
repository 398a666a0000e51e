"""The database of the log, opened so that what is committed stays.

SQLite's write-ahead log can lose committed rows in the versions up to 3.51.2 when two connections
write (sqlite.org/wal.html, "the WAL-reset bug"); there, the rollback journal is used.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from models.lock import locked
from serving.decision_log.errors import LogError

BUSY_MS = 10_000
CONNECT_S = 5
STATEMENT_MS = 60_000
"""A query that takes longer is given up; an export reads page by page."""
_POSTGRESQL = {
    "connect_timeout": CONNECT_S,
    "options": f"-c synchronous_commit=on -c timezone=UTC -c statement_timeout={STATEMENT_MS}",
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "application_name": "qualifox",
}
HINT = "  hint: as in sqlite:////folder/decisions.db or postgresql+psycopg://user@host/database"


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Return whether a version of SQLite is one without the WAL-reset fault.

    >>> [wal_is_safe(v) for v in ((3, 40, 1), (3, 44, 6), (3, 45, 0), (3, 50, 7), (3, 51, 3))]
    [False, True, False, True, True]
    """
    mended = ((3, 44, 6), (3, 45)), ((3, 50, 7), (3, 51)), ((3, 51, 3), (4,))
    return any(first <= version < end for first, end in mended) or version >= (4,)


def journal_mode(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str:
    """Return the journal that keeps committed rows with a version of SQLite."""
    return "wal" if wal_is_safe(version) else "truncate"


@dataclass(frozen=True, slots=True)
class Database:
    """One engine to write with, a single connection, and one to read with.

    ``file`` is where SQLite keeps it, None for PostgreSQL.
    """

    writing: Engine
    reading: Engine
    file: Path | None = None

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file on this machine."""
        return self.file is not None

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Yield a connection to write with; what it did is safe afterwards, or did not happen."""
        turn = nullcontext() if self.file is None else _turn(self.file)
        with turn, self.writing.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self.writing.dispose()
        self.reading.dispose()


def open_database(location: str) -> Database:
    """Return the database at a URL; nothing is asked of it yet.

    Raises
    ------
    LogError
        When the URL cannot be read, or names neither SQLite nor PostgreSQL.
    """
    url = _url(location)
    if url.get_backend_name() == "sqlite":
        file = Path(str(url.database))
        file.parent.mkdir(parents=True, exist_ok=True)
        writing = _sqlite(url, begin="BEGIN IMMEDIATE", size=1)
        return Database(writing, _sqlite(url, size=4), file)
    return Database(_postgresql(url, size=1), _postgresql(url, size=4))


@contextmanager
def _turn(file: Path) -> Iterator[None]:
    """Wait for one's turn to write to a file, among all processes, first come first served.

    SQLite by itself lets who waits ask again now and then, and whoever writes all the time comes
    first: of two busy workers one would wait for seconds. Who has just written cannot be next
    here while another stands in line. A lock goes with the process that holds it.
    """
    with ExitStack() as held:
        with locked(file.parent, f"{file.name}-next"):
            held.enter_context(locked(file.parent, f"{file.name}-turn"))
        yield


def _url(location: str) -> URL:
    try:
        url = make_url(location)
    except (ArgumentError, ValueError):
        raise LogError(f"the URL of the decision log cannot be read\n{HINT}") from None
    shown = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}:
        return url
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg") if "+" not in url.drivername else url
    raise LogError(f"{shown}: a decision log is a SQLite file or a PostgreSQL database\n{HINT}")


def _sqlite(url: URL, *, size: int, begin: str = "BEGIN") -> Engine:
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=CONNECT_S,
        connect_args={"timeout": BUSY_MS / 1000, "check_same_thread": False},
        hide_parameters=True,  # an error in a log shows no facts
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: object) -> None:
        del record
        connection.isolation_level = None  # transactions are begun here, not by the driver
        _prepare(connection)

    @event.listens_for(engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _prepare(connection: sqlite3.Connection) -> None:
    """Set a connection up, and believe nothing that was not confirmed."""
    wanted = journal_mode()
    connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    (mode,) = connection.execute(f"PRAGMA journal_mode={wanted}").fetchone()
    if mode != wanted:
        raise LogError(
            f"the journal of the decision log is '{mode}', not '{wanted}', which is what is safe "
            f"with SQLite {sqlite3.sqlite_version}\n  hint: does another program have it open?"
        )
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA secure_delete=ON")  # what is erased is gone from the file, too
    (level,) = connection.execute("PRAGMA synchronous").fetchone()
    if level != 2:  # noqa: PLR2004 (2 is FULL)
        raise LogError("SQLite does not wait for the disk: synchronous is not FULL")


def _postgresql(url: URL, *, size: int) -> Engine:
    try:
        return create_engine(
            url,
            pool_size=size,
            max_overflow=0,
            pool_timeout=CONNECT_S,
            pool_pre_ping=size > 1,  # the writer finds out by writing, and tries again
            pool_recycle=1800,
            connect_args=_POSTGRESQL,
            hide_parameters=True,  # an error in a log shows no facts
        )
    except (ModuleNotFoundError, NoSuchModuleError):
        hint = "  hint: pip install 'qualifox[postgres]'"
        raise LogError(f"the driver {url.drivername} is not installed\n{hint}") from None
