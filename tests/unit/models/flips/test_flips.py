"""The smallest change that flips it, on cases that can be checked by eye."""

from typing import Any

import numpy as np

from features import Deal
from models.flips.flips import flips_of
from models.qualifier import Qualifier
from tests.asked_worlds import DAY, policy_of, qualifier_of

BY_POINTS = "{p_win: 0.3, points: 5}"


def alone(**facts):
    policy = policy_of(economics="{capacity_hours: 1}", go_at=BY_POINTS)
    return flips_of(Qualifier(policy), Deal(as_of=DAY, facts=facts))


def test_a_no_go_that_people_can_turn_says_what_must_change():
    told = alone(budget=False, rank="low", size=4.0, broke=False, sector="food")
    assert told.now == "no_go"
    assert [[(c.field, c.before, c.after) for c in flip.changes] for flip in told.found] == [
        [("rank", "low", "mid")],  # half the way of the order
        [("budget", False, True)],
    ]
    assert told.is_complete


def test_what_nobody_can_change_is_never_proposed():
    told = alone(budget=True, rank="high", size=4.0, broke=True, sector="food")
    assert told.now == "no_go"
    assert told.found == ()
    assert told.tried > 0


def test_a_go_says_what_would_make_it_a_no_go():
    told = alone(budget=False, rank="mid", size=4.0, broke=False, sector="food")
    assert told.now == "go"
    assert [[c.after for c in flip.changes] for flip in told.found] == [["low"]]


def test_an_unknown_fact_flips_it_if_it_turns_out_so():
    told = alone(budget=True, rank="high", size=4.0, sector="food")
    assert told.now == "find_out"
    (flip,) = told.found
    assert [(c.field, c.before, c.after) for c in flip.changes] == [("broke", None, False)]


def test_with_a_model_the_money_after_the_change_is_told():
    facts: dict[str, Any] = {"budget": False, "rank": "low", "size": 4.0}
    facts |= {"broke": False, "sector": "paper"}
    qualifier = qualifier_of()
    told: Any = flips_of(qualifier, Deal(as_of=DAY, facts=facts))
    assert told.found
    for flip in told.found:
        changed = {c.field: c.after for c in flip.changes}
        (decision,) = qualifier.decide([Deal(as_of=DAY, facts={**facts, **changed})])
        assert np.isclose(flip.expected_value, decision.worth.expected_value)
        assert np.isclose(flip.p_win, decision.estimate.p_win)


def test_no_more_is_changed_than_asked_for():
    told = flips_of(qualifier_of(), Deal(as_of=DAY, facts={}), most_changes=1)
    assert all(len(flip.changes) == 1 for flip in told.found)
    assert told.most_changes == 1
