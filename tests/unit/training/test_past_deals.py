"""Who was drawn is told by the draw itself, and nobody who was chosen is among them."""

from dataclasses import replace
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from features.deal import Waiver
from tests.unit.training.refused_world import ABROAD, HOME, LOST, POLICY, WON, World
from training.past_deals import PastDeals, next_quarter, quarter_name, quarter_numbers

DAY = date(2026, 1, 1)


def test_only_drawn_deals_of_a_chance_below_one_count_as_drawn():
    world = World().add(HOME, WON).add(ABROAD, WON, chance=0.4)
    world.add(ABROAD, WON, chance=0.4, drawn=False)  # could have been drawn, was not, and worked
    assert world.past().drawn(world.policy).tolist() == [False, True, False]


def test_who_was_overridden_or_waived_is_not_pooled_with_those_drawn():
    world = World().explored(2, 1)
    names = [deal.id for deal in world.deals]
    assert world.past([names[0]]).drawn(world.policy).tolist() == [False, True, True]
    waiver = Waiver(knockout="abroad", by="x", reason="y", granted_on=DAY, until=DAY)
    past = world.past()
    past = replace(past, table=replace(past.table, waivers={2: (waiver,)}))
    assert past.drawn(world.policy).tolist() == [True, True, False]


def test_without_propensities_nobody_was_drawn():
    world = World().explored(3, 3)
    past = world.past()
    for chance in (None, np.full(6, np.nan)):
        found = PastDeals.of(past.table, past.outcomes, past.closed_on, chance)
        assert not found.drawn(world.policy).any()
        assert (found.propensity == 1).all()


def test_a_larger_share_that_was_in_force_before_still_counts():
    world = World(POLICY.replace("share: 0.4", "share: 0.01")).explored(5, 5)
    assert world.past().drawn(world.policy).all()
    without = World(POLICY.replace(", exploration: {share: 0.4}", "")).explored(5, 5)
    assert without.past().drawn(without.policy).all()


@given(st.dates(date(1970, 1, 1), date(2100, 12, 30)))
def test_a_quarter_is_over_on_its_last_day_and_not_before(day):
    number = next_quarter(day)
    today = int(quarter_numbers(np.array([day], dtype="datetime64[D]"))[0])
    last_day = (day.month, day.day) in {(3, 31), (6, 30), (9, 30), (12, 31)}
    assert number == today + last_day
    assert quarter_name(today) == f"{day.year}Q{(day.month + 2) // 3}"


def test_the_day_of_closing_counts_and_else_that_of_the_decision():
    world = World().add(HOME, LOST, closed="2026-11-01").add(HOME, LOST, closed="NaT")
    names = [quarter_name(number) for number in world.past().closed_in().tolist()]
    assert names == ["2026Q4", "2026Q2"]
    undated = replace(world.past(), closed_on=None)
    assert [quarter_name(n) for n in undated.closed_in().tolist()] == ["2026Q2", "2026Q2"]
