"""What a solver prints goes to stderr: stdout is data.

HiGHS up to 1.12 prints a line of its own to the stdout of C when it repairs a solution, whatever
it is told (ERGO-Code/HiGHS#2783); a reader of our JSON would trip over it.
"""

import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_ONE_AT_A_TIME = threading.Lock()
"""Two threads that redirect at once would each put back what the other had set."""


@contextmanager
def solver_on_stderr() -> Iterator[None]:
    """Send what is printed below Python to stderr until the block ends."""
    with _ONE_AT_A_TIME:
        sys.stdout.flush()
        kept = os.dup(1)
        os.dup2(2, 1)
        try:
            yield
        finally:
            _flush()
            os.dup2(kept, 1)
            os.close(kept)


def _flush() -> None:
    """Empty the buffers of C, which would end up in the stdout of later."""
    try:
        ctypes.CDLL(None).fflush(None)
    except (OSError, TypeError, AttributeError):  # a system where the library is not found so
        return
