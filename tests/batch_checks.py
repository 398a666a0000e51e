"""What a batch promises about the log, whatever database is behind it.

Whoever imports these checks has the fixture ``log_url`` of `tests.log_checks`.
"""

import asyncio
import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from starlette.routing import Route

from features import parse_policy
from models.qualifier import Qualifier
from serving.decision_log.canonical import request_hash
from serving.decision_log.commit import commit
from serving.decision_log.entry import Written
from serving.decision_log.errors import UnreadableError
from serving.decision_log.log import DecisionLog
from serving.decision_log.replay import replay
from serving.decision_log.settings import LogSettings
from serving.decision_log.tables import DECISIONS
from serving.edge.problem import guarded
from serving.keys.principal import Principal, Scope
from serving.routes.batch import batch
from tests.conftest import POLICY_TEXT
from tests.log_checks import append
from tests.log_checks import log as log  # noqa: PLC0414 (a fixture that others take over)
from tests.logged import MOMENT, asker, decided, qualifier

PATH = "/v1/score/batch"
DEALS = [
    {"id": "D-0", "facts": {"amount": 10, "authority": "High"}},
    {"amount": "much"},
    {"amount": 250_000.1, "source": "Zoé Kerandec"},
    {"id": "D-3", "facts": {"amount": 5}, "as_of": "2026-03-02"},
    None,
    {"id": "D-5", "facts": {"insolvency": None}},
    {"id": "D-5", "facts": {"authority": {"value": "Low", "observed_on": "2026-02-01"}}},
    {"facts": {}},
]
WAIVER = {
    "knockout": "exposure_over_limit", "by": "finance", "reason": "A guarantee has come in",
    "granted_on": "2026-01-02", "until": "2026-02-01",
}  # fmt: skip
GOOD = [0, 2, 3, 5, 6, 7]
AWAY = OperationalError("INSERT", {}, Exception("the server is away"))


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr("serving.routes.batch.DEALS_AT_ONCE", 3)


class Caller:
    """Sends batches to the route, as the edge hands them on; ``many`` are sent at once."""

    def __init__(self, log, key_id="k"):
        self.log, self.key_id, self.sent = log, key_id, 0
        self.app = Starlette(routes=[Route(PATH, guarded(batch), methods=["POST"])])
        self.app.state.log = log
        self.answers_with(qualifier())

    def answers_with(self, one):
        self.app.state.champion = SimpleNamespace(current=SimpleNamespace(qualifier=one))

    def many(self, *requests):
        async def send():
            transport = httpx.ASGITransport(app=self._with_state)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                return await asyncio.gather(*(self._send(client, **one) for one in requests))

        return asyncio.run(send())

    def send(self, deals=DEALS, key=None, query="", language="en"):
        (reply,) = self.many({"deals": deals, "key": key, "query": query, "language": language})
        return reply

    async def _with_state(self, scope, receive, send):
        self.sent += 1
        who = Principal(key_id=self.key_id, scopes=frozenset(Scope))
        state = {"principal": who, "request_id": f"request-{self.sent}"}
        await self.app({**scope, "state": state}, receive, send)

    async def _send(self, client, deals=DEALS, key=None, query="", language="en"):
        headers = {"accept-language": language} | ({"idempotency-key": key} if key else {})
        return await client.post(PATH + query, json={"deals": deals}, headers=headers)


@pytest.fixture
def caller(log):
    return Caller(log)


def rows_of(log):
    """Return how often each place of a batch is in the log."""
    with log.database.reading.connect() as connection:
        return Counter(connection.execute(select(DECISIONS.c.batch_row)).scalars())


def decisions_in(reply):
    return {item["row"]: item["decision"] for item in items_of(reply) if "decision" in item}


def items_of(reply):
    if reply.headers["content-type"].startswith("application/x-ndjson"):
        return [json.loads(line) for line in reply.content.splitlines()[:-1]]
    return reply.json()["items"]


def statuses(reply):
    return [item["problem"]["status"] if "problem" in item else 200 for item in items_of(reply)]


def failing(log, after, how):
    """Let commits fail after some, and nobody wait long for those; return what mends it."""
    whole, append_each = log.writer._commit, log.append_each
    done: list[int] = []

    def some(entries):
        if len(done) < after:
            done.append(1)
            return commit(log.database, entries)
        return how(lambda: commit(log.database, entries))

    def patiently(records):
        log.settings = replace(log.settings, patience_s=20 if len(done) < after else 0.1)
        return append_each(records)

    def mend():
        log.writer._commit, log.append_each = whole, append_each
        log.settings = replace(log.settings, patience_s=20)
        while log.backlog:
            time.sleep(0.01)

    log.writer._commit, log.append_each = some, patiently
    return mend


