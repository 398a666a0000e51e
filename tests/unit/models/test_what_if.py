"""What if: the same answer for changed facts, and nothing else happens."""

import pytest

from features import Deal
from models.what_if import what_if
from tests.asked_worlds import DAY, qualifier_of

DEAL = Deal(
    id="7",
    as_of=DAY,
    facts={"budget": True, "sector": "paper", "rank": "high", "size": 3.0, "broke": False},
    expired=("size",),
)


def test_both_answers_are_those_of_the_qualifier():
    qualifier = qualifier_of()
    told = what_if(qualifier, DEAL, {"broke": True, "sector": "paper", "rank": None})
    assert told.before == qualifier.decide([DEAL])[0]
    assert told.after.recommendation == "no_go"
    assert told.changed == ("broke", "rank")
    assert "rank" not in told.other.facts
    assert told.other.id == "7"
    assert told.deal is DEAL


def test_what_is_given_anew_has_not_expired():
    assert what_if(qualifier_of(), DEAL, {"size": 4.0}).other.expired == ()


@pytest.mark.parametrize("name", ["nowhere"])
def test_only_what_the_policy_asks_can_change(name):
    with pytest.raises(KeyError, match=name):
        what_if(qualifier_of(), DEAL, {name: 1.0})
