"""The keys of rows: no two are the same, and nobody can send one."""

import asyncio
from string import printable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serving.decision_log.batch_rows import MOST_ASKED, kept_answers, kept_rows, row_key
from serving.decision_log.errors import KeyUsedTwiceError
from serving.decision_log.log import DecisionLog
from serving.decision_log.settings import LogSettings
from serving.decision_log.tables import LONGEST_ID
from tests.logged import asker, decided

KEYS = st.text(printable, min_size=1, max_size=200)
PLACES = st.integers(0, 9_999)


@given(one=st.tuples(KEYS, PLACES), other=st.tuples(KEYS, PLACES))
def test_a_key_of_a_row_is_its_own_and_no_caller_can_send_it(one, other):
    assert (row_key(*one) == row_key(*other)) == (one == other)
    assert not row_key(*one).isascii()
    assert len(row_key(*one)) <= LONGEST_ID


@pytest.fixture
def log(tmp_path):
    log = DecisionLog.open(LogSettings(url=f"sqlite:///{tmp_path / 'd.db'}", patience_s=20))
    yield log
    log.close()


def kept(log, key_id="k", key="b", request_hash="h", rows=2 * MOST_ASKED + 2):
    return kept_rows(log.reader, key_id, key, request_hash, rows=rows)


def test_what_is_kept_is_found_wherever_it_stands(log):
    def row(place, key):
        who = asker("k", idempotency_key=key, request_hash="h", request_id="r")
        return decided(who=who, batch_id="b-1", batch_row=place)

    last = 2 * MOST_ASKED + 1
    records = [row(1, "b"), *(row(place, row_key("b", place)) for place in (2, MOST_ASKED, last))]
    asyncio.run(log.append_each(records))
    found = kept(log)
    assert {place: one.id for place, one in found.items()} == {
        one.batch_row: one.id for one in records
    }
    assert [one.is_head for one in found.values()].count(True) == 1
    assert found[1].is_head
    assert (found[1].batch_id, found[1].request_id, found[1].language) == ("b-1", "r", "fr")
    assert set(kept(log, rows=MOST_ASKED)) == {1, 2}
    assert kept(log, key_id="another") == kept(log, key="c") == {}
    with pytest.raises(KeyUsedTwiceError):
        kept(log, request_hash="other")
    answers = kept_answers(log.reader, [records[0].id, "nothing"])
    assert answers.keys() == {records[0].id}
    assert answers[records[0].id].answer == records[0].answer


def test_the_key_of_one_decision_is_not_that_of_a_batch(log):
    who = asker("k", idempotency_key="b", request_hash="h")
    asyncio.run(log.append(decided(who=who)))
    with pytest.raises(KeyUsedTwiceError):
        kept(log)
