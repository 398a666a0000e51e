"""The service as a caller meets it: a policy alone, on a real socket."""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from features import QualifoxError
from qualifox.background import find_service, free_port, start_service, stop_service
from qualifox.cli import run

ROOT = Path(__file__).parent.parent.parent
POLICY = ROOT / "examples" / "b2b_solutions" / "policy.yaml"


def test_a_policy_alone_answers_and_bad_requests_never_break_the_connection(tmp_path, serving):
    with serving(tmp_path, "--policy", str(POLICY)) as client:
        assert client.ask("GET", "/livez")[0] == 200
        assert client.ask("GET", "/readyz")[0] == 200
        assert b"# TYPE" in client.ask("GET", "/metrics")[1]
        assert json.loads(client.ask("GET", "/")[1])["service"] == "qualifox"

        status, answer = client.score({"attention_to_client": "Bad client"})
        assert (status, answer["recommendation"]) == (200, "no_go")
        assert answer["evidence_level"] == answer["evidence"]["level"] == "none"
        assert 0 < answer["p_win"] < 1
        assert answer["knockouts"][0]["decided_by"] == ["attention_to_client"]

        json_type = {"content-type": "application/json"}
        hostile = (
            *(b"", b"{", b"[]", b"[" * 50_000, b'{"a":1,"a":2}', b"\x00", b"\xff"),
            *(b'{"client": 1e999}', b'{"\\ud800": 1}', b"{" + b'"x":1,' * 9 + b"}"),
        )
        for body in hostile:
            status, reply = client.ask("POST", "/v1/score", body, **json_type)
            assert 400 <= status < 500, body
            assert json.loads(reply)["status"] == status
        assert client.ask("POST", "/v1/score", b"{}", **{"content-type": "text/xml"})[0] == 415
        assert client.ask("POST", "/v1/score", b"x" * 1_500_000, **json_type)[0] == 413
        assert client.ask("DELETE", "/v1/score")[0] == 405
        assert client.ask("GET", "/v1/else")[0] == 404

    assert find_service(tmp_path) is None


def test_many_at_once_get_their_own_answers(tmp_path, serving):
    with serving(tmp_path, "--policy", str(POLICY)) as client:
        port = client.connection.port

        def ask(number):
            other = type(client)(port)
            value = "Bad client" if number % 2 else "Normal"
            with closing(other.connection):
                _, answer = other.score({"attention_to_client": value, "scope": "Clear"})
            return answer["knockouts"][0]["state"] == ("fired" if number % 2 else "clear")

        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(ask, range(80)))


def test_a_note_about_a_process_that_is_somebody_elses_is_not_believed(tmp_path):
    note = {"pid": os.getpid(), "port": 3999, "serves": "x", "started": "1"}
    (tmp_path / "service.json").write_text(json.dumps(note), encoding="utf-8")
    assert find_service(tmp_path) is None
    assert not stop_service(tmp_path)  # and this process lives


def test_a_service_that_cannot_start_says_why_and_leaves_nothing_running(tmp_path, monkeypatch):
    command = [sys.executable, "-c", "print('no luck'); raise SystemExit(3)"]
    with pytest.raises(QualifoxError, match="no luck"):
        start_service(tmp_path, command, {}, free_port(3950), "nothing")
    assert not stop_service(tmp_path)


def test_the_demo_shows_a_request_and_what_it_answers_and_runs_again_in_place(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("QUALIFOX_HOME", str(tmp_path))
    demo = ["demo", "--policy", str(ROOT / "examples" / "demo_company" / "policy.yaml")]
    try:
        assert run([*demo, "--port", "3920"]) == 0
        first = capsys.readouterr()
        assert "it answers: " in first.err
        assert "curl -s http://127.0.0.1:39" in first.out
        assert run([*demo, "--port", "3920"]) == 0
        again = capsys.readouterr()
        assert "already running" in again.err
        assert again.out in first.out
        service = find_service(tmp_path)
        assert service
        with pytest.raises(QualifoxError, match="answered 422"):
            service.ask("/v1/score", {"nobody": 1})
    finally:
        assert run(["stop"]) == 0
