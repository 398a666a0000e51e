"""The follower beside a service: waits for a reason to look at the registry, and has a look run.

Reasons are a change of the registry's file, the service's bell, and time. A look is a process of
its own (`qualifox.follow`), so that the follower stays small, holds no MLflow between looks
and outlives whatever goes wrong in one. It ends with whoever started it (`qualifox.launch`, which
ends with the service and starts a follower again that died).
"""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from serving.champion.follower_note import follower_note
from serving.champion.places import Places
from serving.champion.whole_file import stamp_of

STEP_SECONDS = 0.5
LONGEST_REST_SECONDS = 300.0
"""So long at most between two looks, whatever the registry's file says of its changes."""
LONGEST_LOOK_SECONDS = 600.0


@dataclass
class Wish:
    """What the next look waits for; time is counted in steps, so no clock can jump."""

    registry: Path
    bell: Path
    every: float
    seen: tuple[object, object] = (None, None)
    rested: float = float("inf")
    failures: int = 0

    def is_due(self) -> bool:
        """Return whether to look, asked every step."""
        self.rested += STEP_SECONDS
        if stamp_of(self.bell) != self.seen[1]:
            return True
        if self.failures:
            return self.rested >= min(self.every * 2.0**self.failures, LONGEST_REST_SECONDS)
        if self.rested < self.every:
            return False
        return stamp_of(self.registry) != self.seen[0] or self.rested >= LONGEST_REST_SECONDS

    def looks_now(self) -> bool:
        """Note what there is before a look; return whether the bell asks for it."""
        first, bell = self.seen == (None, None), stamp_of(self.bell)
        rung = not first and bell != self.seen[1]
        self.seen, self.rested = (stamp_of(self.registry), bell), 0.0
        return rung

    def looked(self, *, well: bool) -> None:
        """Wait longer after each look in a row that failed."""
        self.failures = 0 if well else min(self.failures + 1, 10)


def follow_on(home: Path, name: str, every: float) -> None:
    """Look whenever there is reason to, until the service that started us is gone."""
    service, places = os.getppid(), Places(home / "served" / f"{name}.json")
    wish, said = Wish(home / "mlflow.db", places.bell, every), ""
    note = follower_note(places.follower)
    note.write({"model": name, "looked_at": None, "ok": None, "said": "has not looked yet"})
    try:
        while os.getppid() == service:
            if wish.is_due():
                anew = wish.looks_now()
                well, line = run_look(home, name, service, anew=anew)
                wish.looked(well=well)
                if line != said:
                    sys.stderr.write(f"follower: {line}\n")
                said, when = line, datetime.now(UTC).isoformat(timespec="seconds")
                note.write({"model": name, "looked_at": when, "ok": well, "said": line})
            time.sleep(STEP_SECONDS)
    finally:
        note.leave()


def run_look(home: Path, name: str, service: int, *, anew: bool) -> tuple[bool, str]:
    """Run one look; return whether it went well, and the last line that it said."""
    command = [sys.executable, "-m", "qualifox.follow", str(home), name]
    command += ["--anew"] if anew else []
    child = subprocess.Popen(  # noqa: S603 (our own command)
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    try:
        output = _heard(child, service)
    finally:
        if child.poll() is None:
            child.terminate()
        if child.stdout is not None:
            child.stdout.close()
        child.wait()
    lines = output.strip().splitlines()
    told = [line for line in lines if not line.startswith("  hint:")]
    return child.returncode == 0, told[-1][:500] if told else "said nothing"


def _heard(child: "subprocess.Popen[str]", service: int) -> str:
    """Return what a look says, unless the service is gone, or it takes far too long."""
    for _ in range(int(LONGEST_LOOK_SECONDS / STEP_SECONDS)):
        try:
            return child.communicate(timeout=STEP_SECONDS)[0]
        except subprocess.TimeoutExpired:
            if os.getppid() != service:
                break
    return "the look was given up"


def _leave(number: int, frame: object) -> None:
    del frame
    raise SystemExit(128 + number)


if __name__ == "__main__":
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    follow_on(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3]))
