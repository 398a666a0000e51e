"""Who has been judged by which deals, and how often."""

import json
from dataclasses import replace

import pytest

from reports.promotion import HoldoutSummary
from training.promotion.readings import Reading, attempts_on


def holdout(since="2025-01-01", until="2025-03-31", fingerprint="h"):
    return HoldoutSummary(
        kind="time", deals=100, won=40, groups=90, n_splits=1, since=since, until=until,
        fingerprint=fingerprint,
    )  # fmt: skip


def reading(candidate, since="2025-01-01", until="2025-03-31", fingerprint="h"):
    return Reading(
        candidate=candidate, champion="c", holdout=fingerprint, since=since, until=until,
        verdict="promoted", run_id="r",
    )  # fmt: skip


def test_a_candidate_counts_once_however_often_it_comes():
    seen = [reading("a"), reading("b"), reading("a")]
    assert attempts_on(holdout(), [], "a") == 1
    assert attempts_on(holdout(), seen, "a") == 2
    assert attempts_on(holdout(), seen, "c") == 3


@pytest.mark.parametrize(
    ("since", "until", "attempts"),
    [
        ("2025-01-08", "2025-04-07", 2),  # a week later it is the same holdout in all but name
        ("2025-03-25", "2025-06-30", 1),
        ("2024-01-01", "2024-12-31", 1),
        (None, None, 1),
    ],
)
def test_holdouts_that_share_most_of_their_time_are_one(since, until, attempts):
    assert attempts_on(holdout(since, until, "other"), [reading("a")], "b") == attempts


def test_a_reading_survives_being_written_down():
    one = reading("a", None, None)
    assert Reading.from_text(one.to_text()) == one
    assert one.key != reading("b", None, None).key


def test_a_reading_by_which_nobody_could_win_is_no_attempt_and_old_ones_are():
    looked = replace(reading("a"), counts=False)
    assert attempts_on(holdout(), [looked], "b") == 1
    assert attempts_on(holdout(), [reading("a"), looked], "b") == 2
    assert Reading.from_text(looked.to_text()) == looked
    old = {key: value for key, value in json.loads(reading("a").to_text()).items()
           if key != "counts"}  # fmt: skip
    assert Reading.from_text(json.dumps(old)).counts
