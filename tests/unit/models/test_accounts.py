"""Accounts by term: sums of what is known, what is unknown apart, and who is knocked out."""

from typing import Any

import numpy as np
import pytest

from models.accounts import RANKED_BY, AccountDeals, rank_accounts

NAN = float("nan")
WON: dict[str, Any] = {"won_lately": True}
DEAL: dict[str, Any] = {
    "account": "a", "day": "2026-01-05", "is_open": False, "won_lately": False, "revenue": 100.0,
    "p_win": 0.5, "value": 10.0, "months": NAN, "refused": False, "refused_by": frozenset(),
    "potential": NAN,
}  # fmt: skip
OPEN: dict[str, Any] = {"is_open": True}
KINDS: dict[str, Any] = {
    "day": "datetime64[D]",
    "is_open": bool,
    "won_lately": bool,
    "refused": bool,
    "account": object,
}


def deals(*changes):
    rows = [DEAL | one for one in changes]
    columns = {
        name: np.array([row[name] for row in rows], dtype=KINDS.get(name, float))
        for name in DEAL
        if name != "refused_by"
    }
    return AccountDeals(**columns, refused_by=[row["refused_by"] for row in rows])


def only(*changes):
    (found,) = rank_accounts(deals(*changes))
    return found


def test_terms_from_the_shortest_to_the_longest():
    found = only(
        WON,
        OPEN | {"months": 3.0},
        OPEN | {"months": 3.1, "revenue": 200.0},
        OPEN | {"months": 12.0},
        OPEN | {"months": 30.0},
        OPEN,
        {"potential": 1_000.0},
    )
    assert found.bought == 100
    sums = {name: (one.deals, one.expected_revenue) for name, one in found.horizons.items()}
    assert sums == {"soon": (1, 50), "later": (2, 150), "long": (1, 50), "undated": (1, 50)}
    assert found.reachable == 1_000 - 100 - 600
    assert found.total == 100 + 300 + 300


def test_the_latest_answer_counts_and_no_potential_is_below_zero():
    found = only(
        WON | {"revenue": 500.0, "potential": 900.0, "day": "2025-01-05"},
        {"potential": 400.0},
        {"day": "2026-03-01"},
    )
    assert (found.potential, found.reachable) == (400, 0)


@pytest.mark.parametrize("unknown", [WON | {"revenue": NAN}, OPEN | {"revenue": NAN}])
def test_what_nobody_knows_is_apart_and_never_zero(unknown):
    found = only(WON, unknown, {"potential": 1_000.0})
    assert found.reachable is None
    assert found.bought == 100
    assert found.bought_unknown + found.horizons["undated"].unknown_revenue == 1
    assert found.total == 100


def test_without_a_potential_nothing_is_said_of_it():
    assert only(WON).reachable is None
    assert only(WON).potential is None


def test_an_unknown_value_is_counted_apart_too():
    one = only(OPEN | {"value": NAN}, OPEN).horizons["undated"]
    assert (one.value, one.unknown_value, one.unknown_revenue) == (10, 1, 0)


def test_refused_deals_promise_nothing():
    found = only(OPEN, OPEN | {"refused": True})
    assert found.horizons["undated"].deals == 1
    assert (found.open_deals, found.refused, found.knocked_out_by) == (2, 1, ())


def test_knocked_out_is_who_is_refused_with_every_open_deal():
    insolvent = OPEN | {"refused": True, "refused_by": frozenset({"insolvent"})}
    over = OPEN | {"refused": True, "refused_by": frozenset({"over_limit"})}
    assert only(insolvent, over).knocked_out_by == ("insolvent", "over_limit")
    assert only(insolvent, OPEN).knocked_out_by == ()
    assert only(insolvent, OPEN | {"refused": True}).knocked_out_by == ()
    assert only(WON).knocked_out_by == ()
    out = only(WON, insolvent, {"potential": 5_000.0})
    assert out.total == out.bought == 100


def test_ranks_by_any_term_with_the_knocked_out_last():
    table = deals(
        WON | {"account": "b", "revenue": 50.0},
        OPEN | {"account": "c", "revenue": 500.0, "months": 1.0},
        WON | {"account": "out", "revenue": 9_000.0},
        OPEN | {"account": "out", "refused": True, "refused_by": frozenset({"insolvent"})},
        {"account": "d", "potential": 300.0},
        {"account": None},
        {"account": ""},
    )
    order = {by: [one.name for one in rank_accounts(table, by)] for by in RANKED_BY}
    assert order["total"] == ["d", "c", "b", "out"]
    assert order["bought"] == ["b", "c", "d", "out"]
    assert order["soon"] == ["c", "b", "d", "out"]
    assert order["reachable"] == ["d", "b", "c", "out"]
    assert rank_accounts(deals({"account": None})) == ()
