"""Decisions a second into the log, in groups and with a commit per row, side by side.

``python -m benchmarks.serving.log_appends [URL]``: 16 appenders in one process, rounds that take
turns, medians and their ratio. Without a URL, a SQLite file in a folder that goes away.
"""

import asyncio
import json
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from statistics import median

from features import parse_policy
from features.deal import Deal
from models.qualifier import Qualifier
from serving.decision_log.database import open_database
from serving.decision_log.log import DecisionLog
from serving.decision_log.migration import migrate
from serving.decision_log.records import Asker, DecisionRecord
from serving.decision_log.replay import rendered
from serving.decision_log.settings import LogSettings

APPENDERS, ROUNDS, SECONDS = 16, 4, 2.0
POLICY = b"""
policy: appends
title: {en: Appends, fr: Ajouts}
deals: {outcome: {column: Status, won: [Won], lost: [Lost]}}
fields: {amount: {type: number}, need: {type: category}}
criteria: [{id: large, when: {amount: {above: 10}}, points: 5, label: {en: Large, fr: Grande}}]
decision: {go_at: {p_win: 0.5}}
"""


def one_decision() -> DecisionRecord:
    qualifier, facts = Qualifier(parse_policy(POLICY)), {"amount": 17.5}
    (decision,) = qualifier.decide([Deal(id="D", as_of=date(2026, 1, 5), facts=facts)])
    return DecisionRecord(
        asker=Asker(at=datetime.now(UTC)),
        decision=decision,
        facts=facts,
        answer=rendered(decision, qualifier.policy, "en"),
        language="en",
        latency_us=1,
    )


def appended(settings: LogSettings, seconds: float) -> tuple[float, float]:
    """Return decisions a second, and the p99 of one append in milliseconds."""
    log, record, waits = DecisionLog.open(settings), one_decision(), list[float]()

    async def appender(end: float) -> None:
        while (began := time.perf_counter()) < end:
            await log.append(replace(record, id=""))
            waits.append(time.perf_counter() - began)

    async def load() -> None:
        end = time.perf_counter() + seconds
        await asyncio.gather(*(appender(end) for _ in range(APPENDERS)))

    asyncio.run(load())
    log.close()
    return len(waits) / seconds, 1000 * sorted(waits)[int(0.99 * len(waits))]


def measure(url: str, *, rounds: int = ROUNDS, seconds: float = SECONDS) -> dict[str, float]:
    database = open_database(url)
    migrate(database.writing)
    database.close()
    grouped = LogSettings(url=url)
    alone = replace(grouped, most_at_once=1)
    pairs = [(appended(grouped, seconds), appended(alone, seconds)) for _ in range(rounds)]
    return {
        "grouped_per_second": median(one[0] for one, _ in pairs),
        "grouped_p99_ms": median(one[1] for one, _ in pairs),
        "alone_per_second": median(two[0] for _, two in pairs),
        "alone_p99_ms": median(two[1] for _, two in pairs),
        "ratio": median(one[0] / two[0] for one, two in pairs),
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        place = sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{folder}/decisions.db"
        print(json.dumps(measure(place), indent=1))
