"""A process killed while it answers a batch: sent again, each row is decided and kept once.

Two kills here; with QUALIFOX_KILLS=100 a hundred.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ROUNDS = str(int(os.environ.get("QUALIFOX_KILLS", "2")) // 2)
"""A batch is killed twice."""


def kill(url, rounds, *more):
    done = subprocess.run(
        [sys.executable, "-m", "tests.batch_killing", url, rounds, *more],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        check=False, timeout=1200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_killed_batch_is_completed_and_what_was_told_stands(tmp_path):
    said = kill(f"sqlite:///{tmp_path / 'decisions.db'}", ROUNDS)
    assert said["kills"] == 2 * int(ROUNDS)
    assert (said["changed"], said["twice"], said["untold"]) == (0, 0, 0)
    assert said["rows"] == said["expected"]
    assert said["batches"] == int(ROUNDS)


def test_telling_before_keeping_is_caught(tmp_path):
    """The negative control: the same kills, and lines that are told too soon."""
    assert kill(f"sqlite:///{tmp_path / 'decisions.db'}", "1", "--broken")["changed"] > 0