def away(keep):
    raise AWAY


def kept_and_not_heard(keep):
    """The commit goes through, and the connection breaks: nobody knows."""
    keep()
    raise AWAY


def kept_too_late(keep):
    ends = keep()
    time.sleep(0.2)
    return ends


BROKEN = [
    ("", 0, away),
    ("?stream=true", 0, kept_too_late),
    ("", 1, kept_and_not_heard),
    ("?stream=true", 1, away),
    ("", 2, kept_too_late),
    ("?stream=true", 2, kept_and_not_heard),
    ("", 3, away),
]
"""A form, how many commits go well, and what becomes of the others."""


@pytest.mark.parametrize("query", ["", "?stream=true"])
@pytest.mark.parametrize("key", [None, "b"])
def test_what_a_batch_tells_is_in_the_log_as_it_is_told(caller, query, key):
    reply = caller.send(query=query, key=key, language="fr")
    assert statuses(reply) == [200, 422, 200, 200, 422, 200, 200, 200]
    told = decisions_in(reply)
    assert list(told) == GOOD
    stored = {row: caller.log.reader.decision(one) for row, one in told.items()}
    assert len({one.batch_id for one in stored.values()}) == 1
    assert stored[0].batch_id == told[0]
    for row, one in stored.items():
        assert one.answer in reply.content
        assert json.loads(one.answer) == items_of(reply)[row]["answer"]
        given = DEALS[row]
        assert one.facts == given.get("facts", given)
        assert (one.batch_row, one.key_id, one.language) == (row, "k", "fr")
        assert one.request_id == "request-1"
        assert replay(one, [qualifier()]).state == "same"
    assert rows_of(caller.log) == dict.fromkeys(GOOD, 1)
    assert "idempotency-replayed" not in reply.headers


def test_waivers_are_kept_as_they_were_given(caller):
    when = "    when: {exposure: {above: {field: credit_limit}}}\n"
    waivable = POLICY_TEXT.replace(when, f"{when}    waiver: {{by: [finance], days: 60}}\n")
    caller.answers_with(Qualifier(parse_policy(waivable.encode())))
    deal = {"facts": {"exposure": 3}, "waivers": [WAIVER], "as_of": "2026-01-05"}
    (one,) = decisions_in(caller.send([deal])).values()
    assert caller.log.reader.decision(one).waivers == [WAIVER]


@pytest.mark.parametrize("query", ["", "?stream=true"])
def test_the_same_batch_again_gives_the_same_bytes(caller, query):
    first = caller.send(key="b", query=query, language="fr")
    for language in ("fr", "en"):  # the answers were given in French
        again = caller.send(key="b", query=query, language=language)
        assert again.content == first.content
        assert again.headers["idempotency-replayed"] == "true"
        assert again.headers["content-language"] == "fr"
    assert rows_of(caller.log) == dict.fromkeys(GOOD, 1)


def test_without_a_key_a_batch_sent_again_is_decided_again(caller):
    first, again = caller.send(), caller.send()
    assert not set(decisions_in(first).values()) & set(decisions_in(again).values())
    assert rows_of(caller.log) == dict.fromkeys(GOOD, 2)


def test_a_key_belongs_to_one_request_and_to_whoever_sent_it(caller, log):
    first = caller.send(key="b")
    for other in (DEALS[:5], [*DEALS, {}], [{}, *DEALS[1:]]):
        assert caller.send(other, key="b").status_code == 409
    assert caller.send(key="b", query="?stream=true").status_code == 409
    assert rows_of(log) == dict.fromkeys(GOOD, 1)
    theirs = Caller(log, "another").send(key="b")
    assert not set(decisions_in(theirs).values()) & set(decisions_in(first).values())
    append(log, decided(who=asker("k", idempotency_key="single", request_hash="h")))
    assert caller.send(key="single").status_code == 409


def test_keys_that_look_like_those_of_rows_are_other_keys(caller):
    told = [caller.send(key=key) for key in ("a", "a:1", "a:10", "a" * 200)]
    assert len({decisions_in(one)[2] for one in told}) == len(told)


def test_a_batch_of_problems_alone_is_not_kept(caller):
    first, again = (caller.send([None, {"amount": "x"}], key="p") for _ in range(2))
    assert statuses(first) == [422, 422]
    assert first.json()["counts"] == {"deals": 2, "answered": 0, "failed": 2}
    assert "idempotency-replayed" not in again.headers
    assert not rows_of(caller.log)


