"""A small trained qualifier over made-up deals, fitted once."""

from datetime import date

import numpy as np
import pytest

from features import Deal, DealTable, Schema, parse_policy
from models.qualifier import Qualifier
from models.win_model import Provenance, WinModel
from models.win_probability import WinProbability

POLICY = """
policy: shop
title: {en: Shop, fr: Boutique}
deals: {outcome: {column: Result, won: [Won], lost: [Lost]}}
fields:
  fit: {type: number, better: higher, unit: EUR, label: {en: Fit, fr: Adéquation}}
  risk: {type: number, better: lower}
  budget: {type: boolean}
  sector: {type: category}
criteria:
  - {id: fits, when: {fit: {above: 0}}, points: 10, label: {en: It fits, fr: Cela convient}}
  - {id: risky, when: {risk: {above: 1}}, points: -5, label: {en: Risky, fr: Risquée}}
knockouts:
  - {id: too_risky, when: {risk: {above: 2}}, then: no_go, reason: {en: Too risky, fr: Trop risquée}}
  - id: no_budget
    when: {budget: false}
    then: {conditional_go: {en: Prepayment, fr: Prépaiement}}
    reason: {en: No budget, fr: Pas de budget}
  - {id: never_mind, when: {fit: {below: -9}}, then: no_go, on_unknown: ignore, reason: {en: Bad fit, fr: Inadéquate}}
decision: {go_at: {p_win: 0.5, points: 5}}
"""  # noqa: E501


def random_deals(n, seed):
    """Return deals with some facts unknown, and who won them: fit helps, risk hurts."""
    random = np.random.default_rng(seed)
    deals, won = [], []
    for number in range(n):
        fit, risk = random.normal(size=2)
        facts = {"fit": fit, "risk": risk, "budget": bool(random.random() < 0.5)}
        facts["sector"] = str(random.choice(["a", "b", "c"]))
        won.append(float(random.random() < 1 / (1 + np.exp(-1.5 * fit + risk))))
        known = {name: fact for name, fact in facts.items() if random.random() > 0.2}
        deals.append(Deal(id=str(number), as_of=date(2026, 1, 5), facts=known))
    return deals, np.array(won)


@pytest.fixture(scope="session")
def shop_policy():
    return parse_policy(POLICY.encode())


@pytest.fixture(scope="session")
def shop_deals():
    return random_deals(400, seed=3)


@pytest.fixture(scope="session")
def qualifier(shop_policy, shop_deals):
    deals, won = shop_deals
    table = DealTable.of(deals, shop_policy.fields)
    schema = Schema.learn(table, shop_policy.fields)
    estimator = WinProbability(directions=[column.better for column in schema.columns], seed=1)
    estimator.fit(schema.matrix(table).values, won)
    provenance = Provenance(
        n_won=int(won.sum()),
        n_lost=int(len(won) - won.sum()),
        data_fingerprint="d",
        policy_fingerprint=shop_policy.fingerprint,
        trained_on=None,
        metrics={"auc": 0.7},
    )
    return Qualifier(
        shop_policy, WinModel(schema=schema, estimator=estimator, provenance=provenance)
    )
