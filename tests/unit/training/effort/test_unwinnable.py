"""A deal that was not worth it has one reason, the first that applies."""

import numpy as np

from tests.unit.training.effort.files import AS_OF, HOURS_ONLY, MONEY, policy, read, row
from training.effort.pursuits import pursuits_of
from training.effort.sums import Part, spent_on
from training.effort.unwinnable import reasons_of, wins_of

MADE = [
    row(0, bad="yes", amount="10", p_win=0.1),
    row(1, amount="10", p_win=0.1, ended="w"),
    row(2, bad="yes", ended="d"),
    row(3, p_win=0.3),
    row(4, p_win=None, bad=""),
]


def pursuits(place, economics=MONEY):
    under = policy(economics=economics)
    p_win = np.array([np.nan if one.p_win is None else one.p_win for one in MADE])
    return pursuits_of(read(MADE, under, place / "d.csv"), under, p_win, as_of=AS_OF)


def places(reasons):
    return {why: np.flatnonzero(rows).tolist() for why, rows in reasons.items()}


def test_a_knockout_comes_before_the_value_and_what_was_declined_is_no_pursuit(tmp_path):
    found = reasons_of(pursuits(tmp_path), None)
    assert places(found) == {"knocked_out": [0], "below_zero": [1]}


def test_without_money_the_threshold_counts_and_exactly_at_it_a_deal_is_worth_it(tmp_path):
    deals = pursuits(tmp_path, HOURS_ONLY)
    assert places(reasons_of(deals, 0.3)) == {"knocked_out": [0], "below_threshold": [1]}
    assert places(reasons_of(deals, None)) == {"knocked_out": [0]}


def test_wins_among_them_are_told_with_their_reason(tmp_path):
    deals = pursuits(tmp_path)
    wins = wins_of(deals, reasons_of(deals, None))
    assert [(one.deal, one.why, one.brought) for one in wins] == [("D1", "below_zero", 2.5)]


def test_sums_of_nobody_are_none_and_claim_nothing(tmp_path):
    deals = pursuits(tmp_path)
    nobody = np.zeros(len(deals), dtype=bool)
    told = spent_on(deals, {("none", 0): Part(nobody, nobody)}, seed=0)["none", 0]
    assert (told.deals, told.hours, told.share, told.won) == (0, 0.0, None, 0)
