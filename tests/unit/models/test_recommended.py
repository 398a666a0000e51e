"""The first verdict that applies, from the last on, is the recommendation."""

from itertools import product

import numpy as np

from models.decision import Recommendation
from models.knockouts import PolicyVerdict
from models.recommended import RECOMMENDATIONS, recommended

ALL = list(product([False, True], repeat=5))


def by_hand(refused, open_, conditional, worth, hopeless):
    if refused or hopeless:
        return Recommendation.NO_GO
    if open_ or not worth:
        return Recommendation.FIND_OUT
    return Recommendation.CONDITIONAL_GO if conditional else Recommendation.GO


def test_every_case_is_the_one_by_hand():
    refused, open_, conditional, worth, hopeless = np.array(ALL).T
    told = recommended(PolicyVerdict(refused, open_, conditional), worth, hopeless)
    assert RECOMMENDATIONS[told].tolist() == [by_hand(*case) for case in ALL]
