"""A real PostgreSQL of a test's own, on a port of this machine only; it can be taken away."""

import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

USER, PASSWORD = "seller", "s3cret-pass"


def programs():
    """Return the folder of PostgreSQL's programs, None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


needs_postgresql = [
    pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed"),
    pytest.mark.skipif(
        importlib.util.find_spec("psycopg") is None, reason="the extra 'postgres' is not installed"
    ),
]


def as_nobody():
    """Return how to run a program as somebody else than root, whom PostgreSQL refuses."""
    if os.geteuid():
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    somebody = names.get("postgres") or names["nobody"]
    return {"user": somebody.pw_uid, "group": somebody.pw_gid, "extra_groups": []}


class Server:
    """One server; ``url`` is that of a database in it."""

    def __init__(self, folder):
        self.folder, self.who = folder, as_nobody()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        secret = folder / "password"
        secret.write_text(PASSWORD)
        if self.who:
            for place in (folder, secret):
                os.chown(place, self.who["user"], self.who["group"])
        self._call(
            "initdb", "-U", USER, f"--pwfile={secret}", "-E", "UTF8", "--locale=C.UTF-8",
            "--auth=scram-sha-256", "--no-sync",
        )  # fmt: skip

    def url(self, database="postgres"):
        return f"postgresql+psycopg://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def start(self):
        settings = f"-h 127.0.0.1 -p {self.port} -k {self.folder} -F"
        self._call("pg_ctl", "-o", settings, "-l", self.folder / "log", "-w", "start")

    def stop(self):
        """Take it away at once: every connection breaks, as when the machine is lost."""
        self._call("pg_ctl", "-m", "immediate", "-w", "stop")

    def _call(self, program, *arguments):
        command = [programs() / program, "-D", self.folder / "data", *arguments]
        # A server that inherits a pipe would keep it open for ever.
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL, **self.who)


@contextmanager
def postgresql():
    """Yield a server that runs; it may be stopped and started in between."""
    folder = Path(tempfile.mkdtemp(prefix="qualifox-pg-"))  # a socket's path must be short
    try:
        server = Server(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)
