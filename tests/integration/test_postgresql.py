"""Deals out of a real PostgreSQL, started for these tests alone; skipped where there is none."""

import json
from datetime import date, datetime

import numpy as np
import pytest
from sqlalchemy import create_engine, text

from features import DealsError, parse_policy
from tests.postgresql_server import PASSWORD, needs_postgresql, postgresql
from training.intake import read_deals
from training.outcomes.outcome import Outcome
from training.sources.database import read_database

DAY = date(2026, 1, 5)
POLICY = """
policy: shop
title: {en: Shop, fr: Boutique}
deals:
  id: id
  as_of: opened
  closed_on: closed
  account: account
  outcome: {closed: is_closed, won: is_won, reason: reason, no_decision: [Sans suite]}
fields:
  amount: {type: number}
  seats: {type: number}
  urgent: {type: boolean}
  need: {type: category}
  due: {type: date}
decision: {go_at: {p_win: 0.5}}
"""
TABLE = """
CREATE TABLE deals (
  id bigint, opened date, closed timestamptz, account varchar(40), is_closed boolean,
  is_won boolean, reason text, amount numeric(12, 2), seats integer, urgent boolean, need text,
  due date, tags text[], extra jsonb, uid uuid, raw bytea
);
INSERT INTO deals VALUES
  (1, '2025-01-02', '2025-03-04 23:30+00', 'Société Élan', true, true, null, 12500.50, 3, true,
   'clair', '2025-06-30', '{a,b}', '{"a": 1}', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '\\x4142'),
  (2, '2025-01-03', '2025-03-05 10:00+00', 'Ångström', true, false, 'sans suite', -0.5, null,
   false, 'None', null, null, null, null, null),
  (3, '2025-01-04', null, '株式会社', false, null, null, null, 7, null, null, '2025-07-01', null,
   null, null, null),
  (4, '2025-01-05', '2025-03-06 10:00+00', '', true, false, 'Price', 1e6, 8, true, 'Unknown',
   null, null, null, null, null);
CREATE TABLE empty_deals (LIKE deals);
"""


pytestmark = needs_postgresql


@pytest.fixture(scope="module")
def url():
    with postgresql() as server:
        engine = create_engine(server.url(), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(TABLE.replace(":", r"\:")))
            connection.execute(
                text("CREATE DATABASE old ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'")
            )
        engine.dispose()
        yield server.url()


def deals_of(url, query="SELECT * FROM deals ORDER BY id", **more):
    policy = parse_policy(POLICY.encode())
    return read_deals(url, policy, as_of=DAY, needs_outcome=True, query=query, **more)


def test_numbers_days_answers_and_blanks_come_as_they_are(url):
    deals = deals_of(url)
    facts = [dict(deals.table.deal(row).facts) for row in range(4)]
    assert facts == [
        {"amount": 12500.5, "seats": 3.0, "urgent": True, "need": "clair",
         "due": date(2025, 6, 30)},
        {"amount": -0.5, "urgent": False, "need": "None"},
        {"seats": 7.0, "due": date(2025, 7, 1)},
        {"amount": 1e6, "seats": 8.0, "urgent": True, "need": "Unknown"},
    ]  # fmt: skip
    assert deals.table.ids == ("1", "2", "3", "4")
    assert deals.table.as_of.astype(str).tolist() == [f"2025-01-0{n}" for n in range(2, 6)]
    assert list(deals.accounts) == ["Société Élan", "Ångström", "株式会社", ""]
    assert list(deals.outcomes) == [
        Outcome.WON, Outcome.NO_DECISION, Outcome.OPEN, Outcome.LOST,
    ]  # fmt: skip
    assert np.isnat(deals.closed_on).tolist() == [False, False, True, False]
    assert {"tags", "extra", "uid", "raw"} <= set(deals.left_out)


def test_types_that_nobody_declares_are_texts(url):
    table = read_database(url, "SELECT tags, extra, uid, raw FROM deals ORDER BY id").table
    first = table.to_pylist()[0]
    assert first["uid"].startswith("a0eebc99")
    assert first["raw"] == "AB"
    assert json.loads(first["extra"]) == {"a": 1}
    assert json.loads(first["tags"]) == ["a", "b"]


def test_a_database_of_another_encoding_gives_the_same_texts(url):
    old = url.replace("/postgres", "/old")
    table = read_database(old, "SELECT 'Société' || chr(233) AS name").table
    assert table.to_pydict() == {"name": ["Sociétéé"]}


def test_many_rows_come_in_batches_and_moments_in_one_type(url):
    query = (
        "SELECT n AS id, now() - n * interval '1 hour' AS at, n::numeric / 3 AS third "
        "FROM generate_series(1, 45000) AS n"
    )
    raw = read_database(url, query)
    assert len(raw) == 45_000
    assert str(raw.table.schema.field("at").type) == "timestamp[ms]"
    assert isinstance(raw.table["at"][0].as_py(), datetime)
    assert raw.table["third"][0].as_py() == pytest.approx(1 / 3)


def test_colons_percent_signs_and_casts_are_no_parameters(url):
    raw = read_database(url, "SELECT '10%'::text AS share, 'a:b' AS pair, 5 % 3 AS rest")
    assert raw.table.to_pylist() == [{"share": "10%", "pair": "a:b", "rest": 2}]


@pytest.mark.parametrize(
    "query",
    [
        "WITH gone AS (DELETE FROM deals RETURNING *) SELECT * FROM gone",
        "SELECT setval('s', 1) FROM (SELECT 1) AS x",
        "SELECT 1; DELETE FROM deals",
    ],
)
def test_nothing_is_ever_written(url, query):
    with pytest.raises(DealsError, match="the query failed"):
        read_database(url, query)
    assert len(read_database(url, "SELECT * FROM deals")) == 4


def test_a_wrong_password_is_told_and_never_shown(url):
    wrong = url.replace(PASSWORD, "wr0ng-pass")
    with pytest.raises(DealsError) as refused:
        deals_of(wrong)
    told = str(refused.value)
    assert "password authentication failed" in told
    assert "wr0ng-pass" not in told
    assert "***" in told


def test_what_is_not_there_is_told(url):
    with pytest.raises(DealsError, match='relation "gone" does not exist'):
        deals_of(url, "SELECT * FROM gone")
    with pytest.raises(DealsError, match='database "nowhere" does not exist'):
        deals_of(url.replace("/postgres", "/nowhere"))
    with pytest.raises(DealsError, match="holds no deals"):
        deals_of(url, "SELECT * FROM empty_deals")
    with pytest.raises(DealsError, match="no column 'is_won'"):
        deals_of(url, "SELECT id, opened, closed, account, is_closed, reason FROM deals")
    closed = url.rpartition(":")[0] + ":1/postgres"
    with pytest.raises(DealsError, match="the query failed") as refused:
        deals_of(closed)
    assert PASSWORD not in str(refused.value)


def test_a_driver_that_is_not_installed_is_named_with_the_one_that_is(url):
    with pytest.raises(DealsError) as refused:
        deals_of(url.replace("+psycopg", "+psycopg2"))
    assert "psycopg2" in str(refused.value)
    assert "postgresql+psycopg://" in str(refused.value)
