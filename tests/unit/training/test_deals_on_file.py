"""What a reader of deals hands on: one row a deal, in every array."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from features import parse_policy
from training.deals_on_file import DealsOnFile
from training.intake import read_deals

POLICY = b"""
policy: on_file
title: {en: a, fr: b}
deals: {id: Id, closed_on: Closed, outcome: {column: Status, won: [Won], lost: [Lost]}}
fields: {size: {type: number, column: Size}}
decision: {go_at: {p_win: 0.3}}
"""


def test_every_array_has_a_row_for_each_deal_and_nothing_can_be_changed(tmp_path):
    file = tmp_path / "deals.csv"
    file.write_text("Id,Status,Size,Closed,Other\nA,Won,1,2025-01-02,x\nB,Lost,,2025-01-03,y\n")
    deals = read_deals(file, parse_policy(POLICY), as_of=date(2026, 1, 1), needs_outcome=True)
    assert isinstance(deals, DealsOnFile)
    assert deals.outcomes is not None
    assert deals.closed_on is not None
    assert len(deals.table) == len(deals.outcomes) == len(deals.closed_on) == len(deals.kept) == 2
    assert deals.left_out == ("Other",)
    with pytest.raises(FrozenInstanceError):
        deals.missing = ()  # type: ignore[misc]
