"""The answer is plain JSON in one shape, and its sentences are in the language asked for."""

import json
from datetime import date

import numpy as np
import pytest

from features import Deal, DealTable, Schema, parse_policy
from features.columns import number_of
from models.decision import Recommendation
from models.qualifier import Qualifier
from models.win_model import Provenance, WinModel
from models.win_probability import WinProbability
from reports.answer import answer
from reports.sentences import RECOMMENDATIONS

POLICY = """
policy: shop
title: {en: Shop, fr: Boutique}
deals: {outcome: {column: Result, won: [Won], lost: [Lost]}}
fields:
  fit: {type: number, unit: pts, label: {en: Fit, fr: Adéquation}, question: {en: "Fits?", fr: "Convient ?"}}
  budget: {type: boolean}
  sector: {type: category}
criteria:
  - {id: fits, when: {fit: {above: 0}}, points: 10, label: {en: It fits, fr: Cela convient}}
  - {id: bad_sector, when: {sector: b}, points: -2.5, label: {en: Sector b, fr: Secteur b}}
knockouts:
  - {id: never, when: {fit: {below: -5}}, then: no_go, reason: {en: Bad fit, fr: Ne convient pas}}
  - id: no_budget
    when: {budget: false}
    then: {conditional_go: {en: Prepayment, fr: Prépaiement}}
    reason: {en: No budget, fr: Pas de budget}
decision: {go_at: {p_win: 0.5, points: 5}}
"""  # noqa: E501


@pytest.fixture(scope="module")
def qualifier():
    policy = parse_policy(POLICY.encode())
    random = np.random.default_rng(0)
    deals = [
        Deal(as_of=date(2026, 1, 5), facts={"fit": f, "budget": f > 0.3, "sector": s})
        for f, s in zip(random.normal(size=200), random.choice(["a", "b"], 200), strict=True)
    ]
    table = DealTable.of(deals, policy.fields)
    schema = Schema.learn(table, policy.fields)
    fits = [number_of(deal.facts["fit"]) for deal in deals]
    won = np.array([float(fit + random.normal() > 0) for fit in fits])
    model = WinModel(
        schema=schema,
        estimator=WinProbability(seed=0).fit(schema.matrix(table).values, won),
        provenance=Provenance(
            n_won=int(won.sum()), n_lost=int(200 - won.sum()), data_fingerprint="",
            policy_fingerprint=policy.fingerprint, trained_on=None, metrics={},
        ),
    )  # fmt: skip
    return Qualifier(policy, model)


def told(qualifier, language="en", **facts):
    (decision,) = qualifier.decide([Deal(id="D1", as_of=date(2026, 1, 5), facts=facts)])
    found = answer(decision, qualifier.policy, language)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    return found


def sentences(found):
    return {reason["code"]: reason["text"] for reason in reversed(found["reasons"])}


def test_what_fired_is_said_with_its_condition_in_both_languages(qualifier):
    english = told(qualifier, fit=2.0, budget=False, sector="a")
    french = told(qualifier, "fr", fit=2.0, budget=False, sector="a")
    assert english["recommendation"] == french["recommendation"] == "conditional_go"
    assert sentences(english)["KNOCKOUT_FIRED"] == "Only under a condition: Prepayment (No budget)"
    assert "Prépaiement" in sentences(french)["KNOCKOUT_FIRED"]
    assert french["recommendation_text"] == RECOMMENDATIONS[Recommendation.CONDITIONAL_GO].fr
    refused = told(qualifier, fit=-6.0, budget=True, sector="a")
    assert sentences(refused)["KNOCKOUT_FIRED"] == "Knockout: Bad fit"


def test_what_is_unknown_is_asked_with_its_label_and_question(qualifier):
    found = told(qualifier, budget=True, sector="a")
    assert "Find out: Fit" in sentences(found)["KNOCKOUT_UNKNOWN"]
    (asked,) = found["find_out"]
    assert (asked["field"], asked["label"], asked["question"]) == ("fit", "Fit", "Fits?")
    assert (asked["hours"], asked["money"], asked["answer_too_old"]) == (None, None, False)
    assert sentences(found)["CRITERION_TO_COMPLETE"] == "It fits: to complete (Fit)"
    budget = told(qualifier, fit=1.0)["find_out"][0]
    assert (budget["field"], budget["label"], budget["question"]) == ("budget", "Budget", None)


def test_too_little_is_said_with_what_is_missing_and_only_where_a_model_would_decide(qualifier):
    french = sentences(told(qualifier, "fr"))["TOO_LITTLE_KNOWN"]
    assert french.endswith("Adéquation, Sector")
    assert "TOO_LITTLE_KNOWN" not in sentences(told(qualifier, fit=1.0, sector="a"))
    assert "TOO_LITTLE_KNOWN" not in sentences(told(Qualifier(qualifier.policy)))


def test_a_no_go_by_its_figure_says_the_figure_and_the_threshold(qualifier):
    found = told(qualifier, fit=-2.0, budget=True, sector="a")
    assert found["recommendation"] == "no_go"
    assert found["go_at"] == {"p_win": 0.5, "expected_value": None, "points": 5.0}
    assert sentences(found)["P_WIN_BELOW_THRESHOLD"].endswith("is below 50%: not worth the effort")
    alone = told(Qualifier(qualifier.policy), "fr", fit=-2.0, budget=True, sector="a")
    text = sentences(alone)["POINTS_BELOW_THRESHOLD"]
    assert text.startswith("Au mieux 0 points, sous 5")
    assert "POINTS_BELOW_THRESHOLD" not in sentences(found)


def test_what_the_past_says_names_the_fact_and_its_share(qualifier):
    found = told(qualifier, fit=1.5, budget=True, sector="b")
    text = next(r["text"] for r in found["reasons"] if r["about"] == "fit")
    assert text.startswith("Fit: 1.5 pts, associated with +")
    french = told(qualifier, "fr", fit=1.5, budget=True, sector="b")
    texts = [r["text"] for r in french["reasons"] if r["code"] == "MODEL_FACT"]
    assert any("Budget : oui, associé à" in text for text in texts)
    points = [r for r in found["reasons"] if r["about"] == "bad_sector"]
    assert points[0]["text"] == "Sector b: −2.5 points"


def test_evidence_is_never_a_lone_number(qualifier):
    evidence = told(qualifier, fit=1.0, sector="zzz")["evidence"]
    comparable = evidence["comparable"]
    assert comparable["low"] < comparable["won"] / comparable["deals"] < comparable["high"]
    assert evidence["closed_deals"] == 200
    assert evidence["unseen"] == [{"field": "sector", "value": "zzz"}]


def test_without_a_model_the_answer_says_so(qualifier):
    alone = Qualifier(qualifier.policy)
    found = told(alone, fit=1.0, budget=True, sector="a")
    assert found["p_win"] is None
    assert found["evidence"] == {
        "level": "none", "closed_deals": 0, "base_rate": None, "comparable": None, "unseen": [],
    }  # fmt: skip
    assert found["versions"]["model"] is None
