"""The answer is plain JSON in one shape, and its sentences are in the language asked for."""

import json
import re
from copy import copy
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from features import Deal, DealTable, Schema, parse_policy
from features.deal import Waiver
from models.decision import Recommendation
from models.qualifier import Qualifier
from models.stability import Stability
from models.win_model import Provenance, WinModel
from models.win_probability import WinProbability
from reports.answer import answer
from reports.sentences import RECOMMENDATIONS

POLICY = """
policy: shop
title: {en: Shop, fr: Boutique}
deals: {outcome: {column: Result, won: [Won], lost: [Lost]}}
fields:
  fit:
    type: number
    unit: pts
    label: {en: Fit, fr: Adéquation}
    question: {en: "Fits?", fr: "Convient ?"}
    cost: {hours: 1.5, money: 20}
    valid_for_days: 90
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
    waiver: {by: [head of sales], days: 60}
decision:
  go_at: {p_win: 0.5, points: 5}
  grades: [{grade: A, p_win: 0.6, points: 8}, {grade: B, p_win: 0, points: -100}]
"""

MONEY = """
economics:
  currency: EUR
  margin: 20000
  remaining_hours: {by: sector, values: {a: 100, b: 400}}
  cost_per_hour: 80
"""


@pytest.fixture(scope="module")
def qualifier():
    return trained(POLICY)


@pytest.fixture(scope="module")
def counting():
    """Return a qualifier that counts money, and asks for at least 1000 EUR."""
    return trained(POLICY.replace("p_win: 0.5,", "expected_value: 1000,") + MONEY)


def trained(text):
    policy = parse_policy(text.encode())
    random = np.random.default_rng(0)
    fits = random.normal(size=200)
    deals = [
        Deal(as_of=date(2026, 1, 5), facts={"fit": float(f), "budget": bool(f > 0.3), "sector": s})
        for f, s in zip(fits, random.choice(["a", "b"], 200), strict=True)
    ]
    table = DealTable.of(deals, policy.fields)
    schema = Schema.learn(table, policy.fields)
    won = (fits + random.normal(size=200) > 0).astype(np.float64)
    model = WinModel(
        schema=schema,
        estimator=WinProbability(seed=0).fit(schema.matrix(table).values, won),
        provenance=Provenance(
            n_won=int(won.sum()), n_lost=int(200 - won.sum()), data_fingerprint="",
            policy_fingerprint=policy.fingerprint, trained_on=None, metrics={},
        ),
    )  # fmt: skip
    return Qualifier(policy, model)


def told(qualifier, language="en", *, expired=(), waivers=(), **facts):
    day = date(2026, 1, 5)
    deal = Deal(id="D1", as_of=day, facts=facts, expired=expired, waivers=waivers)
    (decision,) = qualifier.decide([deal])
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
    asked = {"field": "fit", "label": "Fit", "question": "Fits?", "hours": 1.5, "money": 20.0}
    assert found["find_out"] == [asked | {"answer_too_old": False}]
    assert sentences(found)["CRITERION_TO_COMPLETE"] == (
        "It fits: to complete (Fit), between 0 and 10\xa0points"
    )
    budget = told(qualifier, fit=1.0)["find_out"][0]
    assert (budget["label"], budget["question"], budget["hours"]) == ("Budget", None, None)


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
    text = next(r["text"] for r in found["reasons"] if r["code"] == "MODEL_CRITERION")
    assert text.startswith("“It fits” (Fit: 1.5\N{NO-BREAK SPACE}pts), associated with +")
    french = told(qualifier, "fr", fit=1.5, budget=True, sector="b")
    texts = [r["text"] for r in french["reasons"] if r["code"] == "MODEL_FACT"]
    assert any("Budget\xa0: oui, associé à" in text for text in texts)
    points = [r for r in found["reasons"] if (r["about"], r["unit"]) == ("bad_sector", "points")]
    assert [r["text"] for r in points] == ["Sector b: −2.5\xa0points"]


