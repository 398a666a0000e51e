"""Whether overridden deals were won: the last word on each, beside the policy's own go deals."""

from dataclasses import replace
from datetime import date

import numpy as np

from features.override import override_of
from models.qualifier import Qualifier
from reports.overrides.report import Overrides
from tests.unit.features.test_override import WRITTEN
from tests.unit.training.refused_world import ABROAD, AS_OF, DECLINED, HOME, LOST, OPEN, WON, World
from training.override_report import overrides_of
from training.rates import rate_of

ONE = override_of(WRITTEN)


def told(world, names, *, as_of=AS_OF, by=lambda place: "head of sales", **more):
    overrides = [replace(ONE, deal=name, by=by(place), **more) for place, name in enumerate(names)]
    through = [one.deal for one in overrides if one.goes_ahead]
    return overrides_of(world.past(through), overrides, Qualifier(world.policy), as_of=as_of)


def ids(world, facts):
    return [deal.id for deal in world.deals if deal.facts == facts]


def market():
    world = World().add(HOME, WON, times=30).add(HOME, LOST, times=70)
    world.add(ABROAD, WON, times=5).add(ABROAD, LOST, times=3)
    return world.add(ABROAD, OPEN, times=2).add(ABROAD, DECLINED)


def test_they_are_counted_by_what_became_of_them():
    world = market()
    found = told(world, [*ids(world, ABROAD), "not on file"])
    assert (found.let_through, found.found, found.open, found.declined) == (12, 11, 2, 1)
    assert (found.rate.deals, found.rate.won) == (8, 5)
    assert (found.own.deals, found.own.won) == (100, 30)
    assert found.rate.low < 5 / 8 < found.rate.high
    assert Overrides.model_validate(found.to_data()) == found


def test_own_go_deals_are_neither_overridden_nor_drawn():
    world = market().explored(6, 2)
    go = ids(world, HOME)
    found = told(world, go[:10])  # held for once: let through although it was a go by now
    assert found.own.deals == 90
    assert found.rate.deals == 10
    drawn = [deal.id for deal in world.deals if deal.facts == ABROAD][-8:]
    pooled = told(world, drawn)
    assert pooled.rate.deals == 8  # told as overrides; the report on refusals leaves them out
    assert world.rule(overridden=drawn).explored.deals == 0


def test_roles_are_told_from_a_to_z_and_few_deals_of_a_role_are_not():
    world = market()
    names = ids(world, ABROAD)
    found = told(world, names, by=lambda place: "  Zone  lead" if place < 6 else "Area lead")
    assert [(one.role, one.overrides, one.closed) for one in found.roles] == [
        ("area lead", 5, 2), ("zone lead", 6, 6),
    ]  # fmt: skip
    assert found.roles[0].rate is None
    assert found.roles[1].rate is not None
    assert found.roles[1].rate.won == 5


def test_deals_held_back_have_no_outcome_and_are_counted_apart():
    world = market()
    found = told(world, ids(world, HOME)[:4], recommended="go", done="no_go")
    assert (found.held_back, found.let_through, found.rate.deals) == (4, 0, 0)
    assert found.own.deals == 100


def test_overrides_stand_until_their_last_day():
    world = market()
    names = ids(world, ABROAD)[:3]
    assert told(world, names, as_of=ONE.until).standing == 3
    assert told(world, names, as_of=date(2026, 7, 1)).standing == 0


def test_no_overrides_are_no_evidence():
    found = told(market(), [])
    assert (found.let_through, found.rate.deals, found.roles) == (0, 0, ())
    assert found.rate.rate is None


def test_a_rate_of_nothing_is_unknown():
    assert rate_of(np.array([], dtype=bool), np.array([])).rate is None
