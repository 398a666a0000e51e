"""The thread in which batches are counted, so that other requests are answered in between."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Found = TypeVar("Found")
_THREAD = ThreadPoolExecutor(max_workers=1, thread_name_prefix="batch")


async def in_thread(call: Callable[[], Found]) -> Found:
    """Return what a call gives, made after those that wait already."""
    return await asyncio.get_running_loop().run_in_executor(_THREAD, call)