@pytest.mark.parametrize(("query", "after", "how"), BROKEN)
def test_a_batch_that_breaks_off_is_completed_and_each_row_is_kept_once(caller, query, after, how):
    log = caller.log
    mend = failing(log, after, how)
    broken = caller.send(key="b", query=query)
    if after == 0:
        assert (broken.status_code, broken.headers["retry-after"]) == (503, "2")
        told = {}
    else:
        assert broken.status_code == 200
        told = decisions_in(broken)
        assert statuses(broken).count(503) >= 1
        assert set(told.values()) <= {one.id for one in log.reader.batch(told[0])}
    mend()
    whole, again = (caller.send(key="b", query=query) for _ in range(2))
    assert statuses(whole) == [200, 422, 200, 200, 422, 200, 200, 200]
    assert rows_of(log) == dict.fromkeys(GOOD, 1)
    for row, one in told.items():
        assert items_of(whole)[row] == items_of(broken)[row]
        assert decisions_in(whole)[row] == one
    assert again.content == whole.content


def test_rows_told_as_lost_were_not_told_as_kept_and_count_as_failed(caller):
    mend = failing(caller.log, 1, away)
    reply = caller.send()
    mend()
    assert statuses(reply) == [200, 422, 200, 503, 422, 503, 503, 503]
    assert reply.json()["counts"] == {"deals": 8, "answered": 2, "failed": 6}
    lost = items_of(reply)[3]["problem"]
    assert lost["type"] == "urn:qualifox:problem:unavailable"
    assert lost["instance"] == "request-1"
    assert rows_of(caller.log) == {0: 1, 2: 1}


def test_a_batch_that_tells_before_it_keeps_would_be_caught(caller, monkeypatch):
    """The negative control: with answers told whatever the log said, rows are lost."""
    from serving.routes import batch_log

    def careless(self, records, written):
        return real(self, records, [replace(written[0], id=one.id) if not isinstance(
            written[0], Exception) else Written(one.id) for one in records])  # fmt: skip

    real = batch_log.BatchLog._settled
    monkeypatch.setattr(batch_log.BatchLog, "_settled", careless)
    mend = failing(caller.log, 1, away)
    told = decisions_in(caller.send(key="b"))
    kept = {one.id for one in caller.log.reader.batch(told[0])}
    mend()
    assert set(told.values()) - kept


def test_many_who_send_one_batch_at_once_get_the_same(caller):
    replies = caller.many(*[{"key": "b"}] * 4)
    assert {reply.status_code for reply in replies} == {200}
    assert len({tuple(decisions_in(reply).items()) for reply in replies}) == 1
    assert rows_of(caller.log) == dict.fromkeys(GOOD, 1)
    last = caller.send(key="b")
    answers = [[item.get("answer") for item in items_of(one)] for one in (*replies, last)]
    assert all(one == answers[-1] for one in answers)


def test_of_two_batches_with_one_key_at_once_one_is_told(caller):
    replies = caller.many({"key": "b"}, {"key": "b", "deals": DEALS[2:]})
    assert sorted(reply.status_code for reply in replies) == [200, 409]
    assert len(rows_of(caller.log)) == len(
        decisions_in(next(one for one in replies if one.status_code == 200))
    )


def test_an_erased_row_is_gone_by_itself(caller, log):
    first = caller.send(key="b")
    log.upkeep.erase_deal("D-3", why="w", at=MOMENT)
    again = caller.send(key="b")
    assert statuses(again) == [200, 422, 200, 410, 422, 200, 200, 200]
    assert [one for one in items_of(again) if one["row"] != 3] == [
        one for one in items_of(first) if one["row"] != 3
    ]
    assert again.json()["counts"] == {"deals": 8, "answered": 5, "failed": 3}
    log.upkeep.erase_deal("D-0", why="w", at=MOMENT)  # the one that has the key
    assert statuses(caller.send(key="b")) == [410, 422, 200, 410, 422, 200, 200, 200]
    assert caller.send(DEALS[:7], key="b").status_code == 409
    assert rows_of(log) == dict.fromkeys(GOOD, 1)


def test_rows_that_were_pruned_are_not_decided_again_while_others_are_kept(caller, log):
    caller.send(key="b")
    moments = sorted({one.at for one in log.reader.batch(next(iter(kept_ids(log))))})
    assert len(moments) == 3  # a piece is of one moment
    log.upkeep.prune(moments[1])
    assert statuses(caller.send(key="b")) == [410, 422, 410, 200, 422, 200, 200, 200]
    assert caller.send(DEALS[:7], key="b").status_code == 409
    log.upkeep.prune(datetime.now(UTC) + timedelta(days=1))
    assert statuses(caller.send(DEALS[:7], key="b")) == [200, 422, 200, 200, 422, 200, 200]


