"""Each side of a comparison learns again with the effort that its own training had."""

import numpy as np
import pytest

from tests.closed_worlds import POLICY, made_up
from training.evaluation import judge
from training.evaluation.judge import judge_splits
from training.evaluation.splits import Split
from training.promotion import fitting
from training.promotion.contender import challenger_of


class Asked(Exception):  # noqa: N818 (it stops where the fit would begin)
    """The effort that was asked for."""


@pytest.fixture
def split():
    return Split(np.arange(90), np.arange(90, 120))


def asked(*_, effort, **__):
    raise Asked(effort)


@pytest.mark.parametrize("effort", ["quick", "normal", "thorough"])
def test_a_contender_learns_again_with_its_own(effort, split, monkeypatch):
    monkeypatch.setattr(fitting, "fit_model", asked)
    with pytest.raises(Asked, match=effort):
        challenger_of(POLICY, made_up(0, 120), effort).p_win(split, seed=0)


def test_by_default_it_is_the_usual(split, monkeypatch):
    monkeypatch.setattr(fitting, "fit_model", asked)
    with pytest.raises(Asked, match="normal"):
        challenger_of(POLICY, made_up(0, 120)).p_win(split, seed=0)


@pytest.mark.parametrize(("sampled", "tried"), [(False, "thorough"), (True, "quick")])
def test_splits_that_count_are_judged_with_the_effort_of_the_model(sampled, tried, monkeypatch):
    monkeypatch.setattr(judge, "fit_model", asked)
    one = Split(np.arange(90), np.arange(90, 120), sampled=sampled)
    with pytest.raises(Asked, match=tried):
        judge_splits(made_up(0, 120), POLICY, [one], seed=0, effort="thorough")