def test_evidence_is_never_a_lone_number(qualifier):
    evidence = told(qualifier, fit=1.0, sector="zzz")["evidence"]
    comparable = evidence["comparable"]
    assert comparable["low"] < comparable["won"] / comparable["deals"] < comparable["high"]
    assert evidence["closed_deals"] == 200
    assert (evidence["won"] + evidence["not_won"], evidence["assumed_win_rate"]) == (200, None)
    assert f"{comparable['won']}\xa0won" in comparable["text"]
    assert evidence["unseen"] == [
        {"field": "sector", "value": "zzz", "lowest": None, "highest": None,
         "text": "Sector: no closed deal had “zzz”"},
    ]  # fmt: skip


def test_without_a_model_the_answer_says_so(qualifier):
    alone = Qualifier(qualifier.policy)
    found = told(alone, fit=1.0, budget=True, sector="a")
    assert 0.5 < found["p_win"] < 0.7  # ten points of ten, and deliberately flat
    assert found["p_lost"] is found["p_no_decision"] is found["stability_range"] is None
    assert found["evidence_level"] == "none"
    assert found["evidence"] == {
        "level": "none", "closed_deals": 0, "won": 0, "not_won": 0, "base_rate": None,
        "assumed_win_rate": 0.3, "comparable": None, "unseen": [],
        "text": "Nothing to learn from yet: no deal has closed. The points decide, and the "
        "probability comes from them alone, around an assumed win rate of 30%",
    }  # fmt: skip
    assert found["versions"]["model"] == "policy-only"
    assert "MODEL_FACT" not in sentences(found)


def test_without_a_model_and_criteria_there_is_no_probability_and_the_level_all_the_same(
    qualifier,
):
    bare = Qualifier(replace(qualifier.policy, criteria=()))
    found = told(bare, "fr", fit=1.0, budget=True, sector="a")
    assert found["p_win"] is found["evidence"]["assumed_win_rate"] is None
    assert found["evidence_level"] == found["evidence"]["level"] == "none"
    assert found["evidence"]["text"].endswith("aucune affaire close. Les points décident")
    assert found["versions"]["model"] is None


def test_the_shape_of_the_answer_is_the_same_on_every_road(qualifier):
    bare = Qualifier(replace(qualifier.policy, criteria=()))
    alone = Qualifier(qualifier.policy)
    answers = [told(one, fit=1.0, sector="a") for one in (qualifier, alone, bare)]
    assert len({tuple(one) for one in answers}) == 1
    assert len({tuple(one["evidence"]) for one in answers}) == 1


def test_three_probabilities_and_the_stability_range_are_told(qualifier):
    model = qualifier.model
    stability = Stability(np.full((20, len(model.schema.columns) + 1), 0.01), 0.1)
    estimator = copy(model.estimator)
    estimator.stability_ = stability
    whole = replace(model, estimator=estimator, no_decision=model.estimator.logistic_)
    found = told(Qualifier(qualifier.policy, whole), fit=1.0, budget=True, sector="a")
    three = [found[name] for name in ("p_win", "p_lost", "p_no_decision")]
    assert sum(three) == pytest.approx(1, abs=1e-15)
    assert found["stability_range"]["low"] < found["p_win"] < found["stability_range"]["high"]
    assert "not an interval of this deal's probability" in found["stability_range"]["text"]
    assert found["evidence_level"] == found["evidence"]["level"] == "enough"


def test_what_is_unlike_past_deals_is_said_with_their_range(qualifier):
    found = told(qualifier, fit=100.0, budget=True, sector="a")
    (unseen,) = found["evidence"]["unseen"]
    assert (unseen["field"], unseen["value"]) == ("fit", 100.0)
    assert unseen["lowest"] < -1 < 1 < unseen["highest"] < 5
    assert unseen["text"].startswith("Fit: 100\xa0pts is beyond the closed deals, which had −")
    text = sentences(found)["UNLIKE_PAST_DEALS"]
    assert text == unseen["text"] + "; the estimate is less sure than it looks"
    french = sentences(told(qualifier, "fr", fit=100.0, budget=True, sector="a"))
    assert french["UNLIKE_PAST_DEALS"].endswith(
        "\xa0; l'estimation est moins sûre qu'il n'y paraît"
    )
    usual = told(qualifier, fit=1.0, budget=True, sector="a")
    assert "UNLIKE_PAST_DEALS" not in sentences(usual)


