"""A past so small that every figure can be counted by hand."""

from datetime import date

import numpy as np

from features import parse_policy
from reports.replay.report import ProbabilitySource
from training.intake import read_deals
from training.replay.origins import Probabilities
from training.replay.report import replay

DAY = date(2026, 1, 5)
POLICY = """
policy: small
title: {en: Small, fr: Petite}
deals:
  id: Deal
  name: Title
  as_of: Decided
  closed_on: Closed
  account: Customer
  hours_spent: Hours
  outcome:
    {column: Status, won: [Won], lost: [Lost], no_decision: [Nothing], declined_by_us: [Declined]}
fields:
  amount: {type: number, unit: EUR, min: 0}
  insolvent: {type: boolean}
  tender: {type: boolean}
criteria:
  - {id: large, when: {amount: {above: 100}}, points: 10, label: {en: Large, fr: Grande}}
knockouts:
  - {id: insolvent, when: {insolvent: true}, then: no_go, reason: {en: Insolvent, fr: Insolvable}}
  - id: tender
    when: {tender: true}
    then: no_go
    on_unknown: ignore
    reason: {en: A tender, fr: Appel d'offres}
  - id: very_large
    when: {amount: {above: 500}}
    then: {conditional_go: {en: The board agrees, fr: Accord de la direction}}
    reason: {en: Very large, fr: Très grande}
economics:
  currency: EUR
  revenue: {field: amount}
  margin: {field: amount, times: 0.5}
  remaining_hours: 10
  cost_per_hour: 2
decision: {go_at: {p_win: 0.3, points: 0}}
"""
DEALS = """\
Deal,Title,Decided,Closed,Customer,Hours,Status,amount,insolvent,tender
D1,One,2025-01-01,2025-02-01,A,20,Won,200,no,no
D2,Two,2025-01-02,2025-02-02,A,,Lost,100,no,no
D3,Three,2025-01-03,2025-02-03,B,5,Won,100,yes,no
D4,Four,2025-01-04,2025-02-04,B,,Lost,100,yes,yes
D5,Five,2025-01-05,2025-02-05,C,10,Nothing,1000,no,no
D6,Six,2025-01-06,2025-02-06,C,,Won,,no,no
D7,Seven,2025-01-07,2025-02-07,,,Lost,60,,no
D8,Eight,2025-01-08,2025-02-08,,,Won,80,no,yes
D9,Nine,2025-01-09,,D,99,Declined,400,yes,no
D10,Ten,2025-01-10,,D,,Declined,400,no,no
D11,Eleven,2025-12-30,,D,,,400,no,no
D12,Twelve,2025-01-10,,D,,,400,no,no
"""
"""D1 go; D2 go; D3, D4 insolvent; D5 conditional; D6 to find out (very large?); D7 to find out
(insolvent?); D8 a tender. D12 is open for longer than any deal took to close."""

VALUES = {"D1": 60.0, "D2": -20.0, "D3": 40.0, "D4": -20.0, "D5": -20.0, "D7": -20.0, "D8": 20.0}
"""Half of the amount where won, less hours x 2; nobody knows of D6, won at an unknown price."""


def read(place, policy_text=POLICY, deals=DEALS):
    """Return the policy, and the deals of a file under it."""
    file = place / "deals.csv"
    file.write_text(deals, encoding="utf-8")
    policy = parse_policy(policy_text.encode())
    return policy, read_deals(file, policy, as_of=DAY, needs_outcome=True)


def odds(p_win, declined=(0.5, 0.5, 0.5)):
    """Return probabilities as a model would give them."""
    pursued = np.array(p_win, dtype=float)
    told = int(np.isfinite(pursued).sum())
    source = ProbabilitySource(
        method="rolling_origin" if told else "none", origins=1, first_origin=None,
        last_origin=None, deals=told, without=len(pursued) - told,
    )  # fmt: skip
    return Probabilities(
        pursued=pursued, declined=np.array(declined, dtype=float), groups=None, source=source
    )


def replayed(place, *, policy_text=POLICY, against=None, p_win=None, deals=DEALS):
    """Return the replay of the small past; without a probability the points decide."""
    policy, on_file = read(place, policy_text, deals)
    chances = odds([np.nan] * 8 if p_win is None else p_win)
    other = None if against is None else read(place, against, deals)[::-1]
    return replay(
        on_file, policy, as_of=DAY, against=other, probabilities=[chances] * (2 if other else 1)
    )
