"""A guarded application in process: its keys, its log, and whatever a test puts behind it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from serving.edge.access_log import AccessLog
from serving.edge.contract import Contract
from serving.edge.door import Door
from serving.edge.guard import Edge, EdgeParts
from serving.edge.settings import EdgeSettings
from serving.keys.keyring import Keyring
from serving.keys.store import KeyStore

HERE = ("127.0.0.1", 5)
JSON_TYPE = {"content-type": "application/json"}


class Guarded:
    """A client of a guarded application, and what was written about it."""

    def __init__(self, app, home, *, contract=None, client=HERE, figures=None, **limits):
        self.lines: list[str] = []
        self.store = KeyStore(home)
        settings = EdgeSettings(**limits)
        open_ = settings.loopback_without_key
        parts = EdgeParts(
            door=Door(Keyring(self.store.file), loopback_without_key=open_),
            settings=settings,
            contract=contract or Contract(),
            log=AccessLog(self.lines.append),
            figures=figures,
        )
        self.edge = Edge(app, parts)
        self.client = TestClient(
            self.edge,
            base_url="http://127.0.0.1:3000",
            client=client,
            raise_server_exceptions=False,
        )

    @property
    def logged(self):
        return [json.loads(line) for line in self.lines]

    def post(self, path, body=b"{}", **headers):
        return self.client.post(path, content=body, headers=JSON_TYPE | headers)

    def get(self, path, **headers):
        return self.client.get(path, headers=headers)


@pytest.fixture
def guarded(tmp_path) -> Callable[..., Guarded]:
    """Return what puts the guard around some routes."""

    def around(*routes, app=None, **settings):
        return Guarded(app or Starlette(routes=list(routes)), tmp_path, **settings)

    return around


@pytest.fixture
def new_token(tmp_path):
    """Return what creates a key with some scopes."""

    def create(*scopes):
        return KeyStore(tmp_path).create("test", scopes, now=datetime.now(UTC))[1]

    return create
