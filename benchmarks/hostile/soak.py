"""A long load at a share of the peak: no error, and no memory that grows.

The peak is what 16 connections get that each wait for their answers. Then the same mix comes at a
fixed rate. Every five seconds the memory of each process is looked at; flat is what grows by less
than 5 MiB an hour at the slope of the last two thirds, or by no more than the samples scatter.
"""

import asyncio
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.hostile.home import demo_home, market_deals
from benchmarks.hostile.load import Facts, Heard, Load, Mix
from benchmarks.hostile.memory import Memory
from benchmarks.hostile.service import Service, running

PEAK_SECONDS = 10.0
WARM_SECONDS = 3.0
EVERY_SECONDS = 5.0
MOST_MIB_AN_HOUR = 5.0


def soak(home: Path, *, minutes: float, share: float = 0.8, workers: int = 2):
    """Run the judge in an empty home, and return what it found, as plain data."""
    places = demo_home(home)
    deals = market_deals()
    with running(places, workers=workers) as service:
        told = asyncio.run(_soaked(service, deals, minutes=minutes, share=share))
        told["exit_status"] = service.stop()
    return told


async def _soaked(service: Service, deals: Sequence[Facts], *, minutes: float, share: float):
    seconds, memory = 60 * minutes, Memory()
    peak = await _peak(service, deals)
    sys.stderr.write(f"peak: {peak:.0f} requests a second\n")
    heard = Heard()
    load = Load(service.port, Mix(deals, heard, seed=8), heard)
    watching = asyncio.create_task(_watched(service, memory))
    began = time.monotonic()
    await load.so_many_a_second(share * peak, seconds)
    took = time.monotonic() - began
    watching.cancel()
    slopes = memory.slope_mib_an_hour(since=seconds / 3)
    flat = all(_is_flat(one, half) for one, half in slopes.values())
    kept_up = took < seconds + 5
    return {
        "holds": bool(flat and not heard.errors and kept_up),
        "peak_a_second": round(peak, 1),
        "rate_a_second": round(share * peak, 1),
        "seconds": round(took, 1),
        "requests": heard.count,
        "errors": dict(heard.errors),
        "median_ms": heard.milliseconds(0.5),
        "p99_ms": heard.milliseconds(0.99),
        "longest_ms": heard.milliseconds(1.0),
        "flat": flat,
        "mib_an_hour": {
            name: {"slope": one, "give or take": h} for name, (one, h) in slopes.items()
        },
        "grown_mib": memory.growth_mib(seconds / 3 + 15, seconds - 15),
        "memory_mib": memory.now_mib(),
    }


async def _peak(service: Service, deals: Sequence[Facts]) -> float:
    heard = Heard()
    load = Load(service.port, Mix(deals, heard), heard)
    await load.as_fast_as_it_answers(WARM_SECONDS)
    return await load.as_fast_as_it_answers(PEAK_SECONDS)


async def _watched(service: Service, memory: Memory) -> None:
    began = time.monotonic()
    while True:
        await asyncio.to_thread(memory.look, service, time.monotonic() - began)
        await asyncio.sleep(EVERY_SECONDS)


def _is_flat(slope: float, half: float) -> bool:
    """Return whether a slope is small, or may be none.

    >>> _is_flat(3.0, 0.1), _is_flat(9.0, 10.0), _is_flat(9.0, 1.0), _is_flat(-9.0, 1.0)
    (True, True, False, True)
    """
    return slope < MOST_MIB_AN_HOUR or slope < half
