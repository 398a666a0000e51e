"""The serving benchmark: its sums, its client beside servers that answer badly, and its verdict.

``QUALIFOX_BENCH_SERVING=1`` runs it whole, in its small form (some minutes, with the training).
"""

import asyncio
import json
import os
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from benchmarks.model.summary import Bar
from benchmarks.serving import __main__ as command
from benchmarks.serving import agreement, batch, bodies, client, figures, load, report, start
from benchmarks.serving.batch import Taken, require_same
from benchmarks.serving.client import Job, Load, length_of, loaded, problem_of, requests_of
from benchmarks.serving.server import Server, running
from benchmarks.serving.start import Start
from benchmarks.serving.usage import cpu_seconds, memory, tree_of
from qualifox.judges import chosen_qualifier

GOOD = b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"p_win":1}'
LOAD = Load(requests=100, seconds=1.0, p50_ms=1.0, p99_ms=2.0, server_cpu_us=10.0,
            client_cpu_us=1.0, errors=0, told=[])  # fmt: skip
SERVER = """
import http.server, subprocess, sys
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Ready).serve_forever()
"""


def load_of(**changes):
    return Load(**{**{name: getattr(LOAD, name) for name in LOAD.__slots__}, **changes})


# ---------------------------------------------------------------------------- sums


def test_a_percentile_is_one_of_the_numbers():
    waits = sorted(float(one) for one in np.random.default_rng(0).random(1_000))
    assert figures.percentile(waits, 0.99) == waits[989]
    assert figures.percentile([3.0], 0.99) == 3.0


def test_ratios_are_taken_round_by_round():
    assert figures.ratio([1, 10, 100], [1, 5, 25]) == 2
    assert figures.difference([1, 10, 100], [1, 5, 25]) == 5
    assert figures.by_name([{"a": 1, "b": 2}, {"b": 3, "a": 4}]) == {"a": [1, 4], "b": [2, 3]}
    assert {figures.rotated("abc", turn)[0] for turn in range(3)} == set("abc")


# ---------------------------------------------------------------------------- requests


def test_requests_are_of_different_deals_in_the_form_of_each_server(home, demo_deals, tmp_path):
    facts = bodies.different_deals(chosen_qualifier(None, None), Path(demo_deals), 300)
    assert len({json.dumps(one) for one in facts}) == 300
    assert len({len(one) for one in facts}) > 5  # some facts are unknown
    file = bodies.write_bodies(facts, bodies.ours, tmp_path / "bodies.jsonl")
    job = Job(port=1, path="/v1/score", bodies=str(file), marker="", pid=0)
    requests = requests_of(job)
    assert len(set(requests)) == 300
    head, _, body = requests[7].partition(b"\r\n\r\n")
    assert length_of(head) == len(body)
    assert json.loads(body)["facts"] == facts[7]
    record = bodies.mlflow("", facts[7])
    assert record == {"dataframe_records": [{**facts[7], "as_of": "2026-01-05"}]}
    assert bodies.nested("", facts[7]) == {"deal": facts[7]}
    assert bodies.plain("", facts[7]) == facts[7]
    assert bodies.nothing("", facts[7]) == {}


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (GOOD, ""),
        (GOOD.replace(b"200", b"500"), "status 500"),
        (GOOD + b"more", "not as long as it says"),
        (GOOD.replace(b"Content-Length", b"Something"), "not as long as it says"),
        (GOOD.replace(b"p_win", b"error"), "does not hold"),
    ],
)
def test_an_answer_is_good_or_it_is_said_what_is_wrong(answer, told):
    end = answer.index(b"\r\n\r\n")
    missing = length_of(answer[:end]) - (len(answer) - end - 4)
    assert problem_of(answer, end, missing, b'"p_win"').find(told) >= 0
    assert bool(problem_of(answer, end, missing, b'"p_win"')) == bool(told)


# ---------------------------------------------------------------------------- the client


