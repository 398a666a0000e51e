"""A version is what its tags say, and a version from before has the usual effort."""

import pytest

from models.boosting import EFFORTS
from models.published import EFFORT_TAG, ROLLED_BACK_TAG, VERSION_TAG, Published


def of(tags):
    return Published.of_tags(tags, name="m", number="3", run_id="r", created=1)


@pytest.mark.parametrize("effort", EFFORTS)
def test_the_tags_come_back(effort):
    tags = {EFFORT_TAG: effort, VERSION_TAG: "a", ROLLED_BACK_TAG: "true"}
    found = of(tags)
    assert (found.effort, found.artifact, found.rolled_back) == (effort, "a", True)


@pytest.mark.parametrize("tags", [{}, {EFFORT_TAG: "heroic"}])
def test_where_nothing_or_nonsense_is_written_the_usual_holds(tags):
    found = of(tags)
    assert found.effort == "normal"
    assert not found.rolled_back
    assert found.artifact == found.code == found.training == ""
