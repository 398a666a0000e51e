"""The canary set: what a version must answer, soundly and twice the same, before it answers.

The canary deals are some of the reference deals that lie in the artifact, and one deal of which
nothing is known. They prove nothing about how good a model is, only that it is all there.
"""

import json
import math
from collections.abc import Sequence
from datetime import date

import numpy as np

from features.deal import Deal
from features.errors import ArtifactError
from features.table import DealTable
from features.texts import LANGUAGES
from models.qualifier import Qualifier
from reports.answer import answer

MOST_CANARIES = 24
CANARY_DAY = date(2026, 1, 1)
"""Any day does, as long as it stays: the reference deals keep their days relative to it."""
CLOSE = 1e-9
"""How far the same numbers may lie apart between two processes of one machine."""

Golden = tuple[float | None, ...]


def canary_deals(qualifier: Qualifier) -> tuple[Deal, ...]:
    """Return a deal without facts, and some of the reference deals with theirs."""
    nothing_known = Deal(as_of=CANARY_DAY, facts={})
    reference = None if qualifier.model is None else qualifier.model.reference
    if reference is None or not len(reference):
        return (nothing_known,)
    n_rows = min(MOST_CANARIES - 1, len(reference))
    rows = np.unique(np.linspace(0, len(reference) - 1, n_rows).astype(int))
    day = np.datetime64(CANARY_DAY)
    columns = reference.on(day)
    table = DealTable(
        ids=(None,) * len(rows),
        as_of=np.full(len(rows), day, dtype="datetime64[D]"),
        columns={name: column.take(rows) for name, column in columns.items()},
    )
    return (nothing_known, *(table.deal(row) for row in range(len(rows))))


def golden(qualifier: Qualifier) -> Golden:
    """Return p_win of every canary deal; raises `ArtifactError` where one is no probability."""
    deals = canary_deals(qualifier)
    p_win = qualifier.judge(DealTable.of(deals, qualifier.policy.fields)).p_win
    if p_win is None:
        return (None,) * len(deals)
    found = tuple(float(one) for one in p_win)
    if not all(math.isfinite(one) and 0.0 <= one <= 1.0 for one in found):
        raise ArtifactError("a canary deal is won with a probability that is none")
    return found


def answers_to_canaries(qualifier: Qualifier) -> str:
    """Return the whole answers, in every language, as text; raises where one is not finite."""
    decisions = qualifier.decide(canary_deals(qualifier))
    told = [answer(one, qualifier.policy, tongue) for one in decisions for tongue in LANGUAGES]
    try:
        return json.dumps(told, allow_nan=False, sort_keys=True)
    except ValueError:
        raise ArtifactError("an answer to a canary deal holds a number without end") from None


def require_same(first: str, second: str) -> None:
    """Refuse a version that answers otherwise when it is loaded again."""
    if first != second:
        raise ArtifactError("loaded twice, it answers differently")


def require_golden(found: Sequence[float | None], expected: Sequence[float | None]) -> None:
    """Refuse answers that are not those of the trial."""
    pairs = zip(found, expected, strict=False)
    if len(found) != len(expected) or not all(_same(a, b) for a, b in pairs):
        raise ArtifactError("the canary deals are not answered as they were in the trial")


def _same(found: float | None, expected: float | None) -> bool:
    if found is None or expected is None:
        return found is expected
    return abs(found - expected) <= CLOSE
