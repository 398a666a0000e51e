"""A process that watches its parent ends with it, and not before."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from serving.orphan import is_worker

CHILD = (
    "import time; from serving.orphan import end_with_parent; end_with_parent(); time.sleep(60)"
)
PARENT = f"""
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {CHILD!r}])
print(child.pid, flush=True)
time.sleep(60)
"""


def lives(pid):
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return text.rpartition(")")[2].split()[0] != "Z"


def test_it_ends_when_its_parent_is_killed_and_not_before():
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        time.sleep(1.2)
        assert lives(child)
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
    deadline = time.monotonic() + 10
    while lives(child) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not lives(child)


def test_only_a_worker_of_bentoml_is_one():
    assert not is_worker()
