"""What is about the customer is told from the deals, and chance is not taken for it."""

from datetime import date

import numpy as np

from features import Deal, DealTable, parse_policy
from training.customer_fields import customer_fields

POLICY = """
policy: a
title: {en: a, fr: b}
deals: {outcome: {column: Status, won: [W], lost: [L]}}
fields:
  limit: {type: number}
  health: {type: category}
  amount: {type: number}
  budget: {type: boolean}
  same: {type: category}
  never: {type: number}
decision: {go_at: {p_win: 0.4}}
"""


def table_of(n, seed=0):
    random, rules = np.random.default_rng(seed), parse_policy(POLICY.encode())
    limits, healths = random.permutation(60) * 1_000.0, random.random(60) < 0.3
    accounts = random.integers(60, size=n)
    deals = []
    for account in accounts:
        ill = healths[account] if random.random() < 0.8 else random.random() < 0.3
        facts = {
            "limit": limits[account],
            "health": "distressed" if ill else "sound",
            "amount": float(random.integers(1, 500)),
            "budget": bool(random.random() < 0.5),
            "same": "yes",
        }
        known = {name: fact for name, fact in facts.items() if random.random() > 0.2}
        deals.append(Deal(as_of=date(2026, 1, 5), facts=known))
    names = np.array([f"A{account}" for account in accounts], dtype=object)
    return DealTable.of(deals, rules.fields), names


def test_answers_that_belong_to_the_account_are_found():
    assert customer_fields(*table_of(400)) == {"limit", "health"}


def test_few_pairs_prove_nothing():
    found = [customer_fields(*table_of(25, seed)) for seed in range(30)]
    assert sum("budget" in fields for fields in found) <= 2


def test_without_accounts_nothing_is_about_the_customer():
    table, names = table_of(50)
    assert customer_fields(table, np.full(50, None, dtype=object)) == frozenset()
    assert customer_fields(table, np.array([*map(str, range(50))], dtype=object)) == frozenset()
    assert "limit" in customer_fields(table, np.where(names == "A1", "", names))
