"""Closed deals made in memory: a company whose past says other things than its policy."""

from datetime import date

import numpy as np
from scipy.special import expit

from features import Deal, DealTable, parse_policy
from training.closed_deals import ClosedDeals

POLICY = """
policy: closed
title: {en: Closed, fr: Closes}
deals: {outcome: {column: Result, won: [Won], lost: [Lost]}}
fields:
  rate: {type: number, better: higher}
  cost: {type: number, better: lower}
  size: {type: number}
  budget: {type: boolean}
  rank: {type: category, values: [low, mid, high], ordered: true, better: higher}
  source: {type: category}
criteria:
  - {id: has_budget, when: {budget: true}, points: 5, direction: as_points, label: {en: a, fr: b}}
  - {id: large, field: size, bands: [{below: -0.5, points: 0}, {below: 0.5, points: 3}, {points: 6}], direction: as_points, label: {en: a, fr: b}}
  - {id: rated, field: rate, bands: [{below: 0, points: -4}, {points: 4}], label: {en: a, fr: b}}
  - {id: ranked, field: rank, values: {low: -2, high: 5}, label: {en: a, fr: b}}
  - {id: cheap_or_known, when: {any: [{cost: {below: 0}}, {source: Partner}]}, points: 4, label: {en: a, fr: b}}
  - {id: odd, when: {rate: {above: 1}}, points: -9, label: {en: a, fr: b}}
decision: {go_at: {p_win: 0.5}}
"""  # noqa: E501
DAY = np.datetime64("2026-01-05")
ANSWERS = {
    "rate": tuple(np.linspace(-3, 3, 9).tolist()),
    "cost": tuple(np.linspace(3, -3, 9).tolist()),
    "size": tuple(np.linspace(-3, 3, 9).tolist()),
    "budget": (False, True),
    "rank": ("low", "mid", "high"),
}
"""From the worst to the best, by the policy; of a size by the points, which hold as they are."""


def policy_of(text=POLICY):
    return parse_policy(text.encode())


def facts_of(n, seed, unknown=0.1):
    """Return the facts of some deals."""
    random = np.random.default_rng(seed)
    found = []
    for _ in range(n):
        rate, cost, size = random.normal(size=3).tolist()
        facts = {
            "rate": rate, "cost": cost, "size": size, "budget": bool(random.random() < 0.5),
            "rank": str(random.choice(["low", "mid", "high"])),
            "source": str(random.choice(["Partner", "Web", "Fair"])),
        }  # fmt: skip
        found.append({k: v for k, v in facts.items() if random.random() >= unknown})
    return found


def closed_of(n, seed, policy, *, facts=None, as_of=None, wrong=True):
    """Return closed deals in which, where ``wrong``, much goes against the policy."""
    random = np.random.default_rng(seed + 1)
    known = facts_of(n, seed) if facts is None else facts
    days = np.full(n, DAY) if as_of is None else as_of
    deals = [
        Deal(id=str(place), as_of=date.fromisoformat(str(day)), facts=one)
        for place, (one, day) in enumerate(zip(known, days, strict=True))
    ]
    worth = [_worth(one) * (-1 if wrong else 1) for one in known]
    won = (random.random(n) < expit(worth)).astype(float)
    return ClosedDeals(
        table=DealTable.of(deals, policy.fields),
        won=won,
        no_decision=(won == 0) & (random.random(n) < 0.5),
        twins=np.arange(n),
        groups=np.arange(n),
        opened_on=None,
        closed_on=None,
        human_p=None,
        fingerprint="made",
        left_out=(),
    )


def _worth(facts):
    rate = facts.get("rate", 0.0)
    ranks = {"low": -0.7, "mid": 0.0, "high": 0.7}
    return (
        0.5 * rate - 0.5 * facts.get("cost", 0.0) + 0.4 * facts.get("size", 0.0)
        + 2.0 * (rate > 1) + 0.8 * facts.get("budget", False) + ranks[facts.get("rank", "mid")]
    )  # fmt: skip