def seen_of(answer, tmp_path, monkeypatch, *, closes=False, connections=4):
    """Put a server under load that always gives the same answer, in two pieces."""
    monkeypatch.setattr(client, "LONGEST_WAIT_SECONDS", 0.3)
    bodies_file = tmp_path / "bodies.jsonl"
    bodies_file.write_text('{"a": 1}\n{"a": 2}\n')

    async def answered(reader, writer):
        try:
            while await reader.readuntil(b"}"):
                writer.write(answer[:20])
                await writer.drain()
                await asyncio.sleep(0)
                writer.write(answer[20:])
                if closes:
                    break
        except asyncio.IncompleteReadError:
            pass
        writer.close()

    async def run():
        server = await asyncio.start_server(answered, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        job = Job(port=port, path="/", bodies=str(bodies_file), marker='"p_win"', warm=0.02,
                  pid=os.getpid(), connections=connections, seconds=0.1)  # fmt: skip
        seen = await loaded(job)
        server.close()
        await server.wait_closed()
        await asyncio.sleep(0.05)  # so that its connections are closed too
        return seen

    return asyncio.run(run())


def test_the_client_counts_good_answers(tmp_path, monkeypatch):
    seen = seen_of(GOOD, tmp_path, monkeypatch)
    assert seen.errors == 0
    assert seen.requests > 20
    assert seen.per_second == pytest.approx(seen.requests / seen.seconds)
    assert 0 < seen.p50_ms <= seen.p99_ms < 100
    assert seen.client_cpu_us > 0


@pytest.mark.parametrize(
    "answer",
    [
        GOOD.replace(b"200 OK", b"500 No"),
        GOOD.replace(b"11", b"12"),  # says more than it has: nothing more comes
        GOOD.replace(b"11", b"10"),
        GOOD.replace(b"p_win", b"p_los"),
    ],
    ids=["500", "too short", "too long", "another answer"],
)
def test_a_server_that_answers_badly_is_seen(answer, tmp_path, monkeypatch):
    assert seen_of(answer, tmp_path, monkeypatch).errors > 0


def test_a_connection_that_ends_early_is_an_error(tmp_path, monkeypatch):
    seen = seen_of(GOOD, tmp_path, monkeypatch, closes=True)
    assert any("the connection ended" in one for one in seen.told)


# ---------------------------------------------------------------------------- servers


def test_a_server_is_waited_for_and_stopped_with_its_children(tmp_path):
    server = Server(name="small", command=(sys.executable, "-c", SERVER, "{port}"))
    with running(server, tmp_path) as one:
        pids = tree_of(one.pid)
        assert len(pids) == 2
        assert 0 < one.started_seconds < 60
        assert cpu_seconds(one.pid) > 0
        held, alone = memory(one.pid), memory(pids[1])
        assert held.rss > alone.rss > 1
        assert 0 < held.pss <= held.rss
    # The child belonged to nobody any more: it goes with the session.
    deadline = time.monotonic() + 10
    while any(is_alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not any(is_alive(pid) for pid in pids)


def is_alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_server_that_dies_is_told_with_its_last_words(tmp_path):
    server = Server(name="dead", command=(sys.executable, "-c", "raise SystemExit('no model')"))
    with pytest.raises(RuntimeError, match="no model"), running(server, tmp_path):
        pass


def test_servers_must_agree_before_they_are_compared(monkeypatch):
    told = {1: [{"p_win": 0.5}], 2: [{"predictions": [{"p_win": 0.5}]}], 3: [{"p_win": 0.6}]}
    monkeypatch.setattr(agreement, "answers", lambda port, *_: told[port])
    agreement.require_agreement((1, "", Path()), (2, "", Path()))
    with pytest.raises(RuntimeError, match=r"deal 1: p_win is 0\.5, and 0\.6"):
        agreement.require_agreement((1, "", Path()), (3, "", Path()))


# ---------------------------------------------------------------------------- bars


def bars_of_load(**changes):
    slow = load_of(requests=1, p99_ms=50.0)
    one = {"qualifox": load_of(**changes), "read-only": load_of(requests=150), "mlflow": slow}
    return [bar.ok for bar in load.bars_of({1: [one], 16: [one, one, one]})]


def test_bars_of_the_load_are_reached_or_missed():
    assert bars_of_load() == [True, True, True, True]
    assert bars_of_load(errors=1) == [False, True, True, True]
    assert bars_of_load(requests=40) == [True, False, True, False]
    assert bars_of_load(p99_ms=3.0) == [True, True, False, True]


def test_bars_of_a_start_are_reached_or_missed():
    def bars(seconds=1.4, pss=240.0, errors=0):
        ours = Start(seconds=seconds, cpu_seconds=1.0, pss_mb=pss, rss_mb=300.0, errors=errors)
        empty = Start(seconds=1.0, cpu_seconds=1.0, pss_mb=100.0, rss_mb=120.0, errors=0)
        return [bar.ok for bar in start.bars_of([{"qualifox": ours, "empty": empty}])]

    assert bars() == [True, True, True]
    assert bars(seconds=1.6, pss=260.0, errors=1) == [False, False, False]


def test_bars_of_a_batch_are_reached_or_missed():
    def bars(**ms):
        seen = {}
        for form, value in ms.items():
            theirs = {"predict": Taken(ms=100, cpu_ms=90), "pred_contrib": Taken(ms=500, cpu_ms=1)}
            seen[form] = [{**theirs, form: Taken(ms=value, cpu_ms=value)}]
        return [bar.ok for bar in batch.bars_of(seen)]

    assert bars(false=149, top=599) == [True, True]
    assert bars(false=151, top=601) == [False, False]
    assert bars(false=149, true=601) == [True, False]


@pytest.mark.parametrize(
    ("status", "p_win"), [(503, [0.25]), (200, [0.26]), (200, [0.25, 0.5]), (200, [])]
)
def test_a_batch_that_says_something_else_is_refused(status, p_win):
    told = json.dumps({"items": [{"answer": {"p_win": one}} for one in p_win]}).encode()
    with pytest.raises(RuntimeError, match="the batch"):
        require_same(status, told, np.array([0.25]))


def test_tables_tell_every_target_and_every_error():
    seen = {1: [{"qualifox": load_of(errors=2, told=["status 500"])}]}
    assert "qualifox" in report.load_table(seen)
    assert report.errors_told(seen) == "qualifox, 1 connections: status 500"
    one = Start(seconds=1.25, cpu_seconds=1.0, pss_mb=240.0, rss_mb=300.0, errors=0)
    assert "1.25" in report.start_table([{"empty": one}])
    pair = {"predict": Taken(ms=7, cpu_ms=6), "false": Taken(ms=14, cpu_ms=9)}
    told = report.batch_table({"false": [pair]}, "the champion", 500)
    assert told.split()[-4:] == ["reasons=false", "14", "9", "2.00"]


# ---------------------------------------------------------------------------- the command


@pytest.mark.parametrize(("ok", "code"), [(True, 0), (False, 1)])
def test_a_bar_that_is_short_is_told_and_fails_the_run(ok, code, tmp_path, monkeypatch, capsys):
    def part(*_: object) -> tuple[object, list[Bar]]:
        return {"rounds": []}, [Bar("load: errors", 0.0, 0.0, ok)]

    monkeypatch.setattr(command, "make_company", lambda home: home)
    monkeypatch.setitem(command.RUN, "load", part)
    file = tmp_path / "run.json"
    assert command.main(["--only", "load", "--json", str(file)]) == code
    assert ("short" in capsys.readouterr().out) == (not ok)
    assert json.loads(file.read_text())["bars"][0]["ok"] == ok
    assert list(tmp_path.iterdir()) == [file]  # what was made on the way is gone


@pytest.mark.skipif("QUALIFOX_BENCH_SERVING" not in os.environ, reason="takes some minutes")
def test_the_whole_of_it_in_its_small_form(tmp_path):
    file = tmp_path / "run.json"
    assert command.main(["--small", "--json", str(file)]) in {0, 1}
    run = json.loads(file.read_text())
    assert {bar["name"] for bar in run["bars"] if bar["limit"] == 0} == {
        "load: errors", "start: errors",
    }  # fmt: skip
    assert all(bar["ok"] for bar in run["bars"] if bar["limit"] == 0)
    assert {"load", "start", "batch"} <= run.keys()
