"""A real service on a real socket, started and stopped by the command line."""

import json
import os
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from qualifox.background import find_service
from qualifox.cli import run

ROOT = Path(__file__).parent.parent.parent


class Client:
    """Asks one service, over one connection kept alive."""

    def __init__(self, port):
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(self, method, path, body=None, **headers):
        self.connection.request(method, path, body=body, headers=headers)
        reply = self.connection.getresponse()
        return reply.status, reply.read()

    def score(self, facts, **headers):
        body = json.dumps(facts).encode()
        headers = {"content-type": "application/json", **headers}
        status, answer = self.ask("POST", "/v1/score", body, **headers)
        return status, json.loads(answer)


@pytest.fixture
def serving():
    """Serve from a home for as long as a test needs it."""

    @contextmanager
    def serve(home, *arguments):
        os.environ["QUALIFOX_HOME"] = str(home)
        try:
            assert run(["serve", "--background", "--port", "3900", *arguments]) == 0
            service = find_service(home)
            assert service
            client = Client(service.port)
            with closing(client.connection):
                yield client
        finally:
            assert run(["stop"]) == 0
            del os.environ["QUALIFOX_HOME"]

    return serve
