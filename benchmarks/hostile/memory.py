"""The memory of a service's processes over a while, and whether it grows."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.stats import t as student_t

from benchmarks.hostile.processes import memory_kib
from benchmarks.hostile.service import Service

WINDOW_SECONDS = 20.0


@dataclass
class Memory:
    """Samples of what every process holds by itself, in KiB, at seconds."""

    samples: dict[str, list[tuple[float, float]]] = field(default_factory=dict)

    def look(self, service: Service, seconds: float) -> None:
        """Add what every process holds now; a look of the follower passes and is left out."""
        for pid, role in service.roles().items():
            found = memory_kib(pid)
            if found and role not in {"look", "other"}:
                self.samples.setdefault(f"{role} {pid}", []).append((seconds, found["Pss_Anon"]))

    def growth_mib(self, first: float, last: float, since: float = 0.0) -> dict[str, float]:
        """Return how much each process holds more in the last part than in the first, in MiB.

        The least of the samples from ``since`` to ``first`` seconds and from ``last`` seconds on:
        what a large request needs for a moment is no growth.
        """
        grown = {}
        for name, samples in self.samples.items():
            early = [kib for at, kib in samples if since <= at <= first]
            late = [kib for at, kib in samples if at >= last]
            if early and late:
                grown[name] = round((min(late) - min(early)) / 1024, 2)
        return grown

    def slope_mib_an_hour(self, since: float) -> dict[str, tuple[float, float]]:
        """Return how fast each process grows from then on, and the half of its 95 % interval."""
        return {
            name: slope([(at, kib / 1024) for at, kib in lows(samples) if at >= since])
            for name, samples in self.samples.items()
        }

    def now_mib(self) -> dict[str, float]:
        """Return what every process held at the last look."""
        return {name: round(found[-1][1] / 1024, 1) for name, found in self.samples.items()}


def lows(samples: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the lowest sample of each window: between them lies what waits to be collected.

    >>> lows([(0, 5.0), (5, 3.0), (15, 4.0), (21, 9.0)])
    [(5, 3.0), (21, 9.0)]
    """
    windows: dict[int, tuple[float, float]] = {}
    for at, kib in samples:
        kept = windows.setdefault(int(at // WINDOW_SECONDS), (at, kib))
        if kib < kept[1]:
            windows[int(at // WINDOW_SECONDS)] = (at, kib)
    return list(windows.values())


def slope(samples: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the slope of a line through samples, an hour, and the half of its 95 % interval.

    The slope is that of Theil and Sen: one step, as of an allocator that takes a block, tilts no
    line. The interval is that of the least squares, wide where there are few samples.

    >>> slope([(0, 1.0), (1800, 2.0), (3600, 3.0), (5400, 4.0)])[0]
    2.0
    """
    if len(samples) < 4:
        return float("nan"), float("nan")
    t, y = (
        np.array(column) / scale
        for column, scale in zip(zip(*samples, strict=True), (3600, 1), strict=True)
    )
    i, j = np.triu_indices(len(t), 1)
    middle = float(np.median((y[j] - y[i]) / (t[j] - t[i])))
    rest = y - y.mean() - middle * (t - t.mean())
    spread = np.sqrt((rest**2).sum() / (len(t) - 2) / ((t - t.mean()) ** 2).sum())
    return round(middle, 3), round(float(student_t.ppf(0.975, len(t) - 2) * spread), 3)
