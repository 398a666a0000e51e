"""A lock of a home folder lets one at a time in, and nobody keeps it by dying."""

import subprocess
import sys
import threading
import time
from pathlib import Path

from models.lock import locked

ROOT = Path(__file__).parent.parent.parent.parent
DIES = "import os, sys; from pathlib import Path; from models.lock import locked\n"
DIES += "locked(Path(sys.argv[1]), 'registry').__enter__(); os._exit(1)"


def test_two_are_never_inside_together(tmp_path):
    inside, most = [0], [0]

    def work():
        with locked(tmp_path, "registry"):
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.02)
            inside[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]


def test_locks_of_other_names_and_homes_do_not_wait(tmp_path):
    (tmp_path / "other").mkdir()
    entered = []
    with locked(tmp_path, "registry"), locked(tmp_path, "service"):
        entered.append("both names")
        with locked(tmp_path / "other", "registry"):
            entered.append("both homes")
    assert entered == ["both names", "both homes"]


def test_who_dies_inside_lets_go(tmp_path):
    command = [sys.executable, "-c", DIES, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, check=False, env={"PYTHONPATH": str(ROOT)})
    assert done.returncode == 1
    with locked(tmp_path, "registry"):
        pass
