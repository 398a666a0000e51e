"""The strongest contributions of many deals are the reasons of their answers."""

from dataclasses import replace

import numpy as np
import pytest

from features.table import DealTable
from models.qualifier import Qualifier
from models.reason_codes import ReasonCode
from models.strongest import strongest_of

MODEL = {ReasonCode.MODEL_CRITERION, ReasonCode.MODEL_FACT}


def told(strongest, row):
    count = strongest.counts[row]
    places, shares = strongest.places[row, :count], strongest.shares[row, :count]
    return [(*strongest.about[place], share) for place, share in zip(places, shares, strict=True)]


def require_same(qualifier, deals):
    table = DealTable.of(deals, qualifier.policy.fields)
    found = qualifier.screen(table, reasons=True)
    assert found.strongest is not None
    n_told = 0
    for row, deal in enumerate(deals):
        (decision,) = qualifier.decide([deal])
        wanted = [(r.code, r.about, r.contribution) for r in decision.reasons if r.code in MODEL]
        assert told(found.strongest, row) == wanted
        n_told += len(wanted)
    assert n_told


def test_they_are_those_of_the_answer(qualifier, shop_deals):
    require_same(qualifier, shop_deals[0][:80])


def test_so_they_are_under_another_policy_than_the_model_was_trained_under(qualifier, shop_deals):
    policy = qualifier.policy
    fewer = replace(policy, criteria=policy.criteria[1:])
    require_same(Qualifier(fewer, qualifier.model), shop_deals[0][:20])
    swapped = [replace(one, cases=other.cases) for one, other in
               zip(policy.criteria, policy.criteria[::-1], strict=True)]  # fmt: skip
    require_same(
        Qualifier(replace(policy, criteria=tuple(swapped)), qualifier.model), shop_deals[0][:20]
    )


def test_ties_stand_by_code_and_name(qualifier, shop_deals):
    table = DealTable.of(shop_deals[0][:3], qualifier.policy.fields)
    added = qualifier.model.contributions_by_owner(qualifier.model.odds(table))
    level = replace(added, of_fields=added.of_fields * 0, of_criteria=added.of_criteria * 0)
    found = strongest_of(level, qualifier.policy.criteria)
    assert found.counts.tolist() == [0, 0, 0]
    assert (found.places == np.arange(found.places.shape[1])).all()
    assert list(found.about) == sorted(found.about)


def test_a_policy_alone_has_none(qualifier, shop_deals):
    alone = Qualifier(qualifier.policy)
    table = DealTable.of(shop_deals[0][:3], alone.policy.fields)
    assert alone.screen(table, reasons=True).strongest is None


@pytest.mark.parametrize("reasons", [True, False])
def test_a_screening_has_the_verdicts_of_a_batch(qualifier, shop_deals, reasons):
    table = DealTable.of(shop_deals[0], qualifier.policy.fields)
    screened, judged = qualifier.screen(table, reasons=reasons), qualifier.judge(table)
    assert screened.verdicts.p_win.tobytes() == judged.p_win.tobytes()
    assert screened.verdicts.worked.tolist() == judged.worked.tolist()
    assert (screened.fired is None) == (not reasons)
