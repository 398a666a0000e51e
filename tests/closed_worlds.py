"""Closed deals made up for tests: dated, of accounts, with outcomes drawn from a known chance."""

from typing import Any

import numpy as np
from scipy.special import expit

from features import parse_policy
from features.columns import CategoryColumn, NumericColumn
from features.table import DealTable
from training.closed_deals import ClosedDeals

FIRST = np.datetime64("2022-01-01")

POLICY = parse_policy(
    b"""
policy: made_up
title: {en: Made up, fr: Inventee}
deals: {id: Id, closed_on: Closed, outcome: {column: Ended, won: [w], lost: [l]}}
fields:
  size: {type: number, better: higher}
  noise: {type: number}
  source: {type: category, values: [web, fair]}
  urgent: {type: boolean}
criteria:
  - {id: large, when: {size: {above: 0}}, points: 5, label: {en: Large, fr: Grande}}
decision: {go_at: {p_win: 0.5, points: 0}}
"""
)


def made_up(
    seed: int = 0,
    n: int = 400,
    *,
    dated: bool = True,
    days: int = 1200,
    accounts: int | None = None,
    effect: float = 1.0,
    drift_per_year: float = 0.0,
) -> Any:  # the tests know that it is dated or not
    """Return deals opened over some years; an account brings about four."""
    random = np.random.default_rng(seed)
    size, noise = random.normal(size=n), random.normal(size=n)
    opened = FIRST + np.sort(random.integers(0, days, n))
    closed = opened + random.integers(1, 120, n)
    years = (closed - FIRST) / np.timedelta64(1, "D") / 365.25
    p_win = expit(effect * size - 0.3 + drift_per_year * years)
    account = random.integers(-1, accounts or max(1, n // 4), n)
    alone = np.where(account < 0, n + np.arange(n), account)
    return ClosedDeals(
        table=DealTable(
            ids=tuple(map(str, range(n))),
            as_of=opened,
            columns={
                "size": NumericColumn(size),
                "noise": NumericColumn(noise),
                "source": CategoryColumn(
                    random.integers(-1, 2, n).astype(np.int32), ("fair", "web")
                ),
                "urgent": NumericColumn((random.random(n) < 0.5).astype(float), "boolean"),
            },
        ),
        won=(random.random(n) < p_win).astype(float),
        no_decision=np.zeros(n, dtype=bool),
        twins=np.arange(n),
        groups=np.unique(alone, return_inverse=True)[1],
        opened_on=opened if dated else None,
        closed_on=closed if dated else None,
        human_p=None,
        fingerprint="made up",
        left_out=(),
        accounts=account,
    )
