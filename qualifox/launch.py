"""``python -m qualifox.launch FOLLOWER -- SERVICE``: two processes that end together.

This process becomes the service: its id, its signals and its exit status are the service's own. A
small one beside it keeps the follower: it starts it, starts it again when it dies, after pauses
that grow while it dies young, and ends as soon as its parent is another.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

DIVIDER = "--"
STEP_SECONDS = 0.5
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 300.0
OLD_SECONDS = 60.0
"""A follower that lived so long begins anew with the pauses when it dies."""


def launch(arguments: Sequence[str]) -> None:
    """Fork the keeper of the one command, and become the other."""
    follower, service = split(arguments)
    if follower and os.fork() == 0:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the service is told, and then it is gone
        keep(follower, os.getppid())
        os._exit(0)
    os.execv(service[0], service)  # noqa: S606


def keep(follower: Sequence[str], service: int, parent: Callable[[], int] = os.getppid) -> None:
    """Have a follower run for as long as the service is the parent of this process."""
    pause = FIRST_PAUSE_SECONDS
    while parent() == service:
        lived = _one_life(follower, service, parent)
        if lived >= OLD_SECONDS:
            pause = FIRST_PAUSE_SECONDS
        if parent() != service:
            return
        sys.stderr.write(f"the follower has ended; it is started again in {pause:g} seconds\n")
        _rest(pause, service, parent)
        pause = next_pause(pause)


def next_pause(pause: float) -> float:
    """Return how long to wait the next time.

    >>> next_pause(1.0), next_pause(200.0)
    (2.0, 300.0)
    """
    return min(2 * pause, LONGEST_PAUSE_SECONDS)


def _one_life(follower: Sequence[str], service: int, parent: Callable[[], int]) -> float:
    """Run the follower until it ends or the service does; return how many seconds it lived."""
    seconds = 0.0
    try:
        child = subprocess.Popen(follower, stdin=subprocess.DEVNULL)  # noqa: S603
    except OSError as error:
        sys.stderr.write(f"the follower cannot be started: {error}\n")
        return seconds
    while child.poll() is None and parent() == service:
        time.sleep(STEP_SECONDS)
        seconds += STEP_SECONDS  # counted in steps, so no clock can jump
    if child.poll() is None:
        child.terminate()
        child.wait()
    return seconds


def _rest(seconds: float, service: int, parent: Callable[[], int]) -> None:
    for _ in range(int(seconds / STEP_SECONDS)):
        if parent() != service:
            return
        time.sleep(STEP_SECONDS)


def split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the two commands; a service by itself has no divider.

    >>> split(["a", "b", "--", "c", "--d"])
    (['a', 'b'], ['c', '--d'])
    """
    words = list(arguments)
    if DIVIDER not in words:
        return [], words
    place = words.index(DIVIDER)
    return words[:place], words[place + 1 :]


if __name__ == "__main__":
    launch(sys.argv[1:])
