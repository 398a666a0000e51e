"""From facts to a recommendation: the policy first, then what the past says."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from features import ArtifactError, Deal, DealTable, parse_policy
from features.deal import Fact
from features.policy import DecisionBlock, GoAt
from models.decision import Recommendation
from models.knockouts import KnockoutState
from models.qualifier import Qualifier
from models.win_model import WinModel

DAY = date(2026, 1, 5)
GOOD: dict[str, Fact] = {"fit": 3.0, "risk": -1.0, "budget": True, "sector": "a"}


def decide(qualifier, **facts):
    (decision,) = qualifier.decide([Deal(as_of=DAY, facts=facts)])
    return decision


def test_a_likely_deal_without_knockouts_is_a_go(qualifier):
    decision = decide(qualifier, **GOOD)
    assert decision.estimate.p_win > 0.8
    assert decision.recommendation is Recommendation.GO


def test_a_knockout_beats_any_probability(qualifier):
    decision = decide(qualifier, **{**GOOD, "fit": 30.0, "risk": 2.5})
    assert decision.estimate.p_win > 0.5
    assert decision.recommendation is Recommendation.NO_GO
    assert decision.reasons[0].code == "KNOCKOUT_FIRED"


def test_a_condition_makes_a_go_conditional(qualifier):
    assert decide(qualifier, **{**GOOD, "budget": False}).recommendation == "conditional_go"


def test_an_unknown_knockout_is_found_out_where_the_answer_hangs_on_it(qualifier):
    decision = decide(qualifier, fit=3.0, risk=-1.0)
    assert decision.recommendation is Recommendation.FIND_OUT
    assert decision.find_out == ("budget",)
    unlikely = decide(qualifier, fit=-3.0, risk=-1.0)
    assert unlikely.recommendation is Recommendation.NO_GO


@pytest.mark.parametrize("fit", [3.0, -3.0])
def test_a_deal_of_which_too_little_is_known_is_neither_go_nor_no_go(qualifier, fit):
    assert decide(qualifier, fit=fit, budget=True).recommendation is Recommendation.FIND_OUT
    assert decide(qualifier).recommendation is Recommendation.FIND_OUT


def test_unknown_facts_of_a_knockout_that_ignores_them_ask_for_nothing(qualifier):
    decision = decide(Qualifier(qualifier.policy), risk=-3.0, budget=True, sector="a")
    ignored = next(v for v in decision.knockouts if v.knockout.id == "never_mind")
    assert ignored.state is KnockoutState.UNKNOWN
    assert decision.recommendation is Recommendation.FIND_OUT  # for the points, not for it
    assert not [r for r in decision.reasons if r.code == "KNOCKOUT_UNKNOWN"]
    assert "never_mind" not in {reason.about for reason in decision.reasons}


def test_without_a_model_the_points_decide_and_what_is_missing_is_asked(qualifier):
    alone = Qualifier(qualifier.policy)
    assert decide(alone, **GOOD).recommendation is Recommendation.GO
    assert decide(alone, **{**GOOD, "fit": -1.0}).recommendation is Recommendation.NO_GO
    unknown = decide(alone, risk=-1.0, budget=True)
    assert unknown.recommendation is Recommendation.FIND_OUT
    assert (unknown.scorecard.lowest, unknown.scorecard.highest) == (0.0, 10.0)
    assert (unknown.estimate.level, unknown.evidence_level) == ("none", "none")
    assert unknown.worth is None


def with_counts(qualifier, n_won, n_lost):
    origin = replace(qualifier.model.provenance, n_won=n_won, n_lost=n_lost)
    return Qualifier(qualifier.policy, replace(qualifier.model, provenance=origin))


def test_a_probability_decides_from_the_level_few_on_and_the_points_below(qualifier, shop_deals):
    deals, _ = shop_deals
    alone = [one.recommendation for one in Qualifier(qualifier.policy).decide(deals)]
    by_model = [one.recommendation for one in qualifier.decide(deals)]
    assert alone != by_model
    for won, lost, expected in ((9, 500, alone), (0, 0, alone), (10, 10, by_model)):
        told = with_counts(qualifier, won, lost).decide(deals)
        assert [one.recommendation for one in told] == expected
        codes = {reason.code for one in told for reason in one.reasons}
        assert ("P_WIN_BELOW_THRESHOLD" in codes) is (expected is by_model)
        assert ("POINTS_BELOW_THRESHOLD" in codes) is (expected is alone)
        assert ("TOO_LITTLE_KNOWN" in codes) is (expected is by_model)


def test_without_a_model_no_threshold_of_p_win_matters(qualifier, shop_deals):
    deals, _ = shop_deals
    decided = set()
    for p_win in (0.01, 0.99):
        block = DecisionBlock(go_at=GoAt(p_win=p_win, points=5))
        alone = Qualifier(replace(qualifier.policy, decision=block))
        decided.add(tuple(one.recommendation for one in alone.decide(deals)))
    assert len(decided) == 1


def test_a_policy_without_criteria_has_no_probability_and_says_the_level(qualifier):
    bare = Qualifier(replace(qualifier.policy, criteria=()))
    decision = decide(bare, **GOOD)
    assert decision.estimate is None
    assert decision.evidence_level == "none"
    assert decision.versions.model is None
    table = DealTable.of([Deal(as_of=DAY, facts=GOOD)], bare.policy.fields)
    verdicts = bare.judge(table)
    assert (verdicts.p_win, verdicts.p_lost, verdicts.level) == (None, None, "none")


@pytest.mark.parametrize(
    ("won", "lost", "level"),
    [(0, 0, "none"), (9, 90, "none"), (10, 90, "few"), (40, 90, "enough"), (200, 900, "plenty")],
)
def test_every_road_says_the_same_level(qualifier, won, lost, level):
    some = with_counts(qualifier, won, lost)
    table = DealTable.of([Deal(as_of=DAY, facts=GOOD)], some.policy.fields)
    assert some.judge(table).level == decide(some, **GOOD).evidence_level == level
    assert decide(some, **GOOD).estimate.level == some.evidence_level == level


def test_a_grade_goes_by_the_points_until_the_probability_decides(qualifier):
    grades = [{"grade": "A", "p_win": 0.99, "points": 5}, {"grade": "B", "p_win": 0, "points": -9}]
    block = DecisionBlock.model_validate({"go_at": {"p_win": 0.5, "points": 5}, "grades": grades})
    policy = replace(qualifier.policy, decision=block)
    assert decide(Qualifier(policy), **GOOD).grade == "A"
    assert decide(Qualifier(policy, qualifier.model), **{**GOOD, "fit": 0.5}).grade == "B"


def test_the_recommendation_turns_exactly_at_the_threshold(qualifier):
    p_win = decide(qualifier, **GOOD).estimate.p_win
    for go_at, expected in ((p_win, "go"), (p_win + 1e-12, "no_go")):
        block = DecisionBlock(go_at=GoAt(p_win=go_at, points=5))
        policy = replace(qualifier.policy, decision=block)
        assert decide(Qualifier(policy, qualifier.model), **GOOD).recommendation == expected


def test_an_unseen_category_is_scored_and_reported(qualifier):
    decision = decide(qualifier, **{**GOOD, "sector": "moon"})
    assert [(u.field, u.value) for u in decision.estimate.unseen] == [("sector", "moon")]
    known, missing = decide(qualifier, **GOOD), {k: v for k, v in GOOD.items() if k != "sector"}
    assert not known.estimate.unseen
    assert "UNLIKE_PAST_DEALS" not in {reason.code for reason in known.reasons}
    assert decide(qualifier, **missing).estimate.unseen == ()
    assert decision.estimate.p_win != decide(qualifier, **missing).estimate.p_win


def test_shares_add_up_to_the_way_from_the_baseline(qualifier):
    from scipy.special import expit

    estimate = decide(qualifier, **GOOD).estimate
    way = estimate.p_win - expit(estimate.baseline)
    assert sum(estimate.field_shares.values()) == pytest.approx(way, abs=1e-12)


def test_one_deal_gets_the_same_answer_as_in_a_batch(qualifier, shop_deals):
    deals, _ = shop_deals
    table = DealTable.of(deals, qualifier.policy.fields)
    verdicts = qualifier.judge(table)
    for row, deal in enumerate(deals[:100]):
        (decision,) = qualifier.decide([deal])
        assert decision.recommendation == verdicts.recommendations[row]
        assert decision.estimate.p_win == verdicts.p_win[row]
        assert decision.evidence_level == verdicts.level == "enough"
        assert decision.scorecard.points == verdicts.points.earned[row]


def test_a_model_of_other_fields_is_refused(qualifier):
    model = qualifier.model
    columns = (*model.schema.columns[:-1], type(model.schema.columns[0])("elsewhere", "value"))
    schema = type(model.schema)(columns, model.schema.rare)
    stranger = WinModel(schema=schema, estimator=model.estimator, provenance=model.provenance)
    with pytest.raises(ArtifactError, match="elsewhere"):
        Qualifier(qualifier.policy, stranger)


def test_the_answer_says_exactly_what_answered(qualifier):
    versions = decide(qualifier, **GOOD).versions
    assert versions.policy == qualifier.policy.fingerprint
    assert versions.matrix_schema == qualifier.model.schema.fingerprint


MONEY = """
policy: money
title: {en: Money, fr: Argent}
deals: {outcome: {column: Result, won: [Won], lost: [Lost]}}
fields:
  fit: {type: number, better: higher}
  risk: {type: number, better: lower}
  budget: {type: boolean}
  sector: {type: category}
  margin: {type: number, min: 0, max: 10000, used_by_model: false}
  hours: {type: number, min: 0, max: 100, used_by_model: false}
  spent: {type: number, min: 0, used_by_model: false}
