"""The tables of a run."""

from collections.abc import Mapping, Sequence

from benchmarks.serving.client import Load
from benchmarks.serving.figures import by_name, median_of

HEAD = (
    f"{'':<14}{'connections':>12}{'answers/s':>12}{'p50 ms':>10}{'p99 ms':>10}"
    f"{'cpu us':>10}{'client us':>11}{'errors':>8}"
)


def load_table(seen: Mapping[int, Sequence[Mapping[str, Load]]]) -> str:
    """Return the medians of each target over the rounds; cpu is the server's, for one answer."""
    lines = [HEAD]
    for connections, rounds in seen.items():
        for name, loads in by_name(rounds).items():
            lines.append(
                f"{name:<14}{connections:>12}{median_of(loads, lambda one: one.per_second):>12,.0f}"
                f"{median_of(loads, lambda one: one.p50_ms):>10.2f}"
                f"{median_of(loads, lambda one: one.p99_ms):>10.2f}"
                f"{median_of(loads, lambda one: one.server_cpu_us):>10,.0f}"
                f"{median_of(loads, lambda one: one.client_cpu_us):>11,.0f}"
                f"{sum(one.errors for one in loads):>8}"
            )
    return "\n".join(lines)
