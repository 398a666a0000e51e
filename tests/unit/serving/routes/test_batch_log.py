"""Batches and the log on SQLite; tests/integration/test_batch_postgresql.py is on PostgreSQL."""

from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serving.decision_log.log import DecisionLog
from serving.decision_log.settings import LogSettings
from tests.batch_checks import *  # noqa: F403
from tests.batch_checks import (
    Caller,
    away,
    decisions_in,
    failing,
    kept_and_not_heard,
    kept_ids,
    kept_too_late,
    rows_of,
    statuses,
)
from tests.unit.serving.test_openapi import validator


@pytest.fixture
def log_url(tmp_path):
    return f"sqlite:///{tmp_path / 'home' / 'decisions.db'}"


def test_what_is_told_fits_the_document(caller):
    for _ in range(2):
        validator("BatchAnswer").validate(caller.send(key="b").json())


SOME_DEALS: st.SearchStrategy[list[Any]] = st.lists(
    st.sampled_from([None, {"amount": "much"}, {}, {"id": "D", "facts": {"amount": 5}}]),
    min_size=1, max_size=12,
)  # fmt: skip
BREAKS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from([away, kept_and_not_heard, kept_too_late])),
    max_size=3,
)  # fmt: skip


@settings(max_examples=12)
@given(deals=SOME_DEALS, breaks=BREAKS, stream=st.booleans())
def test_however_often_it_breaks_off_each_row_is_kept_once_and_what_was_told_stands(
    deals, breaks, stream
):
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("serving.routes.batch.DEALS_AT_ONCE", 3)
        log = DecisionLog.open(LogSettings(url=f"sqlite:///{folder}/d.db", patience_s=20))
        caller, query = Caller(log), "?stream=true" if stream else ""
        told: dict[int, Any] = {}
        for after, how in breaks:
            mend = failing(log, after, how)
            reply = caller.send(deals, key="b", query=query)
            mend()
            for row, one in decisions_in(reply).items() if reply.status_code == 200 else ():
                assert told.setdefault(row, one) == one
        whole, again = (caller.send(deals, key="b", query=query) for _ in range(2))
        good = [row for row, deal in enumerate(deals) if deal is not None and "amount" not in deal]
        assert statuses(whole) == [200 if row in good else 422 for row in range(len(deals))]
        assert told.items() <= decisions_in(whole).items()
        assert rows_of(log) == dict.fromkeys(good, 1)
        assert not good or again.content == whole.content
        assert len(kept_ids(log)) == bool(good)
        log.close()
