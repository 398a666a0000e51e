"""Deals as the log has them, and a policy that says the form of a file."""

from datetime import UTC, date, datetime, timedelta

import pytest

from features import parse_policy
from features.logged_deal import LoggedDeal, LoggedPast

DAY = date(2026, 1, 5)
POLICY = """
policy: logged
title: {en: "Logged", fr: "Journal"}
deals:
  id: Deal
  as_of: Decided
  created_on: Opened
  closed_on: Closed
  account: Customer
  hours_spent: Hours
  propensity: Chance
  seller: Seller
  outcome:
    {column: End, won: [Won], lost: [Lost, Gone], no_decision: [Nothing], declined_by_us: [No]}
  unknown: ["?"]
fields:
  amount: {type: number, min: 0, column: Amount of the offer}
  need: {type: category, values: [clear, unclear], observed_column: Asked on, valid_for_days: 90}
  served: {type: boolean}
  started: {type: date}
  depth: {type: number, not_applicable: [n/a]}
  region: {type: category}
decision: {go_at: {p_win: 0.3}}
"""


@pytest.fixture
def policy():
    return parse_policy(POLICY.encode())


def logged(number=0, outcome="won", **more):
    """Return one deal of the log; what is not said is plain."""
    told = {
        "deal_id": f"D-{number}",
        "decision_id": f"{number:032}",
        "decided_at": datetime(2026, 1, 5, 12, tzinfo=UTC),
        "as_of": DAY,
        "facts": {"amount": 1000.5 + number, "need": "clear", "served": True},
        "policy": "p",
        "model": "m",
        "recommendation": "go",
        "p_win": 0.4,
        "outcome": outcome,
        "closed_on": None if outcome is None else DAY + timedelta(days=30),
    }
    return LoggedDeal(**{**told, **more})


def past(*deals, **left_out):
    return LoggedPast(deals=deals, **left_out)
