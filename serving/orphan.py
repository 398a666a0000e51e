"""A worker whose parent was killed ends too: an orphan would hold the port for ever."""

import os
import signal
import sys
import threading
import time

LOOK_SECONDS = 0.5
WORKER = "_bentoml_impl.worker"
"""The module that BentoML runs a worker as; anything else has a shell for a parent."""


def is_worker() -> bool:
    """Return whether this process is one of BentoML's workers."""
    spec = getattr(sys.modules.get("__main__"), "__spec__", None)
    return spec is not None and str(spec.name).startswith(WORKER)


def end_with_parent() -> None:
    """From now on, end this process as gracefully as SIGTERM does when its parent is gone."""
    threading.Thread(target=_watch, args=(os.getppid(),), name="orphan", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