economics:
  margin: {field: margin}
  remaining_hours: {field: hours}
  cost_per_hour: 10
  spent_costs: {field: spent}
decision: {go_at: {expected_value: 0}}
"""


@pytest.fixture(scope="module")
def pays(qualifier):
    model = replace(qualifier.model, criteria=())
    return lambda **facts: decide(Qualifier(parse_policy(MONEY.encode()), model), **GOOD, **facts)


def test_the_recommendation_turns_exactly_at_break_even(pays):
    decision = pays(margin=1000.0, hours=1.0)
    p_win = decision.estimate.p_win
    at = p_win * 1000.0 / 10  # hours at which p_win is the break-even probability
    assert pays(margin=1000.0, hours=np.nextafter(at, 0)).recommendation == "go"
    assert pays(margin=1000.0, hours=np.nextafter(at, 200)).recommendation == "no_go"
    assert pays(margin=1000.0, hours=at).worth.break_even == pytest.approx(p_win, abs=1e-12)


@pytest.mark.parametrize("spent", [0.0, 1e9])
def test_what_was_spent_never_decides(pays, spent):
    for hours in (1.0, 99.0):
        one, other = (
            pays(margin=1000.0, hours=hours),
            pays(margin=1000.0, hours=hours, spent=spent),
        )
        assert one.recommendation == other.recommendation
        assert one.worth.expected_value == other.worth.expected_value
        assert other.worth.sunk_cost == spent


def test_an_unknown_number_is_found_out_only_where_the_answer_hangs_on_it(pays):
    hanging = pays(hours=50.0)  # the margin may pay for it, or not
    assert hanging.recommendation == "find_out"
    assert hanging.find_out == ("margin",)
    assert hanging.worth.expected_value is None
    assert hanging.worth.lowest == -500.0
    assert hanging.worth.highest > 0
    assert pays(margin=10_000.0).recommendation == "go"  # even at a hundred hours
    assert pays(margin=0.0, hours=5.0).recommendation == "no_go"
    assert pays(margin=0.0).recommendation == "find_out"  # at no hours it costs nothing


def test_nobody_is_judged_without_complaint(qualifier):
    table = DealTable.of([], qualifier.policy.fields)
    assert len(qualifier.judge(table).recommendations) == 0
    assert qualifier.decide([]) == []
