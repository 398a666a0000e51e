"""The facts of our own decision log: what was known of a deal each time it was scored."""

import json
from typing import Any

import numpy as np
import pyarrow as pa

from features.errors import Problem
from training.sources.raw_table import RawTable

MOST_EXAMPLES = 3


def logged_facts(raw: RawTable, facts: pa.Array) -> tuple[dict[str, pa.Array], list[Problem]]:
    """Return the facts as texts by field, each of shape (n_rows,), and what cannot be read.

    A fact that a decision does not name was unknown to it.
    """
    encoded = facts.dictionary_encode()
    read = [_read(text) for text in encoded.dictionary.to_pylist()]
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    bad = np.array([*(facts is None for facts in read), True])[codes]
    problems = [
        Problem(
            where=raw.place(int(row)),
            what="the facts are not a JSON object",
            hint='they read like {"budget": 12000, "tender": true}',
        )
        for row in np.flatnonzero(bad)[:MOST_EXAMPLES]
    ]
    distinct = [facts or {} for facts in read]
    rows = pa.array(codes, pa.int64(), mask=codes < 0)
    return {
        name: pa.array([_text(facts.get(name)) for facts in distinct], pa.string()).take(rows)
        for name in sorted({name for facts in distinct for name in facts})
    }, problems


def _read(text: str) -> dict[str, Any] | None:
    try:
        facts = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return None
    return facts if isinstance(facts, dict) else None


def _text(fact: object) -> str | None:
    if fact is None or isinstance(fact, str):
        return fact or None
    return json.dumps(fact, ensure_ascii=False)