def test_what_it_is_worth_is_said_with_what_it_hangs_on_and_what_is_not_counted(counting):
    english = told(counting, fit=2.0, budget=True, sector="a")["value"]
    assert english["remaining_cost"] == 8000
    assert english["break_even_p_win"] == 0.4
    assert english["text"].startswith("Pursuing it is worth ")
    assert "it pays from a probability of 40% on" in english["text"]
    assert (
        "on (not counted: visits and calls, the risk of not being paid). Won, it brings"
        in (english["text"])
    )
    assert english["text"].endswith(f"each worth €{english['value_per_hour']:.0f}")
    assert english["remaining_hours"] == 100
    assert english["lowest"] == english["highest"] == english["expected_value"]
    assert english["sunk_cost"] is english["cost_share_of_revenue"] is None
    french = told(counting, "fr", fit=2.0, budget=True, sector="a")["value"]["text"]
    assert "\xa0€ en moyenne\xa0; elle rapporte à partir d'une probabilité de 40\xa0%" in french


def test_a_value_too_low_is_a_no_go_and_an_unknown_one_is_asked_for(counting):
    low = told(counting, fit=2.0, budget=True, sector="b")
    assert low["recommendation"] == "no_go"
    assert low["value"]["text"].startswith("Pursuing it costs ")
    assert "it does not pay even if won" in low["value"]["text"]
    assert "is below €1,000" in sentences(low)["VALUE_BELOW_THRESHOLD"]
    unknown = told(counting, "fr", fit=2.0, budget=True)
    assert unknown["recommendation"] == "find_out"
    assert unknown["value"]["expected_value"] is unknown["value"]["lowest"] is None
    assert unknown["value"]["text"].startswith(
        "Sa valeur n'a pas de bornes, la politique ne donnant pas de limites à ce qui est inconnu"
    )
    assert sentences(unknown)["VALUE_UNKNOWN"].endswith("À compléter\xa0: Sector")


def test_contributions_are_complete_and_add_up_to_points_probability_and_money(counting):
    found = told(counting, fit=2.0, budget=True, sector="a")
    parts, start = found["contributions"], found["baseline"]
    assert [(one["kind"], one["about"]) for one in parts] == [
        ("knockout", "never"), ("knockout", "no_budget"), ("criterion", "fits"),
        ("criterion", "bad_sector"), ("field", "budget"),
    ]  # fmt: skip

    def total(name):
        return sum(one[name] for one in parts if one[name] is not None)

    card = found["scorecard"]
    assert total("points") == card["points"]
    assert total("points_lost") == card["points"] - card["best"]
    assert start["p_win"] + total("percentage_points") == pytest.approx(found["p_win"], abs=1e-12)
    value = found["value"]["expected_value"]
    assert start["money"] + total("money") == pytest.approx(value, abs=1e-8)


def test_the_page_of_the_answer_has_every_key_of_the_money_and_of_the_contributions(counting):
    page = (Path(__file__).parents[3] / "docs" / "answer.md").read_text(encoding="utf-8")
    money, rest = page.split("In `value`")[1].split("## Contributions that add up")
    figures = rest.split("## Reason codes")[0]
    found = told(counting, fit=2.0, budget=True, sector="a")

    def named(part):
        rows = re.findall(r"^\| (`.+?`) \|", part, flags=re.MULTILINE)
        return re.findall(r"`(\w+)`", " ".join(rows))

    assert named(money) == list(found["value"])
    for one in found["contributions"]:
        assert set(one) == {"about", "kind", "label", "fields", *named(figures)}


