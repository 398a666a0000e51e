"""A deal as known on one day."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from features import Deal
from features.deal import Fact


def test_a_field_without_a_fact_is_unknown(make_deal):
    deal = make_deal(budget=False, amount=0.0)
    assert [deal.knows(name) for name in ("budget", "amount", "authority")] == [True, True, False]


def test_a_deal_and_its_facts_cannot_be_changed(make_deal):
    deal = make_deal(authority="High")
    with pytest.raises(TypeError):
        deal.facts["authority"] = "Low"
    with pytest.raises(FrozenInstanceError):
        deal.as_of = date(2027, 1, 1)


def test_a_deal_keeps_its_facts_when_the_mapping_it_came_from_changes():
    facts: dict[str, Fact] = {"authority": "High"}
    deal = Deal(as_of=date(2026, 1, 5), facts=facts)
    facts["authority"] = "Low"
    facts["amount"] = 3.0
    assert dict(deal.facts) == {"authority": "High"}


def test_adding_facts_makes_another_deal_of_the_same_name_and_day(make_deal):
    deal = make_deal(deal_id="D1", authority="High", amount=1.0)
    later = deal.with_facts(amount=2.0, budget=True)
    assert dict(deal.facts) == {"authority": "High", "amount": 1.0}
    assert dict(later.facts) == {"authority": "High", "amount": 2.0, "budget": True}
    assert (later.id, later.as_of) == ("D1", date(2026, 1, 5))


def test_two_deals_with_the_same_facts_are_equal_whatever_the_order(make_deal):
    assert make_deal(a=1.0, b=True) == make_deal(b=True, a=1.0)
    assert make_deal(a=1.0) != make_deal(a=2.0)
    assert make_deal(a=1.0) != make_deal(deal_id="D1", a=1.0)
