"""What the tags of a version say of it; a version from before has the usual effort."""

from datetime import date

import pytest

from models.boosting import EFFORTS
from models.published import (
    EFFORT_TAG,
    PROVISIONAL_TAG,
    RECALIBRATED_TAG,
    ROLLED_BACK_TAG,
    VERSION_TAG,
    Published,
)


def published(**tags):
    return Published.of_tags(tags, name="m", number="1", run_id="r", created=0)


def test_a_version_without_tags_is_nothing_in_particular():
    found = published()
    assert (found.artifact, found.rolled_back, found.provisional) == ("", False, False)
    assert found.recalibrated is None
    assert found.learned_until(None) is None


def test_tags_say_who_was_taken_back_who_proved_nothing_and_who_was_moved():
    found = published(**{
        ROLLED_BACK_TAG: "true", PROVISIONAL_TAG: "true", RECALIBRATED_TAG: "2025-03-31",
    })  # fmt: skip
    assert (found.rolled_back, found.provisional) == (True, True)
    assert found.recalibrated == date(2025, 3, 31)
    assert not published(**{PROVISIONAL_TAG: "false"}).provisional


def test_the_last_day_is_that_of_the_training_or_of_the_move():
    moved = published(**{RECALIBRATED_TAG: "2025-03-31"})
    assert moved.learned_until(date(2024, 1, 1)) == date(2025, 3, 31)
    assert moved.learned_until(date(2025, 6, 1)) == date(2025, 6, 1)
    assert published().learned_until(date(2024, 1, 1)) == date(2024, 1, 1)


@pytest.mark.parametrize("effort", EFFORTS)
def test_the_tags_come_back(effort):
    tags = {EFFORT_TAG: effort, VERSION_TAG: "a", ROLLED_BACK_TAG: "true"}
    found = published(**tags)
    assert (found.effort, found.artifact, found.rolled_back) == (effort, "a", True)


@pytest.mark.parametrize("tags", [{}, {EFFORT_TAG: "heroic"}])
def test_where_nothing_or_nonsense_is_written_the_usual_holds(tags):
    found = published(**tags)
    assert found.effort == "normal"
    assert not found.rolled_back
    assert found.artifact == found.code == found.training == ""
