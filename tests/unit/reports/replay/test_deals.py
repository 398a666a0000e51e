"""Deals have a name whatever the file says, and reasons are told in their own units."""

import pytest

from reports.replay.deals import combinations, deal_name, judged, other_policy, why
from reports.replay.parts import Figure, StoppedBy
from tests.unit.reports.replay_reports import deal, next_to_nothing, policy, replay


def test_a_deal_is_called_by_the_best_that_is_known():
    assert deal_name(deal(name="Pump")) == "Pump"
    assert deal_name(deal(name=None)) == "D7"
    assert deal_name(deal(name=None, id=None, where="deals.csv:3")) == "deals.csv:3"
    assert deal_name(deal(name=None, id=None)) == "–"


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ({"kind": "p_win", "reached": 0.18, "threshold": 0.3}, "win probability 18%, below 30%"),
        ({"kind": "points", "reached": 12.5, "threshold": 30.0}, "points 12.5, below 30"),
        ({"kind": "expected_value", "reached": None, "threshold": 0.0}, "below €0 whatever"),
        ({"kind": "knockout"}, "go_at"),
    ],
)
def test_reasons_in_their_units(reason, told):
    assert told in why(StoppedBy(id="go_at", **reason), "EUR").en


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (1.0, 3.0, "costs"),
        (-3.0, -1.0, "saves"),
        (-1.0, 1.0, "cannot_tell"),
        (None, None, "cannot_tell"),
    ],
)
def test_money_judges_by_the_whole_interval(low, high, told):
    assert judged(Figure(value=0.5, low=low, high=high)) == told


def test_combinations_are_of_two_and_more_then_the_rest():
    names = [name for name, _ in combinations(policy(), "en")]
    assert names == ["Insolvent and No budget", "4\N{NO-BREAK SPACE}other combinations"]
    assert not list(combinations(next_to_nothing().policy, "en"))


def test_the_other_policy_is_told_apart_where_the_titles_are_alike():
    assert other_policy(replay(), "fr") == "Boutique (before)"
    assert other_policy(next_to_nothing(), "fr") == ""
