"""Files of past pursuits, made up row by row, and one policy that reads them."""

import csv
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st

from features import parse_policy
from training.intake import read_deals

AS_OF = date(2026, 1, 5)
MARGIN, COST_PER_HOUR = 0.25, 50.0

MONEY = """
economics:
  currency: EUR
  margin_rate: 0.25
  revenue: {field: amount}
  remaining_hours: {field: estimated}
  cost_per_hour: 50
"""
DECIDED = "decision: {go_at: {%s, points: 0}}\n"
POLICY = """
policy: past
title: {en: Past, fr: Passe}
deals:
  id: id
  account: account
  as_of: decided
  closed_on: closed
  outcome: {column: ended, won: [w], lost: [l], no_decision: [n], declined_by_us: [d], open: [o]}
  team: team
  seller: seller
  name: name
  %s
fields:
  amount: {type: number}
  estimated: {type: number, used_by_model: false}
  bad: {type: boolean}
knockouts:
  - {id: bad, when: {bad: true}, then: no_go, on_unknown: ignore, reason: {en: Bad, fr: Mauvais}}
"""


HOURS_ONLY = "economics: {remaining_hours: {field: estimated}}\n"


def policy(*, with_hours=True, economics=MONEY):
    hours = "hours_spent: hours" if with_hours else ""
    threshold = "expected_value: 0" if economics == MONEY else "p_win: 0.3"
    return parse_policy((POLICY % hours + economics + DECIDED % threshold).encode())


@dataclass(frozen=True)
class Row:
    """One deal as it is written in the file, and its probability, None where nobody knows."""

    id: str
    account: str
    team: str
    seller: str
    name: str
    decided: str
    closed: str
    ended: str
    amount: str
    estimated: str
    hours: str
    bad: str
    p_win: float | None


def row(number=0, **changes):
    plain: dict[str, Any] = {
        "id": f"D{number}", "account": f"A{number}", "team": "North", "seller": "Ann",
        "name": f"Deal {number}", "decided": "2025-02-03", "closed": "2025-06-01", "ended": "l",
        "amount": "10000", "estimated": "10", "hours": "20", "bad": "no", "p_win": 0.5,
    }  # fmt: skip
    return Row(**(plain | changes))


def numbers(*some):
    return st.sampled_from(["", *some])


@st.composite
def rows(draw):
    """Return a file of deals with gaps wherever there may be some; it has won and lost ones."""
    made = draw(
        st.lists(
            st.builds(
                Row,
                id=st.just(""),
                account=st.sampled_from(["", "a", "b", "c", "d", "e", "f"]),
                team=st.sampled_from(["", "North", "South", "South", "East"]),
                seller=st.sampled_from(["", "Ann", "Bob", "Cy"]),
                name=st.sampled_from(["", "Pump"]),
                decided=st.sampled_from(["", "2024-12-31", "2025-01-01", "2025-08-09"]),
                closed=st.sampled_from(["", "2025-10-01", "2026-02-01"]),
                ended=st.sampled_from(["w", "l", "n", "d", "o", ""]),
                amount=numbers("0", "400", "5000", "80000"),
                estimated=numbers("0", "4", "30"),
                hours=numbers("0", "7.5", "60"),
                bad=st.sampled_from(["", "yes", "no", "no"]),
                p_win=st.sampled_from([None, 0.0, 0.05, 0.1, 0.25, 0.3, 0.6, 1.0]),
            ),
            max_size=24,
        )
    )
    made += [row(ended="w"), row(ended="l")]
    return [Row(**(asdict(one) | {"id": f"D{n}"})) for n, one in enumerate(made)]


def write(made, place):
    columns = [name for name in asdict(made[0]) if name != "p_win"]
    with place.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns, extrasaction="ignore")
        table.writeheader()
        table.writerows(asdict(one) for one in made)
    return place


def read(made, under, place):
    """Return the file as the intake reads it."""
    return read_deals(write(made, place), under, as_of=AS_OF, needs_outcome=True)
