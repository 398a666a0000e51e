"""The same deals and seed give the same model, whatever the threads; any effort keeps the laws."""

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from models import boosting
from models.numbers_file import numbers_of
from models.win_probability import WinProbability
from tests.unit.models.expert_worlds import ROWS, company, p_of, with_expert
from tests.unit.models.test_numbers_file import model_of


def written(model):
    trees = model.trees_
    return numbers_of(model_of(model)), None if trees is None else trees.model_to_string()


def test_the_same_seed_writes_the_same_model_and_another_does_not():
    X, y = company(150, 0)
    one, again, other = (
        written(with_expert(X, y, refits=True, effort="quick", seed=seed)) for seed in (4, 4, 5)
    )
    assert one == again
    assert one != other


def test_one_thread_and_two_write_the_same_model(monkeypatch):
    # Trees take several threads on many deals only: here already on these.
    monkeypatch.setattr(boosting, "LARGE", 300)
    monkeypatch.setattr("models.forest.MANY_ROWS", 50)
    X, y = company(1000, 0, unknown=0.1)
    made = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            made.append(written(with_expert(X, y, effort="quick")))
    assert made[0][1]
    assert made[0] == made[1]


@pytest.mark.parametrize("effort", ["quick", "normal"])
@pytest.mark.parametrize("n", [0, 30, 300])
def test_any_effort_keeps_the_laws(effort, n):
    X, y = company(n, 1, unknown=0.1)
    model = with_expert(X, y, effort=effort)
    assert ((p_of(model) > 1e-4) & (p_of(model) < 1 - 1e-4)).all()
    terms, baseline = model.contributions(ROWS)
    np.testing.assert_allclose(terms.sum(axis=1) + baseline, model.log_odds(ROWS), atol=1e-9)


def test_deals_of_no_weight_hardly_teach_and_those_of_full_weight_do():
    X, y = company(300, 2)
    kept = np.arange(300) < 150
    turned = np.where(kept, y, 1 - y)
    weights = np.where(kept, 1.0, 1e-9)
    without = p_of(with_expert(X[:150], y[:150]))
    light = p_of(WinProbability().fit(X, turned, weights=weights))
    heavy = p_of(WinProbability().fit(X, turned))
    assert np.corrcoef(light, without)[0, 1] > 0.8
    assert np.abs(heavy - without).mean() > 2 * np.abs(light - without).mean()
