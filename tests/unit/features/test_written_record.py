"""Records that people write: every entry must be there, and every problem is noted."""

from datetime import date

import pytest

from features.phrase import Phrase
from features.written_record import LONGEST_TEXT, RecordReader


def reader(written):
    return RecordReader(written, "here", called=Phrase("a note"), settings=("by", "on"))


def test_what_is_well_written_is_read():
    record = reader({"by": " Ann ", "on": "2026-03-01"})
    assert (record.text("by"), record.day("on")) == ("Ann", date(2026, 3, 1))
    assert record.problems == []


@pytest.mark.parametrize("wrong", [5, "  ", "x" * (LONGEST_TEXT + 1)])
def test_every_problem_is_noted_with_its_place(wrong):
    record = reader({"by": wrong, "on": "someday"})
    assert (record.text("by"), record.day("on")) == (None, None)
    assert [one.where for one in record.problems] == ["here.by", "here.on"]


def test_what_is_missing_is_said_with_all_that_belongs_there():
    record = reader("no record")
    assert record.text("by") is None
    assert record.problems[0].hint == "a note has by, on"