def kept_ids(log):
    with log.database.reading.connect() as connection:
        query = select(DECISIONS.c.batch_id).distinct()
        return set(connection.execute(query).scalars())


def test_a_completed_batch_says_which_versions_answered(caller, policy):
    mend = failing(caller.log, 1, away)
    broken = caller.send(key="b")
    mend()
    caller.answers_with(Qualifier(replace(policy, version="later")))
    whole = caller.send(key="b").json()
    assert whole["versions"] == broken.json()["versions"]
    assert [one["policy_version"] for one in whole["other_versions"]] == ["later"]
    assert caller.send(key="b").json() == whole
    assert "other_versions" not in broken.json()


def test_no_more_waits_than_a_piece(caller):
    deals, most = [{"amount": one} for one in range(40)], []
    log = caller.log
    log.writer._settings = LogSettings(url="", capacity=6)
    put = log.writer.put

    def watched(*entries):
        put(*entries)
        most.append(log.backlog)

    log.writer.put = watched
    reply = caller.send(deals, key="b")
    assert set(statuses(reply)) == {200}
    assert max(most) <= 6
    assert len(most) == 15  # one for the first decision, one for each piece


def test_an_answer_that_is_not_safe_yet_says_so(caller):
    caller.log.settings = replace(caller.log.settings, async_ack=True)
    assert caller.send().headers["qualifox-durable"] == "false"
    assert caller.log.close()


def test_a_request_hash_is_of_the_whole_body(caller):
    reply = caller.send(key="b")
    with caller.log.database.reading.connect() as connection:
        hashes = set(connection.execute(select(DECISIONS.c.request_hash)).scalars())
    assert hashes == {request_hash("POST", PATH, "", reply.request.content)}


def test_two_processes_that_get_a_batch_at_once_agree(caller, log_url):
    deals = [{"id": f"D-{n}", "facts": {"amount": n}} for n in range(30)]
    other = DecisionLog.open(LogSettings(url=log_url, patience_s=20))
    try:
        with ThreadPoolExecutor(2) as both:
            senders = caller, Caller(other)
            replies = list(both.map(lambda one: one.send(deals, key="b"), senders))
    finally:
        other.close()
    assert [set(statuses(reply)) for reply in replies] == [{200}, {200}]
    assert decisions_in(replies[0]) == decisions_in(replies[1])
    assert rows_of(caller.log) == dict.fromkeys(range(30), 1)
    assert len(kept_ids(caller.log)) == 1


def unreadable(log, after):
    """Let the log be read some times, and then no more; return what mends it."""
    rows, done = log.reader.rows, []

    def some(query):
        done.append(1)
        if len(done) > after:
            raise UnreadableError
        return rows(query)

    def mend():
        log.reader.rows = rows

    log.reader.rows = some
    return mend


def test_what_cannot_be_read_is_not_decided_again(caller):
    first = caller.send(key="b")
    for after in (0, 1):  # the look at its key, and the first answers
        mend = unreadable(caller.log, after)
        reply = caller.send(key="b")
        mend()
        assert (reply.status_code, reply.headers["retry-after"]) == (503, "2")
        assert "read" in reply.json()["title"]
    mend = unreadable(caller.log, 2)
    half = caller.send(key="b")
    mend()
    assert statuses(half) == [200, 422, 200, 503, 503, 503, 503, 503]
    assert caller.send(key="b").content == first.content
    assert rows_of(caller.log) == dict.fromkeys(GOOD, 1)


def test_records_of_a_crm_are_kept_in_the_policys_words(caller):
    records = [{"Id": "006", "Amount": 90}, {"Id": "007", "Amount": "much"}, {"Amount": "5"}]
    query = "?preset=salesforce"
    first = caller.send(records, key="b", query=query)
    assert statuses(first) == [200, 422, 200]
    told = decisions_in(first)
    stored = caller.log.reader.decision(told[0])
    assert (stored.deal_id, stored.facts) == ("006", {"amount": 90})
    assert replay(stored, [qualifier()]).state == "same"
    assert caller.log.reader.decision(told[2]).facts.keys() == {"amount"}
    again = caller.send(records, key="b", query=query)
    assert again.content == first.content
    assert again.headers["qualifox-fields-read"] == first.headers["qualifox-fields-read"]
