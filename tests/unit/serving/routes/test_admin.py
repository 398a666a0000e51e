"""Who runs the service sees what each worker holds, and nobody else may touch it."""

from dataclasses import dataclass

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from benchmarks.swaps.versions import make_version
from models.qualifier import Qualifier
from serving.champion import succession
from serving.champion.champion import Champion
from serving.champion.follower_note import follower_note
from serving.champion.held import Serving
from serving.champion.places import Places
from serving.champion.succession import succeed
from serving.champion.trial import Trial
from serving.champion.whole_file import stamp_of
from serving.messages import RequestError, problem_body
from serving.routes import admin

SCOPES = ("score", "read", "outcome", "admin")


@dataclass(frozen=True)
class Principal:
    """As the edge makes it."""

    key_id: str
    scopes: frozenset[str]


def application(champion, scopes):
    async def problem(request, error):
        return JSONResponse(problem_body(error.status, error.title, error.problems), error.status)

    app = Starlette(
        routes=[
            Route("/v1/admin/champion", admin.champion, methods=["GET"]),
            Route("/v1/admin/champion", admin.order, methods=["POST"]),
            Route("/v1/admin/workers", admin.workers, methods=["GET"]),
        ],
        exception_handlers={RequestError: problem},
    )
    app.state.champion = champion

    async def edge(scope, receive, send):
        if scopes is not None:
            scope.setdefault("state", {})["principal"] = Principal("k", frozenset(scopes))
        await app(scope, receive, send)

    return TestClient(edge)


@pytest.fixture(scope="module")
def versions(tmp_path_factory):
    folders = tmp_path_factory.mktemp("served")
    return [make_version(folders, seed) for seed in range(2)]


@pytest.fixture
def champion(versions, monkeypatch):
    from models.artifact import load_artifact
    from serving.champion.canary import golden

    def hold(folder, version):
        qualifier = load_artifact(folder)
        policy = qualifier.policy.fingerprint
        return Trial(outcome="sound", policy=policy, golden=golden(qualifier))

    monkeypatch.setattr(succession, "hold_trial", hold)
    places = Places(versions[0].folder.parent / "swapped.json")
    for one in versions:
        succeed(places, one, anew=True)
    found = Champion(places.pointer)
    found.look()
    yield found
    found.stop()
    places.pointer.unlink()


@pytest.fixture
def client(champion):
    return application(champion, ["admin"])


@pytest.mark.parametrize("scopes", [None, [], *([one] for one in SCOPES if one != "admin")])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/admin/champion"),
        ("POST", "/v1/admin/champion"),
        ("GET", "/v1/admin/workers"),
    ],
)
def test_without_the_scope_admin_nothing_is_told_or_done(champion, scopes, method, path):
    before = (stamp_of(champion.places.pointer), stamp_of(champion.places.bell))
    client = application(champion, scopes)
    assert client.request(method, path, json={"action": "rollback"}).status_code == 403
    assert before == (stamp_of(champion.places.pointer), stamp_of(champion.places.bell))


def test_it_says_which_version_is_held_and_which_was_before(client, versions):
    told = client.get("/v1/admin/champion").json()
    assert told["current"]["version"] == versions[1].version
    assert told["current"]["number"] == "2"
    assert not told["current"]["policy_alone"]
    assert told["before"] is told["challenger"] is told["refused"] is None


def test_a_rollback_moves_the_pointer_for_every_worker(client, champion, versions):
    reply = client.post("/v1/admin/champion", json={"action": "rollback"})
    assert reply.status_code == 202
    champion.look()
    assert client.get("/v1/admin/champion").json()["current"]["version"] == versions[0].version
    told = client.get("/v1/admin/workers").json()
    assert told["agree"]
    assert [one["number"] for one in told["workers"]] == ["1"]


def test_a_refresh_rings_for_the_follower_and_says_whether_there_is_one(client, champion):
    reply = client.post("/v1/admin/champion", json={"action": "refresh"})
    assert (reply.status_code, reply.json()["follower"]) == (202, None)
    assert stamp_of(champion.places.bell) is not None
    note = follower_note(champion.places.follower)
    note.write({"said": "all is well"})
    told = client.post("/v1/admin/champion", json={"action": "refresh"}).json()
    assert told["follower"]["said"] == "all is well"
    assert client.get("/v1/admin/workers").json()["follower"] == told["follower"]
    note.leave()


def test_workers_that_disagree_are_seen(client, champion):
    from serving.champion.roll import WorkerNote

    other = WorkerNote(champion.places.workers, "other")
    other.write({"version": "another", "number": "9"})
    told = client.get("/v1/admin/workers").json()
    assert not told["agree"]
    assert len(told["workers"]) == 2
    other.leave()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"{}", 422),
        (b'{"action": "Rollback"}', 422),
        (b'{"action": ["rollback"]}', 422),
        (b'{"action": null}', 422),
        (b'{"action": "refresh", "now": true}', 422),
        (b'{"action": "' + b"x" * 2_000 + b'"}', 413),
    ],
)
def test_an_order_that_is_none_is_refused(client, champion, body, status):
    before = stamp_of(champion.places.pointer)
    assert client.post("/v1/admin/champion", content=body).status_code == status
    assert stamp_of(champion.places.pointer) == before


def test_there_may_be_nothing_to_go_back_to(champion, versions):
    champion.places.pointer.unlink()
    client = application(champion, ["admin"])
    order = {"action": "rollback"}
    assert client.post("/v1/admin/champion", json=order).status_code == 409
    succeed(champion.places, versions[0])
    assert client.post("/v1/admin/champion", json=order).status_code == 409


def test_a_policy_alone_says_so_and_follows_nothing(policy):
    client = application(Champion(None, Serving.of(Qualifier(policy))), ["admin"])
    told = client.get("/v1/admin/champion").json()
    assert told["current"]["policy_alone"]
    assert told["current"]["version"] is None
    assert client.get("/v1/admin/workers").json()["workers"] == []
    assert client.post("/v1/admin/champion", json={"action": "refresh"}).status_code == 409
