"""What every test may use: quiet libraries, repeatable generated cases, and one small policy."""

import os
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, settings

from features import Deal, Policy, parse_policy
from features.deal import Fact

os.environ["BENTOML_DO_NOT_TRACK"] = "true"
os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["OMP_WAIT_POLICY"] = "PASSIVE"

settings.register_profile("ci", derandomize=True, deadline=None, max_examples=200)
settings.register_profile(
    "thorough",
    deadline=None,
    max_examples=3000,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

POLICY_TEXT = """\
policy: small_example
title: {en: "A small example", fr: "Un petit exemple"}

deals:
  id: Deal
  outcome: {column: Status, won: [Won], lost: [Lost]}
  unknown: [Unknown]

fields:
  amount: {type: number, unit: EUR, min: 0, max: 5000000}
  exposure: {type: number, unit: EUR, min: 0}
  credit_limit: {type: number, unit: EUR, min: 0, better: higher}
  budget_allocated:
    type: boolean
    better: higher
    label: {en: "Budget allocated", fr: "Budget alloué"}
    question: {en: "Is there a budget?", fr: "Un budget est-il prévu ?"}
  insolvency: {type: boolean, better: lower}
  authority:
    type: category
    values: [Low, Mid, High]
    label: {en: "Authority of our contact", fr: "Pouvoir de décision"}
  source: {type: category, unknown: [To ask]}

criteria:
  - id: decision_maker
    when: {authority: High}
    points: 20
    label: {en: "We talk to the decision maker", fr: "Nous parlons au décideur"}
  - id: budget_or_referral
    when: {any: [{budget_allocated: true}, {source: [Referral, Partner]}]}
    points: 10
    label: {en: "A budget, or a referral", fr: "Un budget, ou une recommandation"}
  - id: very_large
    when: {amount: {above: 1000000}}
    points: -15
    label: {en: "Too large for us", fr: "Trop grande pour nous"}

knockouts:
  - id: insolvent_customer
    when: {insolvency: true}
    then: no_go
    on_unknown: no_go
    reason: {en: "The customer is insolvent", fr: "Le client est en procédure collective"}
    owner: credit control
  - id: exposure_over_limit
    when: {exposure: {above: {field: credit_limit}}}
    then: no_go
    reason: {en: "Over the credit limit", fr: "Au-delà de l'encours autorisé"}
  - id: no_budget_no_authority
    when: {all: [{budget_allocated: false}, {not: {authority: High}}]}
    then: no_go
    on_unknown: ignore
    reason: {en: "Neither budget nor authority", fr: "Ni budget ni décideur"}
  - id: large_without_referral
    when: {amount: {at_least: 500000, at_most: 1000000}, source: {not: Referral}}
    then: {conditional_go: {en: "The head of sales agrees", fr: "Accord de la direction"}}
    on_unknown: find_out
    reason: {en: "Large, and nobody recommends us", fr: "Grande affaire sans recommandation"}

decision:
  go_at: {p_win: 0.3, points: 10}
"""


@pytest.fixture
def policy_text() -> str:
    """Return a small valid policy: numbers, yes/no, a closed and an open category."""
    return POLICY_TEXT


@pytest.fixture
def policy(policy_text: str) -> Policy:
    """Return the small policy, loaded."""
    return parse_policy(policy_text.encode())


@pytest.fixture
def make_deal() -> Callable[..., Deal]:
    """Return what makes a deal of 5 January 2026 from facts given by keyword."""

    def make(*, deal_id: str | None = None, **facts: Fact) -> Deal:
        return Deal(id=deal_id, as_of=date(2026, 1, 5), facts=facts)

    return make
