"""Knockouts: the days on which they count, and who may waive them for how long."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from features.deal import Waiver
from features.policy import load_policy
from features.policy.knockouts import Period, WaiverTerms
from tests.unit.features.policy.test_mistakes import EVERY_SETTING

POLICY = load_policy(EVERY_SETTING)
KNOCKOUTS = {one.id: one for one in POLICY.knockouts}
DAY = date(2026, 1, 5)


def waiver(**changes):
    given = {"knockout": "distressed_equipment", "by": "finance", "reason": "a parent's guarantee",
             "granted_on": DAY, "until": DAY + timedelta(days=30)}  # fmt: skip
    return Waiver(**{**given, **changes})


def test_both_ends_of_a_period_are_in_it():
    period = Period.model_validate({"from": "2026-01-05", "until": "2026-01-07"})
    days = [DAY + timedelta(days=n) for n in range(-1, 4)]
    assert [period.holds_on(day) for day in days] == [False, True, True, True, False]
    assert Period.model_validate({"from": "2026-01-05"}).holds_on(date(2099, 1, 1))
    assert Period.model_validate({"until": "2026-01-05"}).holds_on(date(1999, 1, 1))


@pytest.mark.parametrize("days", [{}, {"from": "2026-01-05", "until": "2026-01-04"}, {"since": 1}])
def test_a_period_without_days_or_with_none_in_it_is_refused(days):
    with pytest.raises(ValidationError):
        Period.model_validate(days)


def test_the_knockouts_on_a_day_are_those_in_effect_in_the_policys_order():
    before = [one.id for one in POLICY.knockouts_on(date(2024, 12, 31))]
    assert before == ["insolvent_customer", "too_late", "thin"]
    assert POLICY.knockouts_on(DAY) == POLICY.knockouts


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"by": "head of sales"}, True),
        ({"by": "intern"}, False),
        ({"knockout": "too_late"}, False),
        ({"granted_on": DAY + timedelta(days=1)}, False),
        ({"granted_on": DAY - timedelta(days=20), "until": DAY - timedelta(days=1)}, False),
        ({"granted_on": DAY - timedelta(days=20), "until": DAY}, True),
        ({"until": DAY + timedelta(days=31)}, False),  # longer than anybody may waive it
    ],
)
def test_a_waiver_counts_from_who_may_on_its_days_and_no_longer_than_allowed(changes, counts):
    given = (waiver(by="intern"), waiver(**changes))
    assert KNOCKOUTS["distressed_equipment"].is_waived(given, DAY) is counts


def test_a_knockout_that_nobody_may_waive_is_never_waived():
    knockout = KNOCKOUTS["insolvent_customer"]
    assert not knockout.is_waived((waiver(knockout=knockout.id),), DAY)


def test_a_waiver_has_somebody_to_grant_it():
    for by in ([], [""]):
        with pytest.raises(ValidationError):
            WaiverTerms.model_validate({"by": by})


def test_a_knockout_looks_at_the_fields_of_its_segments_too():
    assert "deliverable" in KNOCKOUTS["distressed_equipment"].fields
    assert "deliverable" not in KNOCKOUTS["distressed_equipment"].rule.fields()
