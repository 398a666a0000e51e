"""From a file of deals to the ranking of its accounts."""

from datetime import date

import pytest

from features import parse_policy
from features.errors import InputError
from models.qualifier import Qualifier
from reports.accounts.report import Accounts
from training.accounts import accounts_of
from training.intake import read_deals

POLICY = """
policy: presses
title: {en: Presses, fr: Presses}
deals:
  id: Deal
  account: Customer
  as_of: Decided
  closed_on: Closed
  outcome: {column: Status, won: [Won], lost: [Lost], open: [Open]}
fields:
  amount: {type: number, min: 0}
  hours: {type: number, min: 0}
  months: {type: number, min: 0}
  potential: {type: number, min: 0}
  fit: {type: category, values: [good, poor]}
  solvent: {type: boolean}
criteria:
  - {id: fits, when: {fit: good}, points: 30, label: {en: It fits, fr: Cela convient}}
knockouts:
  - {id: insolvent, when: {solvent: false}, then: no_go, reason: {en: Insolvent, fr: Insolvable}}
  - {id: poor, when: {fit: poor}, then: no_go, reason: {en: Poor, fr: Mauvaise}}
economics:
  currency: EUR
  revenue: {field: amount}
  margin_rate: 0.3
  remaining_hours: {field: hours}
  cost_per_hour: 100
  months_to_close: {field: months}
  account_potential: {field: potential}
decision: {go_at: {p_win: 0.1, points: 10}}
"""
HEADER = "Deal,Customer,Decided,Closed,Status,amount,hours,months,potential,fit,solvent\n"
PAST = "".join(
    f"P{n},{'Ill' if n % 3 == 0 else f'Other{n % 4}'},2024-0{n % 9 + 1}-05,2024-12-0{n % 9 + 1},"
    f"Lost,1000,5,,,{'good' if n % 2 else 'poor'},{'no' if n % 3 == 0 else 'yes'}\n"
    for n in range(60)
)
ROWS = (
    "1,Alpha,2026-01-05,2026-03-01,Won,1000,10,,9000,good,yes\n"
    "2,Alpha,2025-01-05,2025-11-30,Won,7000,10,,,good,yes\n"  # longer ago than a year
    "3,Alpha,2026-11-05,,Open,2000,10,2,,good,yes\n"
    "4,Alpha,2026-11-05,,Open,500,10,,,poor,yes\n"  # refused, and not for the customer
    "5,Beta,2026-11-05,,Open,,10,,,good,yes\n"
    "6,Ill,2026-11-05,,Open,4000,10,1,,good,no\n"
    "7,,2026-11-05,,Open,4000,10,1,,good,yes\n"
    "8,Alpha,2026-11-05,2026-12-24,Won,3000,10,1,,good,yes\n"  # still open on the day
)
AS_OF = date(2026, 12, 1)


@pytest.fixture
def ranked(tmp_path):
    def rank(policy=POLICY, rows=PAST + ROWS, **more):
        rules = parse_policy(policy.encode())
        path = tmp_path / "deals.csv"
        path.write_text(HEADER + rows, encoding="utf-8")
        on_file = read_deals(path, rules, as_of=AS_OF, needs_outcome=True)
        return accounts_of(on_file, Qualifier(rules), as_of=AS_OF, **more)

    return rank


def test_what_was_bought_is_open_and_could_be_bought(ranked):
    found = ranked()
    rows = {one.name: one for one in found.accounts}
    alpha = rows["Alpha"]
    assert alpha.bought == 1_000
    assert (alpha.horizons["soon"].deals, alpha.refused, alpha.open_deals) == (2, 1, 3)
    assert alpha.reachable == 9_000 - 1_000 - 5_500
    assert 0 < alpha.horizons["soon"].expected_revenue < 5_000
    assert rows["Beta"].horizons["undated"].unknown_revenue == 1
    assert rows["Beta"].reachable is None
    assert found.accounts[0] is alpha
    assert (found.since, found.without_account) == ("2025-12-01", 1)
    assert (found.assumed, found.has_months, found.has_potential) == (True, True, True)


def test_knocked_out_is_told_from_a_deal_that_is_refused(ranked):
    found = ranked()
    assert [one.name for one in found.knocked_out] == ["Ill"]
    assert [text.fr for text in found.knocked_out[0].knocked_out_by] == ["Insolvable"]
    assert Accounts.model_validate(found.to_data()) == found


def test_without_an_open_deal_there_is_what_was_bought(ranked):
    found = ranked(rows=PAST + ROWS.splitlines(keepends=True)[0])
    assert found.accounts[0].bought == 1_000
    assert found.knocked_out == ()


def test_ranked_by_one_term(ranked):
    assert ranked(by="bought").accounts[0].name == "Alpha"
    assert ranked(by="bought").ranked_by == "bought"


def test_what_the_policy_lacks_is_told_at_once_with_what_to_write(ranked):
    bare = POLICY.replace("  account: Customer\n", "").replace("revenue: {field: amount}", "")
    bare = bare.replace("margin_rate: 0.3", "margin: 30")
    with pytest.raises(InputError) as told:
        ranked(bare)
    assert len(told.value.problems) == 2
    assert "account: COLUMN" in str(told.value)
    assert "revenue: {field: FIELD}" in str(told.value)
