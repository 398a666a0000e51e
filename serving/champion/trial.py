"""A trial load in a process of its own: a damaged LightGBM text kills the process that reads it.

Hashes come first, without parsing anything. A trial that was interrupted says nothing about the
version: a process that is told to stop must never blacklist a good one.
"""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from models.artifact import is_whole
from serving.champion.canary import Golden

LONGEST_TRIAL_SECONDS = 90.0
SOURCE = Path(__file__).resolve().parents[2]
TOLD_TO_STOP = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL)
NO_VERDICT = 4

Outcome: TypeAlias = Literal["sound", "bad", "interrupted", "undecided"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a trial showed.

    ``sound`` and ``bad`` are verdicts. ``undecided`` is none (it took too long, memory ran out),
    but nothing that may go on forever; ``interrupted`` says nothing at all.
    """

    outcome: Outcome
    reason: str = ""
    policy: str = ""
    golden: Golden = ()


def hold_trial(
    folder: Path, version: str, *, longest_seconds: float = LONGEST_TRIAL_SECONDS
) -> Trial:
    """Return whether the version in a folder is sound."""
    if not is_whole(folder, version):
        return Trial(outcome="bad", reason="its files are not those that its version names")
    command = [sys.executable, "-m", "serving.champion", str(folder), version]
    path = os.pathsep.join(filter(None, [str(SOURCE), os.environ.get("PYTHONPATH")]))
    try:
        done = subprocess.run(  # noqa: S603 (our own module)
            command,
            capture_output=True,
            check=False,
            timeout=longest_seconds,
            env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"},
        )
    except subprocess.TimeoutExpired:
        return Trial(outcome="undecided", reason=f"no answer within {longest_seconds:g} seconds")
    except OSError as error:
        return Trial(outcome="interrupted", reason=f"no process could be started: {error}")
    return read_trial(done.returncode, done.stdout, done.stderr)


def read_trial(status: int, output: bytes, talk: bytes) -> Trial:
    """Return what the end of the process says: its status, or the signal that ended it.

    >>> read_trial(-11, b"", b"").outcome, read_trial(-15, b"", b"").outcome
    ('bad', 'interrupted')
    """
    if status < 0:
        return _ended_by(-status)
    said = talk.decode(errors="replace").strip().splitlines()[-1:]
    if status:
        outcome: Outcome = "undecided" if status == NO_VERDICT else "bad"
        return Trial(outcome=outcome, reason=(said or [f"it ended with {status}"])[0][:300])
    try:
        line = json.loads(output.splitlines()[-1])
        golden = tuple(None if one is None else float(one) for one in line["golden"])
        return Trial(outcome="sound", policy=str(line["policy"]), golden=golden)
    except (IndexError, KeyError, TypeError, ValueError):
        return Trial(outcome="bad", reason="the trial ended without an answer")


def _ended_by(number: int) -> Trial:
    name = signal.Signals(number).name if number in {*signal.Signals} else f"signal {number}"
    if number == signal.SIGKILL:  # perhaps for want of memory, and then again next time
        return Trial(outcome="undecided", reason="its process was killed")
    if number in TOLD_TO_STOP:
        return Trial(outcome="interrupted", reason=f"its process was stopped by {name}")
    return Trial(outcome="bad", reason=f"it killed the process that loaded it ({name})")
