"""The canary deals come from the artifact, and what is unsound is found by them."""

import math
from dataclasses import replace

import numpy as np
import pytest

from features.errors import ArtifactError
from models.artifact import load_artifact
from models.qualifier import Qualifier
from serving.champion.canary import (
    MOST_CANARIES,
    answers_to_canaries,
    canary_deals,
    golden,
    require_golden,
    require_same,
)


def test_they_are_reference_deals_and_one_that_nothing_is_known_of(made):
    qualifier = load_artifact(made[0].folder)
    deals = canary_deals(qualifier)
    assert len(deals) == MOST_CANARIES
    assert not deals[0].facts
    assert all(
        set(deal.facts) <= set(qualifier.policy.fields) and deal.facts for deal in deals[1:]
    )
    assert len(set(golden(qualifier))) > MOST_CANARIES / 2  # they tell deals apart


def test_two_loads_agree_and_two_versions_do_not(made):
    one, again, other = (load_artifact(v.folder) for v in (made[0], made[0], made[1]))
    require_golden(golden(again), golden(one))
    require_same(answers_to_canaries(one), answers_to_canaries(again))
    with pytest.raises(ArtifactError):
        require_golden(golden(other), golden(one))
    with pytest.raises(ArtifactError):
        require_same(answers_to_canaries(one), answers_to_canaries(other))
    with pytest.raises(ArtifactError):
        require_golden(golden(one)[:-1], golden(one))
    with pytest.raises(ArtifactError):
        require_golden((None,), (0.5,))


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -0.1, 1.1])
def test_what_is_no_probability_is_refused(made, monkeypatch, wrong):
    qualifier = load_artifact(made[0].folder)
    judged = Qualifier.judge

    def judge(self, table):
        found = judged(self, table)
        return replace(found, p_win=np.full(len(table), wrong))

    monkeypatch.setattr(Qualifier, "judge", judge)
    with pytest.raises(ArtifactError, match="probability"):
        golden(qualifier)


def test_a_policy_alone_has_a_canary_too(policy):
    assert len(golden(Qualifier(policy))) == 1
    assert answers_to_canaries(Qualifier(policy))
