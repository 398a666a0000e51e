"""What the points are worth before any deal has closed."""

import numpy as np
import pytest

from features import parse_policy
from models.expert import SPREADS_A_REACH, ExpertPrior

TEXT = """
policy: expert
title: {en: a, fr: b}
deals: {outcome: {column: Status, won: [W], lost: [L]}}
fields:
  budget: {type: boolean}
  size: {type: number}
criteria:
  - {id: budget, when: {budget: true}, points: 10, label: {en: a, fr: b}}
  - {id: size, field: size, bands: [{below: 5, points: -4}, {points: 6}], label: {en: a, fr: b}}
  - {id: idle, when: {size: {above: 9}}, points: 0, label: {en: a, fr: b}}
decision: {go_at: {p_win: 0.4}}
"""
CRITERIA = parse_policy(TEXT.encode()).criteria


def test_columns_that_hold_no_points_have_no_opinion():
    prior = ExpertPrior.of(CRITERIA, [None, "budget", None, "size"])
    assert prior
    assert prior.holds_points.tolist() == [False, True, False, True]
    assert prior.reach.tolist() == [0, 10, 0, 10]
    assert prior.middle.tolist() == [0, 5, 0, 1]


def test_the_scorecard_is_worth_one_log_odds_a_standard_deviation():
    """Of criteria that are independent, each a third of its reach wide."""
    prior = ExpertPrior.of(CRITERIA, ["budget", "size"])
    assert prior
    deviations = prior.reach * prior.unit / SPREADS_A_REACH
    assert np.sqrt((deviations**2).sum()) == pytest.approx(1.0)
    assert prior.unit[0] == prior.unit[1]  # a point is a point


def test_points_ten_times_as_large_say_the_same():
    larger = TEXT.replace("points: 10", "points: 100").replace("-4", "-40").replace(" 6}", " 60}")
    one = ExpertPrior.of(CRITERIA, ["budget", "size"])
    ten = ExpertPrior.of(parse_policy(larger.encode()).criteria, ["budget", "size"])
    assert one
    assert ten
    np.testing.assert_allclose(ten.unit * ten.reach, one.unit * one.reach)


def test_without_points_there_is_no_expert():
    assert ExpertPrior.of(CRITERIA, [None, None]) is None
    assert ExpertPrior.of(CRITERIA, ["idle"]) is None
    assert ExpertPrior.of((), []) is None


def test_a_criterion_that_always_gives_the_same_is_no_opinion_beside_others():
    prior = ExpertPrior.of(CRITERIA, ["idle", "budget"])
    assert prior
    assert prior.holds_points.tolist() == [False, True]
