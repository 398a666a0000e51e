"""Queries are read, never write, and tell no passwords."""

import sqlite3
import sys

import pytest

from features import DealsError
from training.sources.database import read_database

QUERY = "SELECT id, amount, won, note AS Note FROM deals ORDER BY id"


@pytest.fixture
def url(tmp_path):
    file = tmp_path / "crm.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE deals (id INTEGER, amount REAL, won BOOLEAN, note)")
        rows = [(1, 12.5, 1, " a "), (2, None, 0, None), (3, 7, None, b"\xc3\xa9")]
        connection.executemany("INSERT INTO deals VALUES (?, ?, ?, ?)", rows)
    connection.close()
    return f"sqlite:///{file}"


def refused(url, query):
    with pytest.raises(DealsError) as error:
        read_database(url, query)
    return str(error.value)


def test_the_rows_of_a_query_are_columns_of_their_types(url):
    raw = read_database(url, QUERY)
    assert raw.table.to_pydict() == {
        "id": [1, 2, 3], "amount": [12.5, None, 7.0], "won": [1, 0, None],
        "Note": ["a", None, "é"],
    }  # fmt: skip
    assert raw.place(2) == f"{url}, row 3"
    assert len(read_database(url, "SELECT * FROM deals WHERE note = 'x:y'")) == 0


def test_types_that_change_on_the_way_become_texts(url, monkeypatch):
    monkeypatch.setattr("training.sources.database._BATCH", 1)
    query = "SELECT 1 AS a, 2 AS b UNION ALL SELECT 'x', 2.5 UNION ALL SELECT NULL, NULL"
    assert read_database(url, query).table.to_pydict() == {
        "a": ["1", "x", None], "b": [2.0, 2.5, None],
    }  # fmt: skip


@pytest.mark.parametrize(
    "query", ["DELETE FROM deals", "DROP TABLE deals", "WITH x AS (SELECT 1) DELETE FROM deals"]
)
def test_nothing_is_ever_written(url, query):
    assert "SELECT" in refused(url, query) or "the query failed" in refused(url, query)
    assert len(read_database(url, QUERY)) == 3


def test_mistakes_are_told_with_a_hint(url, tmp_path):
    assert "needs a query" in refused(url, None)
    assert "no such table" in refused(url, "SELECT * FROM gone")
    assert "given twice: id" in refused(url, "SELECT id, amount AS id FROM deals")
    gone = tmp_path / "gone.db"
    assert "no such file" in refused(f"sqlite:///{gone}", QUERY)
    assert not gone.exists()
    assert "there is no database 'orcale'" in refused("orcale://h/d", QUERY)
    assert "cannot be read" in refused("postgresql://me:s3cret@host:port/crm", QUERY)


def test_a_missing_driver_is_named_and_no_password_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.setitem(sys.modules, "psycopg2", None)
    for driver in ("postgresql", "postgresql+psycopg", "postgresql+psycopg2"):
        told = refused(f"{driver}://me:s3cret@host/crm", QUERY)
        assert "is not installed" in told
        assert "pip install" in told
        assert "s3cret" not in told
