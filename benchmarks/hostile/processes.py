"""The processes of a service: who they are, and what memory they hold. Reads /proc."""

import re
from pathlib import Path

_KIB = re.compile(rb"^(Rss|Pss_Anon|Pss):\s+(\d+) kB", re.MULTILINE)


def tree(root: int) -> dict[int, list[str]]:
    """Return the living processes that come from one, itself among them, with their words."""
    found = {pid: one for pid in _pids() if (one := _parent_and_words(pid)) is not None}
    children: dict[int, list[int]] = {}
    for pid, (parent, _) in found.items():
        children.setdefault(parent, []).append(pid)
    inside, told = [root] if root in found else [], {}
    while inside:
        pid = inside.pop()
        told[pid] = found[pid][1]
        inside += children.get(pid, [])
    return told


def _pids() -> list[int]:
    return [int(place.name) for place in Path("/proc").glob("[0-9]*")]


def _parent_and_words(pid: int) -> tuple[int, list[str]] | None:
    """Return the parent of a process and its words, None where it has ended."""
    place = Path(f"/proc/{pid}")
    try:
        words = (place / "cmdline").read_bytes().decode(errors="replace").split("\0")
        _, _, rest = (place / "stat").read_text(encoding="utf-8").rpartition(")")
    except OSError:
        return None
    state, parent = rest.split()[:2]
    return None if state in "ZX" else (int(parent), words)


def role(words: list[str]) -> str:
    """Return what a process of the service does.

    >>> role(["python", "-m", "_bentoml_impl.worker.service", "x"])
    'worker'
    """
    if "_bentoml_impl.worker.service" in words:
        return "worker"
    if "qualifox.launch" in words:
        return "keeper"
    if "qualifox.following" in words:
        return "follower"
    if "qualifox.follow" in words:
        return "look"
    return "first" if "bentoml" in words else "other"


def memory_kib(pid: int) -> dict[str, int]:
    """Return what a process holds by itself (``Pss``, and of it what is no file) and ``Rss``.

    Empty where it is gone.
    """
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_bytes()
    except OSError:
        return {}
    return {name.decode(): int(kib) for name, kib in _KIB.findall(text)}


def is_alive(pid: int) -> bool:
    """Return whether there is such a process, and it has not ended."""
    return _parent_and_words(pid) is not None
