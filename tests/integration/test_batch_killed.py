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
"""A batch is killed twice, if it has not told all before the second time."""


def kill(*arguments):
    done = subprocess.run(
        [sys.executable, "-m", "tests.batch_killing", *arguments],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        check=False, timeout=1200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_killed_batch_is_completed_and_what_was_told_stands(tmp_path):
    """And the negative control: the same kills, and lines that are told too soon."""
    said = kill(f"sqlite:///{tmp_path}/d.db", ROUNDS, f"sqlite:///{tmp_path}/broken.db")
    kept = said["kept"]
    assert kept["kills"] >= int(ROUNDS)
    assert (kept["changed"], kept["twice"], kept["untold"]) == (0, 0, 0)
    assert (kept["rows"], kept["batches"]) == (kept["expected"], int(ROUNDS))
    assert said["broken"]["changed"] > 0
