"""Before any deal has closed, the probability follows the points of the policy, and is honest."""

from datetime import date

import numpy as np
import pytest
from scipy.special import expit, logit

from features import Deal, DealTable, parse_policy
from features.policy.criterion_columns import modelled_criteria
from models.logistic import FLAT_SLOPE, USUAL_WIN_RATE
from models.prior_model import POLICY_ONLY, prior_model
from models.scorecard import judge_criteria
from tests.unit.models.conftest import POLICY, random_deals

DAY = date(2026, 1, 5)
SECTOR = "sector: {type: category}"
WITH_A_HIDDEN_CRITERION = POLICY.replace(
    SECTOR, SECTOR + "\n  guess: {type: number, used_by_model: false}"
).replace(
    "knockouts:\n",
    "  - {id: hunch, when: {guess: {above: 5}}, points: 50, label: {en: Hunch, fr: Intuition}}\n"
    "knockouts:\n",
    1,
)  # fmt: skip


def p_of(model, policy, *deals):
    return model.p_win(DealTable.of([Deal(as_of=DAY, facts=one) for one in deals], policy.fields))[
        0
    ]


@pytest.fixture
def model(shop_policy):
    return prior_model(shop_policy)


def test_it_is_a_flat_function_of_the_points_around_the_usual_win_rate(model, shop_policy):
    # 0 to 10 and -5 to 0 points: the scorecard's standard deviation is that of even answers.
    spread = np.hypot(10 / 3, 5 / 3)
    for facts, points in (
        ({"fit": 1.0, "risk": 0.0}, 10),
        ({"fit": 1.0, "risk": 9.0}, 5),
        ({"fit": -1.0, "risk": 0.0}, 0),
        ({"fit": -1.0, "risk": 9.0}, -5),
        ({}, 2.5),
    ):
        expected = expit(logit(USUAL_WIN_RATE) + FLAT_SLOPE * (points - 2.5) / spread)
        assert p_of(model, shop_policy, facts) == pytest.approx([expected], abs=1e-9)


def test_more_points_never_lower_the_probability(model, shop_policy):
    deals, _ = random_deals(300, seed=5)
    known = [one for one in deals if {"fit", "risk"} <= set(one.facts)]
    points = [sum(v.points for v in judge_criteria(shop_policy, one)) for one in known]
    p_win = p_of(model, shop_policy, *(one.facts for one in known))
    order = np.lexsort((p_win, points))
    assert (np.diff(p_win[order]) >= -1e-9).all()
    assert np.ptp(p_win) > 0.3
    with pytest.raises(AssertionError):  # the check can fail
        assert (np.diff(p_win[order[::-1]]) >= -1e-9).all()


def test_it_says_that_it_has_seen_no_deal(model, shop_policy):
    origin = model.provenance
    assert (origin.n_won, origin.n_lost, origin.evidence_level) == (0, 0, "none")
    assert origin.base_rate == model.summary()["base_rate"] == USUAL_WIN_RATE
    assert origin.policy_fingerprint == shop_policy.fingerprint
    assert model.version == POLICY_ONLY
    table = DealTable.of(
        [Deal(as_of=DAY, facts={"fit": 1e9, "sector": "moon"})], shop_policy.fields
    )
    odds = model.odds(table)
    assert model.bands(odds.p_win) == [None]
    assert model.stability_range(odds) is None
    assert odds.p_lost is odds.p_no_decision is None
    assert model.unlike_facts(table.fact, odds) == [()]  # no deal is unlike none


def test_what_the_fields_add_makes_the_log_odds(model, shop_policy):
    deals, _ = random_deals(50, seed=6)
    table = DealTable.of(deals, shop_policy.fields)
    added = model.contributions(table)
    told = added.baseline + added.terms.sum(axis=1)
    assert told == pytest.approx(model.odds(table).log_odds, abs=1e-12)
    assert set(added.fields) == {"fit", "risk"}


def test_a_criterion_that_no_model_may_see_moves_nothing():
    policy = parse_policy(WITH_A_HIDDEN_CRITERION.encode())
    assert {one.id for one in modelled_criteria(policy)} == {"fits", "risky"}
    model = prior_model(policy)
    low, high = p_of(model, policy, {"fit": 1.0, "guess": 0.0}, {"fit": 1.0, "guess": 9.0})
    assert low == high


def test_a_policy_without_criteria_for_a_model_has_none(shop_policy):
    text = POLICY[: POLICY.index("criteria:")] + POLICY[POLICY.index("knockouts:") :]
    assert prior_model(parse_policy(text.encode())) is None
    worthless = POLICY.replace("points: 10", "points: 0").replace("points: -5", "points: 0")
    assert prior_model(parse_policy(worthless.encode())) is None
