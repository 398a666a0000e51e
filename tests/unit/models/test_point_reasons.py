"""Points as reasons: what is earned, what is open, what is missed; together they say it all."""

from models.contributions import points_lost
from models.point_reasons import MOST_POINTS_LOST, points_earned, points_missed
from models.scorecard import CriterionState, judge_criteria


def test_what_is_earned_and_missed_is_told_and_nothing_twice(policy, make_deal):
    verdicts = judge_criteria(policy, make_deal(amount=2_000_000.0, authority="High"))
    earned = {one.about: one.contribution for one in points_earned(verdicts)}
    missed = {one.about: one.contribution for one in points_missed(verdicts)}
    assert earned["very_large"] == -15.0
    assert "very_large" not in missed  # it costs just what it takes away
    assert len(missed) <= MOST_POINTS_LOST
    for verdict in verdicts:
        if verdict.criterion.id in missed:
            assert missed[verdict.criterion.id] == points_lost(verdict) < 0
        open_one = verdict.state is CriterionState.TO_COMPLETE
        assert not (open_one and verdict.criterion.id in missed)
