"""A bucket of tokens for each key: so many requests a second, and a burst of some more."""

import time
from collections.abc import Callable


class TokenBuckets:
    """One bucket a key, filled at ``rate`` tokens a second up to ``burst``; 0 is no limit.

    There are never more buckets than keys that exist, since only those get here. Each worker has
    its own, so that all together let through as many times more.
    """

    def __init__(
        self, rate: float, burst: float, ticks: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate, self._burst, self._ticks = rate, max(burst, 1.0), ticks
        self._buckets: dict[str, tuple[float, float]] = {}

    def seconds_to_wait(self, key_id: str, cost: float = 1.0) -> float:
        """Take ``cost`` tokens and return 0, or take none and return when there will be enough.

        What costs more than a whole bucket takes a full one.

        >>> buckets = TokenBuckets(2, 2, ticks=lambda: 0.0)
        >>> [buckets.seconds_to_wait("crm") for _ in range(3)]
        [0.0, 0.0, 0.5]
        """
        if not self._rate:
            return 0.0
        now, cost = self._ticks(), min(cost, self._burst)
        left, since = self._buckets.get(key_id, (self._burst, now))
        left = min(self._burst, left + (now - since) * self._rate)
        if left < cost:
            self._buckets[key_id] = (left, now)
            return (cost - left) / self._rate
        self._buckets[key_id] = (left - cost, now)
        return 0.0
