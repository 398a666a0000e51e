"""``python -m qualifox.launch FOLLOWER -- SERVICE``: two processes that end together.

The follower is started first, and this process becomes the service: its id, its signals and its
exit status are the service's own. The follower ends as soon as its parent is another.
"""

import os
import subprocess
import sys
from collections.abc import Sequence

DIVIDER = "--"


def launch(arguments: Sequence[str]) -> None:
    """Start the one command, and become the other."""
    follower, service = split(arguments)
    if follower:
        subprocess.Popen(follower, stdin=subprocess.DEVNULL)  # noqa: S603
    os.execv(service[0], service)  # noqa: S606


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
