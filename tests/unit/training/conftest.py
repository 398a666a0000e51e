"""A policy with dates and accounts, and files of deals to read under it."""

import pytest

from features import parse_policy

POLICY = """
policy: shop
title: {en: Shop, fr: Boutique}
deals:
  id: Id
  outcome: {column: Result, won: [Won], lost: [Lost], no_decision: [Nobody], declined_by_us: [We no], open: [Open]}
  as_of: Seen
  closed_on: Closed
  account: Account
  unknown: ["?"]
fields:
  amount: {type: number, column: Amount, min: 0}
  urgent: {type: boolean, column: Urgent}
  sector: {type: category, column: Sector, values: [Public, Private, None]}
  source: {type: category, column: Source}
criteria:
  - {id: small, when: {amount: {below: 50}}, points: 5, label: {en: Small, fr: Petite}}
knockouts:
  - {id: public_urgent, when: {sector: Public, urgent: true}, then: no_go, reason: {en: Too fast, fr: Trop vite}}
decision: {go_at: {p_win: 0.5, points: 0}}
"""  # noqa: E501
HEADER = "Id,Result,Seen,Closed,Account,Amount,Urgent,Sector,Source,Notes\n"


@pytest.fixture
def shop():
    return parse_policy(POLICY.encode())


@pytest.fixture
def write(tmp_path):
    def write_file(text, name="deals.csv", encoding="utf-8"):
        place = tmp_path / name
        place.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
        return place

    return write_file


@pytest.fixture
def header():
    return HEADER
