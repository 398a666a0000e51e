"""Verdicts are remembered by what was tried, so that damage never sticks to a version."""

import pytest

from serving.champion.record import MOST_REMEMBERED, MOST_UNDECIDED, TrialRecord, content_digest
from serving.champion.trial import Trial

SOUND = Trial(outcome="sound", policy="p", golden=(0.5, None))
BAD = Trial(outcome="bad", reason="r")


@pytest.fixture
def record(tmp_path):
    return TrialRecord(tmp_path / "shop.trials")


@pytest.mark.parametrize("trial", [SOUND, BAD])
def test_verdicts_are_kept(record, trial):
    assert record.verdict("d") is None
    assert record.note("d", trial) == record.verdict("d") == trial
    assert TrialRecord(record.place).verdict("d") == trial


def test_an_interrupted_trial_leaves_no_trace(record):
    record.note("d", Trial(outcome="interrupted"))
    assert record.verdict("d") is None
    assert not record.place.exists()


def test_no_verdict_too_often_is_one(record):
    undecided = Trial(outcome="undecided", reason="too slow")
    for _ in range(MOST_UNDECIDED - 1):
        assert record.note("d", undecided) == undecided
        assert record.verdict("d") is None
    assert record.note("d", undecided).outcome == "bad"
    assert record.verdict("d") == record.note(
        "e", Trial(outcome="bad", reason="too slow, 3 times")
    )


@pytest.mark.parametrize("text", ["", "{", "[]", '{"d": 3}', '{"d": {"trial": {"x": 1}}}', "\xff"])
def test_a_record_that_cannot_be_read_is_begun_anew(record, text):
    record.place.write_text(text, encoding="latin-1")
    assert record.verdict("d") is None
    record.note("d", BAD)
    assert record.verdict("d") == BAD


def test_the_oldest_is_forgotten(record):
    for number in range(MOST_REMEMBERED + 1):
        record.note(str(number), BAD)
    assert record.verdict("0") is None
    assert record.verdict("1") == BAD


def test_the_digest_is_of_every_byte_and_of_every_name(tmp_path):
    (tmp_path / "a").write_bytes(b"1")
    one = content_digest(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    two = content_digest(tmp_path)
    (tmp_path / "b").write_bytes(b"2")
    three = content_digest(tmp_path)
    nowhere = content_digest(tmp_path / "nowhere")
    assert len({one, two, three, nowhere}) == 4
    (tmp_path / "b").write_bytes(b"1")
    assert content_digest(tmp_path) == two
