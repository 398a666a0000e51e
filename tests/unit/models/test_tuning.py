"""The search for tree settings: never worse out of fold than where it starts, and repeatable."""

import subprocess
import sys

import numpy as np
import pytest

from models import tuning
from models.boosting import HUGE, SMALL, choose_trees, shapes_for, tree_settings
from models.recipe import learn_parts
from models.tuning import SPACE, search_trees, trials_for
from tests.unit.models.test_boosting import thirds, world
from tests.unit.models.test_recipe import taught_of

N = 240
FREE = np.zeros(3, int)
CANDIDATES = tuple(tree_settings(shape, N, FREE, 0) for shape in shapes_for(N))
POOR = {**CANDIDATES[0], "num_leaves": 2, "learning_rate": 0.02, "min_data_in_leaf": 100}


def searched(candidates=CANDIDATES, *, seed=0, trials=4):
    X, y = world(N)
    return search_trees(X, y, np.ones(N), thirds(N), candidates, seed=seed, trials=trials)


def test_it_is_never_worse_out_of_fold_than_its_candidates_and_better_than_a_poor_one():
    X, y = world(N)
    for candidates in (CANDIDATES, (POOR,), (POOR, *CANDIDATES)):
        normal = choose_trees(X, y, np.ones(N), thirds(N), iter(candidates))
        assert searched(candidates).loss <= normal.loss
    start = choose_trees(X, y, np.ones(N), thirds(N), iter((POOR,)))
    assert searched((POOR,)).loss < start.loss
    assert searched((POOR,), trials=0).loss == start.loss  # without trials nothing is found


def test_the_same_seed_finds_the_same_and_another_looks_elsewhere():
    one, again, other = (searched((POOR,), seed=seed) for seed in (1, 1, 2))
    assert one.settings == again.settings
    assert one.rounds == again.rounds
    assert (one.log_odds == again.log_odds).all()
    assert one.settings != other.settings


def test_only_what_sets_the_capacity_is_searched():
    found = searched((POOR,))
    assert found.settings != POOR
    for name in set(POOR) - set(SPACE):
        assert found.settings[name] == POOR[name]


@pytest.mark.parametrize("n", [0, 100, SMALL, 5_000, 10_000, HUGE])
def test_every_usual_candidate_lies_within_the_space(n):
    for shape in shapes_for(n):
        settings = tree_settings(shape, n, FREE, 0)
        for name, allowed in SPACE.items():
            assert allowed._contains(allowed.to_internal_repr(settings[name])), (n, name)


def test_with_more_deals_less_is_tried():
    trials = [trials_for(n) for n in (0, 1_000, 20_000, 50_000, 10**7)]
    assert trials == sorted(trials, reverse=True)
    assert trials[0] > trials[-1] >= 1


def test_it_needs_somewhere_to_start():
    with pytest.raises(ValueError, match="no candidates"):
        searched((), trials=0)


def test_thorough_training_searches_and_no_other_does(monkeypatch):
    asked = []

    def few(*given, **more):
        asked.append(given)
        return search_trees(*given, **more, trials=2)

    monkeypatch.setattr(tuning, "search_trees", few)
    taught = taught_of(120)
    parts = {effort: learn_parts(taught, effort, 0) for effort in ("normal", "thorough")}
    assert len(asked) == 1
    normal, thorough = (parts[effort].recipe.trees for effort in ("normal", "thorough"))
    assert normal
    assert thorough
    assert thorough.loss <= normal.loss


def test_the_search_is_loaded_only_when_it_is_asked_for():
    script = "import sys, models.win_model\nassert 'optuna' not in sys.modules\n"
    script += "import models.tuning\nassert 'optuna' in sys.modules"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                          check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
