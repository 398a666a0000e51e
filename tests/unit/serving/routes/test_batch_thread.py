"""Batches are counted in one thread, and nothing is collected while many objects are made."""

import asyncio
import gc
import threading

import pytest

from serving.routes.batch_thread import in_thread, nothing_collected


def test_calls_wait_for_each_other_in_a_thread_of_their_own():
    async def both():
        return await asyncio.gather(*(in_thread(threading.get_ident) for _ in range(3)))

    found = asyncio.run(both())
    assert len(set(found)) == 1
    assert found[0] != threading.get_ident()


def test_collecting_goes_on_afterwards_even_after_a_mistake():
    seen = []

    def fail():
        with nothing_collected():
            seen.append(gc.isenabled())
            raise ValueError("x")

    with pytest.raises(ValueError, match="x"):
        fail()
    assert seen == [False]
    assert gc.isenabled()


def test_where_it_was_off_it_stays_off():
    gc.disable()
    try:
        with nothing_collected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
