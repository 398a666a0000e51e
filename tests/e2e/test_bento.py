"""A built bento carries its model and answers where there is no MLflow."""

import json
import os
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest
import yaml

from benchmarks.swaps.judge import BODY, HEADERS, _wait_until_ready
from benchmarks.swaps.versions import expected, make_version, signature
from features.errors import QualifoxError
from qualifox.background import free_port
from serving.bento import build, lay_out, needed_to_serve

ROOT = Path(__file__).parent.parent.parent
NOT_THERE = ("mlflow", "optuna", "typer", "rich_not_needed", "python_calamine")


def test_a_built_bento_answers_without_mlflow(tmp_path):
    version = make_version(tmp_path, 1)
    place, store, blocked = (tmp_path / name for name in ("laid_out", "store", "blocked"))
    tag = build(lay_out(version.folder, place), store)
    assert tag.startswith("qualifox:")
    blocked.mkdir()
    for name in NOT_THERE:
        text = f"raise ImportError('there is no {name} here')\n"
        (blocked / f"{name}.py").write_text(text, encoding="utf-8")
    log, port = tmp_path / "log", free_port(4200)
    kept = {key: text for key, text in os.environ.items() if not key.startswith("QUALIFOX_")}
    environment = {**kept, "BENTOML_HOME": str(store), "PYTHONPATH": str(blocked)}
    command = [sys.executable, "-m", "bentoml", "serve", tag, "--port", str(port)]
    with log.open("wb") as file:
        running = subprocess.Popen(
            [*command, "--host", "127.0.0.1"],
            cwd=tmp_path, env=environment, stdout=file, stderr=file,
        )  # fmt: skip
    try:
        _wait_until_ready(port, running, log)
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("POST", "/v1/score", BODY, HEADERS)
        told = json.loads(connection.getresponse().read())
        connection.close()
    finally:
        running.terminate()
        running.wait(30)
    assert signature(told) == expected(version)


def test_what_a_bento_needs_is_written_down_and_mlflow_is_not_among_it():
    needed = needed_to_serve()
    assert any(line.startswith("lightgbm") for line in needed)
    assert not any(line.startswith(("mlflow", "optuna", "pytest")) for line in needed)
    bentofile = yaml.safe_load((ROOT / "bentofile.yaml").read_text(encoding="utf-8"))
    assert sorted(map(_name, bentofile["python"]["packages"])) == sorted(map(_name, needed))


def _name(requirement: str) -> str:
    return requirement.partition(">")[0].partition("<")[0]


def test_what_cannot_be_built_is_said(tmp_path):
    (tmp_path / "bentofile.yaml").write_text("service: nowhere:Nothing\n", encoding="utf-8")
    with pytest.raises(QualifoxError, match="could not be built"):
        build(tmp_path, tmp_path / "store")
