"""The verdicts of a replay are those of the product, with a model and without."""

import numpy as np

from features import DealTable
from models.qualifier import Qualifier
from models.recommended import RECOMMENDATIONS
from models.win_model import WinModel
from tests.unit.training.closed import closed_of, policy_of
from training.fit import fit_model
from training.replay.verdicts import verdicts_of


def test_with_the_probabilities_of_a_model_they_are_what_the_qualifier_says(policy, make_deal):
    closed = closed_of(120, 3, policy_of(), wrong=False)
    model: WinModel = fit_model(closed, policy_of(), seed=0)
    qualifier = Qualifier(policy_of(), model)
    judged = qualifier.judge(closed.table)
    assert judged.p_win is not None
    found = verdicts_of(policy_of(), closed.table, judged.p_win)
    assert RECOMMENDATIONS[found.recommendations].tolist() == judged.recommendations.tolist()
    assert len(set(judged.recommendations.tolist())) > 1
    decided = [one.recommendation for one in qualifier.decide([closed.table.deal(5)])]
    assert decided == [RECOMMENDATIONS[found.recommendations[5]]]


def test_where_no_model_may_speak_the_points_decide(policy, make_deal):
    deals = [
        make_deal(insolvency=False, exposure=0.0, credit_limit=1.0, authority=authority,
                  budget_allocated=True, amount=10.0, source="Referral")
        for authority in ("High", "Low")
    ]  # fmt: skip
    table = DealTable.of(deals, policy.fields)
    with_p = verdicts_of(policy, table, np.array([0.1, np.nan]))
    without = verdicts_of(policy, table, np.array([np.nan, np.nan]))
    assert RECOMMENDATIONS[with_p.recommendations].tolist() == ["no_go", "go"]
    assert RECOMMENDATIONS[without.recommendations].tolist() == ["go", "go"]
    said = [one.recommendation for one in Qualifier(policy).decide(deals)]
    assert RECOMMENDATIONS[without.recommendations].tolist() == said


def test_a_knockout_left_out_is_a_policy_without_it(policy, make_deal):
    table = DealTable.of([make_deal(insolvency=True), make_deal()], policy.fields)
    verdicts = verdicts_of(policy, table, np.full(2, np.nan))
    rows, after = verdicts.without(0)
    assert rows.tolist() == [0, 1]
    assert set(RECOMMENDATIONS[after].tolist()) == {"find_out"}
