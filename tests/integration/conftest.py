"""A home folder with the demo company trained and promoted, made once by the command line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from qualifox.cli import run

ROOT = Path(__file__).parent.parent.parent
DEMO_POLICY = ROOT / "examples" / "demo_company" / "policy.yaml"


@pytest.fixture(scope="session")
def demo_deals(tmp_path_factory):
    place = tmp_path_factory.mktemp("deals") / "deals.csv"
    assert run(["simulate", "--out", str(place), "--deals", "3000", "--seed", "7"]) == 0
    return place


@pytest.fixture(scope="session")
def trained_home(tmp_path_factory, demo_deals):
    home = tmp_path_factory.mktemp("home")
    before = os.environ.get("QUALIFOX_HOME")
    os.environ["QUALIFOX_HOME"] = str(home)
    try:
        assert run(["train", "--policy", str(DEMO_POLICY), "--deals", str(demo_deals)]) == 0
    finally:
        if before is None:
            del os.environ["QUALIFOX_HOME"]
        else:
            os.environ["QUALIFOX_HOME"] = before
    return home


@pytest.fixture
def home(trained_home, monkeypatch):
    monkeypatch.setenv("QUALIFOX_HOME", str(trained_home))
    return trained_home


@pytest.fixture
def new_home(tmp_path, monkeypatch):
    monkeypatch.setenv("QUALIFOX_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def elsewhere(tmp_path):
    """Run a script in another process, in another folder, with our packages importable."""

    def run_there(script, *arguments):
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", script, *map(str, arguments)],
            cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run_there
