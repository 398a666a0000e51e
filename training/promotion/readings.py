"""How often a holdout has been read: the best of many equals looks better than it is."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from features.fingerprint import canonical_fingerprint
from reports.promotion import HoldoutSummary

SHARED = 0.5
"""Two holdouts are one when the shorter shares that much of its time with the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A candidate judged on a holdout beside a champion.

    ``candidate`` and ``champion`` are versions of artifacts, ``champion`` empty where there was
    none; ``holdout`` is the fingerprint of its deals; ``run_id`` the run that keeps the report.
    ``counts`` says that a candidate could win by it: then it is an attempt.
    """

    candidate: str
    champion: str
    holdout: str
    since: str | None
    until: str | None
    verdict: str
    run_id: str
    counts: bool = True

    @property
    def key(self) -> str:
        """What identifies the question that was answered."""
        return reading_key(self.candidate, self.champion, self.holdout)

    def to_text(self) -> str:
        """Return the reading as a line of JSON."""
        return json.dumps(asdict(self), sort_keys=True)

    @staticmethod
    def from_text(text: str) -> "Reading":
        """Return the reading that a line of JSON holds."""
        return Reading(**json.loads(text))


def reading_key(candidate: str, champion: str, holdout: str) -> str:
    """Return what identifies one candidate beside one champion on one holdout."""
    return canonical_fingerprint([candidate, champion, holdout])[:16]


def attempts_on(holdout: HoldoutSummary, readings: Iterable[Reading], candidate: str) -> int:
    """Return how many candidates a holdout has judged, with this one."""
    counting = (one for one in readings if one.counts and _same(one, holdout))
    return len({one.candidate for one in counting} - {candidate}) + 1


def _same(reading: Reading, holdout: HoldoutSummary) -> bool:
    if reading.holdout == holdout.fingerprint:
        return True
    if None in {reading.since, reading.until, holdout.since, holdout.until}:
        return False
    one, other = _days(reading.since, reading.until), _days(holdout.since, holdout.until)
    shared = min(one[1], other[1]) - max(one[0], other[0]) + 1
    return shared >= SHARED * min(one[1] - one[0] + 1, other[1] - other[0] + 1)


def _days(since: str | None, until: str | None) -> tuple[int, int]:
    return date.fromisoformat(since or "").toordinal(), date.fromisoformat(until or "").toordinal()
