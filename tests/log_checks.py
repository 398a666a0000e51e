"""What the log promises whatever database is behind it; run on SQLite and on PostgreSQL alike.

Whoever imports these checks has a fixture ``log_url``, an empty database for each check.
"""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyarrow.parquet as pq
import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from features.errors import InputError
from features.override import override_of
from serving.decision_log.database import open_database
from serving.decision_log.errors import KeyUsedTwiceError, LogError, RecordRefusedError
from serving.decision_log.export import export_parquet
from serving.decision_log.log import DecisionLog
from serving.decision_log.migration import migrate
from serving.decision_log.records import OverrideRecord, ShadowRecord
from serving.decision_log.replay import replay
from serving.decision_log.settings import LogSettings
from serving.decision_log.standing import step_of
from serving.decision_log.steps import NEWEST
from serving.decision_log.tables import DECISIONS, OUTCOMES, TABLES, metadata
from serving.decision_log.upkeep import count_rows
from tests.logged import DAY, FACTS, MOMENT, asker, decided, ended, qualifier


@pytest.fixture
def log(log_url):
    settings = LogSettings(url=log_url, patience_s=20)
    if log_url.startswith("postgresql"):
        with pytest.raises(LogError, match="qualifox log migrate"):
            DecisionLog.open(settings)
        database = open_database(log_url)
        migrate(database.writing)
        database.close()
    log = DecisionLog.open(settings)
    yield log
    log.close()


def append(log, *records):
    return asyncio.run(log.append(*records))


def test_a_decision_comes_back_as_it_was_given_and_replays_to_the_same_bytes(log):
    record = decided(who=asker("k1", request_id="r-1"))
    written = append(log, record)
    assert (written.id, written.repeated, written.durable) == (record.id, False, True)
    kept = log.reader.decision(record.id)
    assert kept is not None
    assert (kept.at, kept.as_of, kept.deal_id) == (MOMENT, DAY, "D-7")
    assert (kept.facts, kept.answer) == (FACTS, record.answer)
    assert kept.to_data()["answer"]["deal"] == "D-7"
    assert kept.p_win == record.decision.estimate.p_win
    assert replay(kept, [qualifier()]).state == "same"
    assert log.reader.decision("nothing") is None


def test_the_same_key_and_request_is_one_decision_and_another_request_is_refused(log):
    first = decided(who=asker("k1", idempotency_key="a", request_hash="h1"))
    again = decided(who=asker("k1", idempotency_key="a", request_hash="h1"))
    assert append(log, first).id == first.id
    assert append(log, first).id == first.id  # the same record twice: a commit tried again
    repeated = append(log, again)
    assert (repeated.id, repeated.repeated) == (first.id, True)
    with pytest.raises(KeyUsedTwiceError):
        append(log, decided(who=asker("k1", idempotency_key="a", request_hash="h2")))
    assert log.reader.answered("k1", "a").answer == first.answer
    for other in ("k2", None):  # the same word of another key is another key
        assert log.reader.answered(other, "a") is None
        record = decided(who=asker(other, idempotency_key="a", request_hash="h1"))
        assert append(log, record).id == record.id
        assert append(log, replace(record, id="")).id == record.id
    assert count_rows(log.database)["decisions"] == 3


def test_many_who_send_the_same_key_at_once_get_one_decision(log):
    async def at_once():
        records = [
            decided(who=asker("k", idempotency_key=f"i{n % 5}", request_hash=f"h{n % 5}"))
            for n in range(60)
        ]
        return await asyncio.gather(*map(log.append, records))

    written = asyncio.run(at_once())
    assert len({one.id for one in written}) == 5
    assert sum(not one.repeated for one in written) == 5
    assert count_rows(log.database)["decisions"] == 5


def test_two_processes_with_the_same_keys_agree(log, log_url):
    other = DecisionLog.open(LogSettings(url=log_url, patience_s=20))

    async def at_once():
        pairs = []
        for n in range(40):
            order = (log, other) if n % 2 else (other, log)
            pairs.append([
                one.append(ended(who=asker("k", idempotency_key=f"i{n}", request_hash="h")))
                for one in order
            ])  # fmt: skip
        ends = await asyncio.gather(*(append for pair in pairs for append in pair))
        return [(ends[2 * n].id, ends[2 * n + 1].id) for n in range(40)]

    try:
        assert all(one == two for one, two in asyncio.run(at_once()))
        assert count_rows(log.database)["outcomes"] == 40
    finally:
        other.close()


def test_a_batch_is_kept_together_and_repeated_together(log):
    def batch():
        who = asker("k", idempotency_key="b", request_hash="h")
        head = decided("D-0", who=who)
        head = replace(head, batch_id=head.id, batch_row=0)
        return [
            head,
            *(decided(f"D-{n}", who=who, batch_id=head.id, batch_row=n) for n in range(1, 9)),
        ]

    first = batch()
    assert append(log, *first).id == first[0].id
    assert append(log, *batch()).id == first[0].id
    found = log.reader.batch(first[0].id)
    assert [one.deal_id for one in found] == [f"D-{n}" for n in range(9)]
    assert count_rows(log.database)["decisions"] == 9