def test_each_contribution_is_called_what_its_reader_calls_it(counting):
    labels = [one["label"] for one in told(counting, fit=-2.0, sector="a")["contributions"]]
    assert labels[:3] == ["Bad fit", "No budget", "It fits"]
    french = [one["label"] for one in told(counting, "fr")["contributions"]]
    assert french[2:4] == ["Cela convient", "Secteur b"]


def test_the_baseline_says_from_where_to_where_the_facts_take_it(counting):
    found = told(counting, "fr", fit=2.0, budget=True, sector="a")
    text = found["baseline"]["text"]
    assert re.search(r"la probabilité est de \d+\xa0%\xa0; ce que l'on sait la porte à \d+", text)
    assert "la valeur attendue passe de " in text
    unknown = told(counting, fit=2.0)["baseline"]
    assert unknown["money"] is None
    assert "expected value" not in unknown["text"]
    bare = Qualifier(replace(counting.policy, criteria=()))
    assert told(bare, fit=2.0)["baseline"] is None


def test_the_figures_of_a_reason_are_numbers_without_infinity(counting):
    reasons = told(counting, fit=2.0, budget=True)["reasons"]
    (unknown,) = (one for one in reasons if one["code"] == "VALUE_UNKNOWN")
    assert unknown["figures"] == {"lowest": None, "highest": None}


def test_a_waiver_is_named_with_who_gave_it_why_and_until_when(qualifier):
    one = Waiver(knockout="no_budget", by="head of sales", reason="The board has agreed",
                 granted_on=date(2026, 1, 2), until=date(2026, 2, 1))  # fmt: skip
    over = replace(one, granted_on=date(2025, 6, 1), until=date(2025, 7, 1), reason="Long ago")
    found = told(qualifier, waivers=(over, one), fit=2.0, budget=False, sector="a")
    assert found["recommendation"] == "go"
    knockout = found["knockouts"][1]
    assert knockout["state"] == "waived"
    assert knockout["waived"] == {
        "by": "head of sales", "reason": "The board has agreed", "granted_on": "2026-01-02",
        "until": "2026-02-01",
    }  # fmt: skip
    assert knockout["state_text"] == "waived by head of sales until 1\xa0February 2026"
    assert sentences(found)["KNOCKOUT_WAIVED"] == (
        "Waived by head of sales until 1\xa0February 2026 (The board has agreed): No budget"
    )
    french = told(qualifier, "fr", waivers=(one,), fit=2.0, budget=False, sector="a")
    text = "Dérogation de head of sales jusqu'au 1er\xa0février 2026"
    assert sentences(french)["KNOCKOUT_WAIVED"].startswith(text)
    assert (
        told(qualifier, waivers=(over,), fit=2.0, budget=False)["knockouts"][1]["waived"] is None
    )


def test_an_answer_that_is_too_old_is_told_and_asked_again(qualifier):
    found = told(qualifier, expired=("fit",), budget=True, sector="a")
    assert found["find_out"][0]["answer_too_old"] is True
    assert [one["field"] for one in found["expired"]] == ["fit"]
    assert "older than 90 days" in found["expired"][0]["text"]
    french = told(qualifier, "fr", expired=("sector",), budget=True)["expired"][0]["text"]
    assert french == "La réponse connue ne compte pas\xa0: elle date d'un jour suivant"


def test_the_grade_and_every_state_of_a_knockout_have_their_words(qualifier):
    alone = Qualifier(qualifier.policy)
    assert told(alone, fit=1.0, budget=True, sector="a")["grade_text"] == (
        "Grade A: from 8\xa0points on"
    )
    assert told(alone, "fr", fit=-1.0, budget=True, sector="a")["grade_text"] == (
        "Classe B\xa0: de −100\xa0points à moins de 8\xa0points"
    )
    states = {
        one["state"]: one["state_text"]
        for facts in ({"fit": -6.0}, {"budget": True, "fit": 0.0})
        for one in told(qualifier, "fr", **facts)["knockouts"]
    }
    assert states == {
        "fired": "s'applique",
        "unknown": "peut s'appliquer\xa0: à compléter (Budget)",
        "clear": "ne s'applique pas",
    }
