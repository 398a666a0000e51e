"""The thread in which batches are counted, so that other requests are answered in between."""

import asyncio
import gc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

Found = TypeVar("Found")
_THREAD = ThreadPoolExecutor(max_workers=1, thread_name_prefix="batch")


async def in_thread(call: Callable[[], Found]) -> Found:
    """Return what a call gives, made after those that wait already."""
    return await asyncio.get_running_loop().run_in_executor(_THREAD, call)


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Keep Python from looking for cycles while many objects are made, none of which is in one.

    It would walk through all of them, and all of the service, time and again: a fifth of the work.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