def test_a_record_that_the_database_refuses_spoils_no_other(log):
    async def at_once():
        bad = ended("x" * 5000 if not log.database.is_sqlite else "\ud800")
        records = [ended(f"D-{n}") for n in range(20)]
        records.insert(7, bad)
        return await asyncio.gather(*map(log.append, records), return_exceptions=True)

    ends = asyncio.run(at_once())
    assert isinstance(ends.pop(7), RecordRefusedError)
    assert not [one for one in ends if isinstance(one, Exception)]
    assert count_rows(log.database)["outcomes"] == 20


def test_records_that_stand_for_themselves_are_kept_in_one_go(log):
    def record(key, request_hash="h", **more):
        who = asker("k", idempotency_key=key, request_hash=request_hash)
        return ended(who=who, **more)

    bad = "x" * 5000 if not log.database.is_sqlite else "\ud800"
    before = append(log, record("b"))
    records = [record("a"), record("b"), record("b", "h2"), ended(), ended(bad)]
    one, two, three, four, five = asyncio.run(log.append_each(records))
    assert (one.id, one.repeated) == (records[0].id, False)
    assert (two.id, two.repeated) == (before.id, True)
    assert isinstance(three, KeyUsedTwiceError)
    assert (four.id, four.repeated) == (records[3].id, False)
    assert isinstance(five, RecordRefusedError)
    assert count_rows(log.database)["outcomes"] == 3


def test_what_is_said_again_of_a_deal_is_added(log):
    for number, outcome in enumerate(("lost", "won")):
        append(log, ended(outcome=outcome, who=asker("k", at=MOMENT + timedelta(hours=number))))
    assert [row.outcome for row in log.reader.outcomes_of("D-7")] == ["lost", "won"]
    assert log.reader.outcomes_of("D-7", "another") == []


def test_another_keys_decisions_are_not_there(log):
    mine, theirs = decided(who=asker("k1")), decided(who=asker("k2"))
    append(log, mine)
    append(log, theirs)
    assert log.reader.decision(theirs.id, "k1") is None
    assert log.reader.decision(mine.id, "") is None
    assert [one.id for one in log.reader.decisions_of("D-7", "k1")] == [mine.id]
    assert {one.id for one in log.reader.decisions_of("D-7")} == {mine.id, theirs.id}


def test_the_database_refuses_to_change_a_row(log):
    record = decided()
    append(log, record)
    for change in ({"p_win": 0.9}, {"erased_at": MOMENT, "id": "other"}):
        query = update(DECISIONS).where(DECISIONS.c.id == record.id).values(change)
        with pytest.raises(DBAPIError, match="are not changed"), log.database.writing.begin() as c:
            c.execute(query)
    assert log.reader.decision(record.id).answer == record.answer


def filled(log):
    """Put something about D-7 and about D-8 into every table."""
    for deal in ("D-7", "D-8"):
        append(log, decided(deal, who=asker("k", request_id=deal)))
        append(log, ended(deal, hours=3.5, revenue=1e9))
        said = override_of({
            "deal": deal, "by": "head of sales", "why": f"Zoé Kerandec asked ({deal})",
            "decided_on": "2026-03-02", "until": "2026-04-02", "recommended": "no_go",
            "done": "go",
        })  # fmt: skip
        append(log, OverrideRecord(asker=asker(), override=said))
        shadow = ShadowRecord(
            asker=asker("k", request_id=deal), deal_id=deal, policy="p", model="m",
            decision=decided(deal).decision,
        )  # fmt: skip
        append(log, shadow)


def test_a_deal_is_erased_and_its_rows_say_so(log):
    filled(log)
    counts = log.upkeep.erase_deal("D-7", why="asked by letter", at=MOMENT)
    assert counts == dict.fromkeys(counts, 1)
    (gone,), (kept,) = log.reader.decisions_of("D-7"), log.reader.decisions_of("D-8")
    assert (gone.facts, gone.waivers, gone.answer, gone.p_win, gone.reasons) == (
        None, [], None, None, [],
    )  # fmt: skip
    assert (gone.is_erased, gone.erased_why, gone.erased_at) == (True, "asked by letter", MOMENT)
    assert gone.recommendation == kept.recommendation
    assert (kept.facts, kept.erased_at) == (FACTS, None)
    assert replay(gone, [qualifier()]).state == "missing"
    (outcome,), (override,) = log.reader.outcomes_of("D-7"), log.reader.overrides_of("D-7")
    assert (outcome.outcome, outcome.revenue, override.by, override.why) == (None,) * 4
    again = log.upkeep.erase_deal("D-7", why="again", at=MOMENT)
    assert again == dict.fromkeys(again, 0)
    with log.database.reading.connect() as connection:
        assert connection.execute(select(DECISIONS.c.request_hash)).scalars().all() == [None, None]


