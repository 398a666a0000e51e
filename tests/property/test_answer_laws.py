"""Laws of the answer before any deal has closed: the points decide, the probability follows."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from numpy.typing import NDArray
from scipy.special import expit

from features import Deal, DealTable, Policy
from features.policy.criterion_columns import modelled_criteria
from features.texts import LANGUAGES
from models.knockouts import judge_policy
from models.qualifier import Qualifier
from models.scorecard import MOST_UNDECIDED, CriterionState, add_points, judge_criteria
from reports.answer import answer
from tests.property import strategies as made
from tests.property.worlds import World, worlds

half = settings(max_examples=settings().max_examples // 2)
some = settings(max_examples=settings().max_examples // 8)
"""For laws of whole answers, which are long."""
quickly = settings(phases=[Phase.generate])
Probabilities = Callable[[Policy, tuple[Deal, ...]], NDArray[np.float64] | None]


def p_win_of(policy: Policy, deals: tuple[Deal, ...]) -> NDArray[np.float64] | None:
    return Qualifier(policy).judge(DealTable.of(deals, policy.fields)).p_win


def points_of(policy: Policy, deal: Deal) -> float | None:
    """Return the points by the criteria that the model may see, None where one is open."""
    seen = {criterion.id for criterion in modelled_criteria(policy)}
    verdicts = [v for v in judge_criteria(policy, deal) if v.criterion.id in seen]
    if any(v.state is CriterionState.TO_COMPLETE for v in verdicts):
        return None
    return sum(verdict.points for verdict in verdicts)


def check_monotone(p_win_of: Probabilities, effort: settings = half) -> None:
    """Check that of two deals the one with more points is never the less likely one."""

    @given(worlds())
    @effort
    def law(world: World) -> None:
        policy = made.load(world.policy)
        deals = tuple(one for one in world.deals if points_of(policy, one) is not None)
        p_win = p_win_of(policy, deals)
        if p_win is None:
            assert not modelled_criteria(policy)
            return
        points = np.array([points_of(policy, one) for one in deals])
        more = points[:, None] > points[None, :]
        assert (p_win[:, None] > p_win[None, :])[more].all()
        assert np.allclose(np.subtract.outer(p_win, p_win)[np.equal.outer(points, points)], 0)

    law()


def test_more_points_make_a_policys_own_probability_larger():
    check_monotone(p_win_of)


def test_the_law_catches_a_probability_that_falls_with_the_points():
    def reversed_(policy: Policy, deals: tuple[Deal, ...]) -> NDArray[np.float64] | None:
        found = p_win_of(policy, deals)
        return None if found is None else 1 - found

    with pytest.raises(AssertionError):
        check_monotone(reversed_, quickly)


def by_points(policy: Policy, deal: Deal) -> str:
    """Return what is recommended by knockouts and points, and nothing else."""
    table = DealTable.of([deal], policy.fields)
    verdict, points = judge_policy(policy, table), add_points(policy, table)
    go_at = policy.decision.go_at.points
    enough = points.undecided[0] <= MOST_UNDECIDED if go_at is None else points.lowest[0] >= go_at
    hopeless = go_at is not None and points.highest[0] < go_at
    if verdict.refused[0] or hopeless:
        return "no_go"
    if verdict.open[0] or not enough:
        return "find_out"
    return "conditional_go" if verdict.conditional[0] else "go"


@given(worlds())
@some
def test_a_policys_own_probability_decides_nothing(world):
    policy = made.load(world.policy)
    for decision in Qualifier(policy).decide(world.deals):
        assert decision.worth is None
        codes = {reason.code for reason in decision.reasons}
        assert not codes & {"P_WIN_BELOW_THRESHOLD", "MODEL_FACT", "TOO_LITTLE_KNOWN"}
    told = [one.recommendation for one in Qualifier(policy).decide(world.deals)]
    assert told == [by_points(policy, deal) for deal in world.deals]


@given(worlds())
@some
def test_every_answer_says_the_level_and_its_shares_add_up(world):
    policy = made.load(world.policy)
    for decision in Qualifier(policy).decide(world.deals):
        told: list[dict[str, Any]] = [answer(decision, policy, name) for name in LANGUAGES]
        for one in told:
            assert json.loads(json.dumps(one, allow_nan=False)) == one
            assert one["evidence_level"] == one["evidence"]["level"] == "none"
            assert "decide" in one["evidence"]["text"] or "décident" in one["evidence"]["text"]
        estimate = decision.estimate
        assert (estimate is None) is (told[0]["p_win"] is None)
        if estimate is not None:
            total = estimate.baseline + sum(estimate.contributions.values())
            total += sum(part.log_odds for part in estimate.of_criteria.values())
            assert expit(total) == pytest.approx(estimate.p_win, abs=1e-12)
            way = estimate.p_win - expit(estimate.baseline)
            assert sum(estimate.field_shares.values()) == pytest.approx(way, abs=1e-9)
