"""The numbers of a model go through JSON and come back to the last bit."""

import json

import numpy as np
import pytest

from features import Schema
from models.numbers_file import estimator_of, no_decision_of, numbers_of
from models.win_model import Provenance, WinModel
from tests.unit.models.expert_worlds import ROWS, company, with_expert
from tests.unit.models.test_no_decision import learned

PROVENANCE = Provenance(
    n_won=1, n_lost=1, data_fingerprint="d", policy_fingerprint="p", trained_on=None, metrics={}
)


def model_of(estimator, no_decision=None):
    schema = Schema((), {})
    return WinModel(
        schema=schema, estimator=estimator, provenance=PROVENANCE, no_decision=no_decision
    )


def again(model):
    numbers = json.loads(json.dumps(numbers_of(model), allow_nan=False))
    trees = model.estimator.trees_
    return estimator_of(numbers, None if trees is None else trees.model_to_string()), numbers


@pytest.mark.parametrize("n", [0, 3, 60, 300])
def test_an_estimator_comes_back_as_it_was(n):
    X, y = company(n, 0, worth=(-1.0, 1.0, 1.0, 1.0), unknown=0.1)
    before = with_expert(X, y, refits=True, effort="quick")
    after, _ = again(model_of(before))
    lacking = np.full((1, 6), np.nan)
    for rows in (ROWS, lacking):
        assert (after.log_odds(rows) == before.log_odds(rows)).all()
        for one, other in zip(after.contributions(rows), before.contributions(rows), strict=True):
            assert (one == other).all()
    assert after.evidence_ == before.evidence_
    assert (after.contradicted_ == before.contradicted_).all()
    assert (after.conflicts_ == before.conflicts_).all()
    assert after.conflicts_.any() or n < 60
    assert after.logistic_.slope == before.logistic_.slope
    np.testing.assert_array_equal(after.background_, before.background_)


def test_the_stability_range_comes_back_to_the_last_bit():
    before = with_expert(*company(80, 1), refits=True, effort="quick")
    after, _ = again(model_of(before))
    Z = before.logistic_.scaling.centred(ROWS)
    assert after.stability_
    assert before.stability_
    assert (after.stability_.spread(Z) == before.stability_.spread(Z)).all()
    without, numbers = again(model_of(with_expert(*company(80, 1), effort="quick")))
    assert without.stability_ is None is numbers["stability"]


def test_no_decision_comes_back_too():
    no_decision = learned(200, 0)
    assert no_decision
    _, numbers = again(model_of(with_expert(*company(3, 0)), no_decision))
    found = no_decision_of(numbers)
    assert found
    X = np.array([[1.0, 0.3], [np.nan, 9.0]])
    assert (found.log_odds(X) == no_decision.log_odds(X)).all()
    _, numbers = again(model_of(with_expert(*company(3, 0))))
    assert no_decision_of(numbers) is None


@pytest.mark.parametrize(
    "gone",
    ["logistic", "stack", "evidence", "background", "contradicted", "conflicts", "stability"],
)
def test_numbers_that_are_missing_are_refused(gone):
    _, numbers = again(model_of(with_expert(*company(3, 0))))
    del numbers[gone]
    with pytest.raises(KeyError, match=gone):
        estimator_of(numbers, None)
