"""Writers of the log killed under load: what was acknowledged is there, exactly once.

Five kills here; ``make kills`` (QUALIFOX_KILLS=100) does a hundred.
"""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from benchmarks.serving.log_appends import measure

ROOT = Path(__file__).parent.parent.parent
KILLS = os.environ.get("QUALIFOX_KILLS", "5")


def kill(url, rounds, *more):
    done = subprocess.run(
        [sys.executable, "-m", "tests.log_killing", url, rounds, *more],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        check=False, timeout=1200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_killed_writers_lose_nothing_that_they_acknowledged(tmp_path):
    place = tmp_path / "decisions.db"
    said = kill(f"sqlite:///{place}", KILLS)
    assert said["acknowledged"] > 20 * int(KILLS)
    assert (said["lost"], said["twice"]) == (0, 0)
    assert sqlite3.connect(place).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_writers_that_acknowledge_too_early_are_caught(tmp_path):
    """The negative control: the same kills, and an acknowledgement that comes too soon."""
    assert kill(f"sqlite:///{tmp_path / 'decisions.db'}", "1", "--broken")["lost"] > 0


def test_groups_are_faster_than_a_commit_per_row(tmp_path):
    """On any disk; `benchmarks.serving.log_appends` says how much it is."""
    said = measure(f"sqlite:///{tmp_path / 'd.db'}", rounds=3, seconds=0.4)
    assert said["ratio"] > 1.5