def test_a_person_is_erased_wherever_the_name_stands(log):
    filled(log)
    append(log, decided("KERANDEC-1", facts={"source": "mme ZOÉ Kerandec, achats"}))
    look = log.upkeep.erase_person("zoé kerandec", why="w", at=MOMENT, only_look=True)
    assert (look["decisions"], look["overrides"], look["outcomes"]) == (1, 2, 0)
    assert log.upkeep.erase_person("Zoé Kerandec", why="w", at=MOMENT) == look
    assert log.reader.overrides_of("D-8")[0].why is None
    assert log.reader.decisions_of("D-8")[0].facts == FACTS
    assert log.reader.decisions_of("KERANDEC-1")[0].is_erased  # the name is not the id
    append(log, ended("KERANDEC-1"))
    assert log.upkeep.erase_person("kerandec", why="w", at=MOMENT)["outcomes"] == 1
    assert log.reader.outcomes_of("KERANDEC-1") == []
    with pytest.raises(InputError, match="too short"):
        log.upkeep.erase_person(" a ", why="w", at=MOMENT)


def test_old_decisions_are_pruned_and_outcomes_stay(log):
    for hours in range(5):
        append(log, decided(who=asker(at=MOMENT + timedelta(hours=hours))))
    append(log, ended())
    edge = MOMENT + timedelta(hours=2)
    assert log.upkeep.prune(edge) == {"decisions": 2, "shadows": 0}
    assert min(one.at for one in log.reader.decisions_of("D-7")) == edge
    assert count_rows(log.database)["outcomes"] == 1
    everything = log.upkeep.prune(datetime(2027, 1, 1, tzinfo=UTC), everything=True)
    assert (everything["decisions"], everything["outcomes"]) == (3, 1)


def test_everything_is_exported_once_and_in_order(log, tmp_path, monkeypatch):
    monkeypatch.setattr("serving.decision_log.reader.PAGE", 7)
    records = [decided(f"D-{n}", who=asker(at=MOMENT + timedelta(seconds=n // 9)))
               for n in range(40)]  # fmt: skip
    for start in range(0, 40, 10):
        append(log, *records[start : start + 10])
    log.upkeep.erase_deal("D-3", why="w", at=MOMENT)
    place = tmp_path / "out" / "decisions.parquet"
    assert export_parquet(log.reader, DECISIONS, place) == 40
    table = pq.read_table(place).to_pylist()
    assert sorted(row["id"] for row in table) == sorted(record.id for record in records)
    assert [row["at"] for row in table] == sorted(record.asker.at for record in records)
    answers = {row["deal_id"]: row["answer"] for row in table}
    assert answers.pop("D-3") is None
    assert answers["D-4"].encode() == records[4].answer
    part = tmp_path / "part.parquet"
    second = MOMENT + timedelta(seconds=1)
    until = MOMENT + timedelta(seconds=3)
    assert export_parquet(log.reader, DECISIONS, part, since=second, until=until) == 18
    assert export_parquet(log.reader, OUTCOMES, part) == 0
    assert [place.name for place in tmp_path.iterdir() if place.name.startswith(".")] == []


def test_filled_tables_go_down_and_up_and_nothing_is_lost(log):
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    filled(log)
    engine, before = log.database.writing, count_rows(log.database)
    assert migrate(engine, "0001") == (NEWEST, "0001")
    assert step_of(log.database.reading) == "0001"
    with engine.begin() as connection:  # without the guards a row can be changed: they are gone
        connection.execute(text("UPDATE decisions SET latency_us = 1"))
    assert migrate(engine) == ("0001", NEWEST)
    assert migrate(engine) == (NEWEST, NEWEST)
    assert count_rows(log.database) == before
    assert replay(log.reader.decisions_of("D-7")[0], [qualifier()]).state == "same"
    with pytest.raises(DBAPIError, match="are not changed"), engine.begin() as connection:
        connection.execute(text("UPDATE decisions SET latency_us = 2"))
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": "qualifox_log_version"}
        )
        assert compare_metadata(context, metadata) == []
    assert migrate(engine, "base") == (NEWEST, None)
    assert migrate(engine) == (None, NEWEST)
    assert count_rows(log.database) == dict.fromkeys([table.name for table in TABLES], 0)


def test_a_log_of_a_newer_qualifox_is_refused(log):
    with pytest.raises(LogError, match="8888"):
        migrate(log.database.writing, "8888")
    with log.database.writing.begin() as connection:
        connection.execute(text("UPDATE qualifox_log_version SET version_num = '9999'"))
    with pytest.raises(LogError, match="9999"):
        DecisionLog.open(log.settings)
