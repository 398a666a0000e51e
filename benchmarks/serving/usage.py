"""What a tree of processes takes of the processor and of memory, as Linux counts it."""

import os
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
AFTER_NAME = 11
"""Place of the user time in /proc/PID/stat, counted from after the command's name."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of a tree. ``pss`` counts a page that several processes share once in all."""

    pss: float
    rss: float


def tree_of(pid: int) -> list[int]:
    """Return a process and its descendants, whichever of its threads started them."""
    found = [pid]
    try:
        threads = list((PROC / str(pid) / "task").iterdir())
    except OSError:
        return found
    for thread in threads:
        for child in _text(pid, f"task/{thread.name}/children").split():
            found += tree_of(int(child))
    return found


def cpu_seconds(pid: int) -> float:
    """Return the processor time of a tree so far, in user code and in the kernel."""
    ticks = 0
    for one in tree_of(pid):
        after_name = _text(one, "stat").rpartition(")")[2].split()
        ticks += sum(map(int, after_name[AFTER_NAME : AFTER_NAME + 2]))
    return ticks / TICKS


def memory(pid: int) -> Memory:
    """Return the memory that a tree holds now."""
    pss = rss = 0
    for one in tree_of(pid):
        for line in _text(one, "smaps_rollup").splitlines():
            name, _, amount = line.partition(":")
            pss += int(amount.split()[0]) if name == "Pss" else 0
            rss += int(amount.split()[0]) if name == "Rss" else 0
    return Memory(pss=pss / 1024, rss=rss / 1024)


def _text(pid: int, name: str) -> str:
    """Return a file of a process; nothing where it has ended."""
    try:
        return (PROC / str(pid) / name).read_text(encoding="utf-8")
    except OSError:
        return ""
