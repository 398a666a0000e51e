"""The tables of a run."""

from collections.abc import Mapping, Sequence

from benchmarks.serving.batch import Taken, times
from benchmarks.serving.client import Load
from benchmarks.serving.figures import by_name, median_of
from benchmarks.serving.start import Start

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
                f"{name:<14}{connections:>12}"
                f"{median_of(loads, lambda one: one.per_second):>12,.0f}"
                f"{median_of(loads, lambda one: one.p50_ms):>10.2f}"
                f"{median_of(loads, lambda one: one.p99_ms):>10.2f}"
                f"{median_of(loads, lambda one: one.server_cpu_us):>10,.0f}"
                f"{median_of(loads, lambda one: one.client_cpu_us):>11,.0f}"
                f"{sum(one.errors for one in loads):>8}"
            )
    return "\n".join(lines) + "\n"


def errors_told(seen: Mapping[int, Sequence[Mapping[str, Load]]]) -> str:
    """Return what some of the failed requests were told; nothing where none failed."""
    return "\n".join(
        f"{name}, {connections} connections: {told}"
        for connections, rounds in seen.items()
        for one in rounds
        for name, load in one.items()
        for told in load.told
    )


def start_table(rounds: Sequence[Mapping[str, Start]]) -> str:
    """Return the median start of each server, and its memory after its requests."""
    lines = [f"{'':<14}{'starts':>8}{'seconds':>10}{'cpu s':>10}{'PSS MB':>10}{'RSS MB':>10}"]
    for name, starts in by_name(rounds).items():
        lines.append(
            f"{name:<14}{len(starts):>8}{median_of(starts, lambda one: one.seconds):>10.2f}"
            f"{median_of(starts, lambda one: one.cpu_seconds):>10.2f}"
            f"{median_of(starts, lambda one: one.pss_mb):>10.0f}"
            f"{median_of(starts, lambda one: one.rss_mb):>10.0f}"
        )
    return "\n".join(lines) + "\n"


def batch_table(seen: Mapping[str, Sequence[Mapping[str, Taken]]], size: str, rows: int) -> str:
    """Return the median time of each way to answer about many deals."""
    lines = [f"{f'{rows:,} rows, {size}':<40}{'ms':>10}{'cpu ms':>10}{'times':>10}"]
    for form, rounds in seen.items():
        for name, taken in by_name(rounds).items():
            told, ours = f"{name} + parsing", ""
            if name == form:
                told, ours = f"reasons={name}", f"{times(form, rounds):.2f}"
            lines.append(
                f"{told:<40}{median_of(taken, lambda one: one.ms):>10.0f}"
                f"{median_of(taken, lambda one: one.cpu_ms):>10.0f}{ours:>10}"
            )
    return "\n".join(lines) + "\n"
