"""How the database is opened: the safe journal, and what is no log."""

import sqlite3

import pytest

from serving.decision_log import database
from serving.decision_log.database import journal_mode, open_database, wal_is_safe
from serving.decision_log.errors import LogError


def test_the_journal_follows_the_version_of_sqlite():
    assert journal_mode((3, 40, 1)) == "truncate"
    assert journal_mode((3, 51, 2)) == "truncate"
    assert journal_mode((3, 51, 3)) == "wal"
    assert [wal_is_safe(v) for v in ((3, 44, 5), (3, 50, 6), (3, 50, 8), (3, 60, 0))] == [
        False, False, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize("mode", ["truncate", "wal"])
def test_the_connection_is_what_was_asked_for(tmp_path, monkeypatch, mode):
    monkeypatch.setattr(database, "journal_mode", lambda: mode)
    opened = open_database(f"sqlite:///{tmp_path}/d.db")
    for engine in (opened.writing, opened.reading):
        with engine.connect() as connection:
            told = [
                connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("journal_mode", "synchronous", "secure_delete")
            ]
        assert told == [mode, 2, 1]
    opened.close()


def test_a_journal_that_another_program_keeps_is_refused(tmp_path):
    holder = sqlite3.connect(tmp_path / "d.db", isolation_level=None)
    holder.execute("PRAGMA journal_mode=WAL")
    holder.execute("CREATE TABLE held (x)")
    holder.execute("BEGIN IMMEDIATE")
    opened = open_database(f"sqlite:///{tmp_path}/d.db")
    wrong = journal_mode((3, 40, 1))
    assert wrong == "truncate"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "journal_mode", lambda: "truncate")
        patch.setattr(database, "BUSY_MS", 50)
        with pytest.raises(Exception, match=r"locked|not 'truncate'"):
            opened.writing.connect()
    opened.close()
    holder.close()


@pytest.mark.parametrize(
    "url", ["mysql://me:s3cret@host/db", "sqlite://", "sqlite:///:memory:", "not a url", ""]
)
def test_what_is_no_log_is_told_without_its_password(url):
    with pytest.raises(LogError, match="hint: as in sqlite") as refused:
        open_database(url)
    assert "s3cret" not in str(refused.value)


def test_postgresql_is_asked_with_the_driver_that_is_installed():
    opened = open_database("postgresql://me@127.0.0.1:1/db")
    assert opened.writing.url.drivername == "postgresql+psycopg"
    assert not opened.is_sqlite
    opened.close()
