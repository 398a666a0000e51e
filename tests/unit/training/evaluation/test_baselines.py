"""Other ways to tell the odds, on the same rows."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.closed_worlds import POLICY, made_up
from training.evaluation.baselines import HUMAN_SUREST, baselines, compare, scorecard_p
from training.evaluation.estimates import Estimates, estimates_of
from training.evaluation.judge import judge_splits
from training.evaluation.splits import split_deals


@pytest.fixture(scope="module")
def judged():
    deals = made_up(0, 500)
    _, splits = split_deals(deals, seed=0)
    return deals, judge_splits(deals, POLICY, splits, seed=0)


def test_the_scorecard_learns_its_scale_from_the_teaching_deals_alone(judged):
    deals, found = judged
    p: Any = scorecard_p(deals, POLICY, found)
    split = found[0].split
    changed = np.where(np.isin(np.arange(500), split.held_out), 1 - deals.won, deals.won)
    again: Any = scorecard_p(replace(deals, won=changed), POLICY, found)
    assert np.array_equal(p, again)
    large = deals.table.columns["size"].values[split.held_out] > 0
    rates = [deals.won[split.train][deals.table.columns["size"].values[split.train] > 0].mean()]
    assert p[large] == pytest.approx(rates[0], abs=0.01)


def test_a_policy_without_criteria_has_no_scorecard(judged):
    deals, found = judged
    bare = replace(POLICY, criteria=())
    assert scorecard_p(deals, bare, found) is None


def test_people_who_are_certain_are_not_taken_at_their_word(judged):
    deals, found = judged
    sure = replace(deals, human_p=1 - deals.won)  # certain, and always wrong
    told = baselines(sure, POLICY, found, estimates_of(sure, found), seed=0)
    human = next(one for one in told if one.name == "human")
    assert human.log_loss == pytest.approx(-np.log(1 - HUMAN_SUREST))
    assert human.sure == 1.0


def test_who_speaks_of_few_deals_is_not_compared():
    n = 30
    estimates = Estimates(
        row=np.arange(n), p_win=np.full(n, 0.5), won=(np.arange(n) % 2).astype(np.float64),
        base=np.full(n, 0.5), cluster=np.arange(n),
    )  # fmt: skip
    few = np.where(np.arange(n) < 10, 0.4, np.nan)
    assert compare("champion", few, estimates, seed=0) is None
    equal: Any = compare("champion", np.full(n, 0.5), estimates, seed=0)
    assert (equal.gain, equal.interval, equal.sure) == (0.0, (0.0, 0.0), 0.0)
