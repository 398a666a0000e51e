"""What is told of refused deals: drawn ones by rule, never pooled with chosen ones."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.qualifier import Qualifier
from tests.unit.training.refused_world import (
    ABROAD,
    AS_OF,
    BROKE,
    DECLINED,
    HOME,
    LOST,
    OPEN,
    POLICY,
    SMALL,
    WON,
    World,
)
from training.closed_deals import ClosedDeals
from training.evidence_on_refusals import jeffreys
from training.fit import fit_model
from training.refused import RefusedPast


def usual(world=None):
    return (world or World()).add(HOME, WON, times=30).add(HOME, LOST, times=70)


def test_many_wins_among_drawn_deals_say_that_the_rule_refuses_too_much():
    found = usual().add(ABROAD, DECLINED, times=60).explored(15, 15).rule()
    assert found.verdict == "work_again"
    assert found.proven_low > found.threshold == 0.2
    assert (found.recent.deals, found.recent.won, found.declined) == (30, 15, 60)
    assert found.recent.low < 0.5 < found.recent.high


def test_few_wins_among_many_say_that_it_is_right():
    found = usual().explored(2, 58).rule()
    assert found.verdict == "refusing_is_right"
    assert found.proven_high < 0.2


@pytest.mark.parametrize(("won", "lost", "verdict"), [
    (0, 0, "no_evidence"), (1, 3, "no_evidence"), (4, 14, "no_evidence"), (5, 16, "undecided"),
])  # fmt: skip
def test_what_few_deals_say_is_not_made_more_of(won, lost, verdict):
    found = usual().explored(won, lost).rule()
    assert found.verdict == verdict
    assert found.needed == 44


def test_with_exploration_off_there_is_no_evidence_however_good_the_segment():
    """The negative control: only the drawn deals could have told."""
    world = World(POLICY.replace(", exploration: {share: 0.4}", ""))
    found = usual(world).add(ABROAD, DECLINED, times=500)
    report = found.report()
    assert report.share is None
    assert report.to_loosen == ()
    assert [one.verdict for one in report.rules] == ["no_evidence", "no_evidence"]


def test_deals_worked_by_choice_are_told_apart_and_prove_nothing():
    """The same wins that would loosen the rule, had chance picked them."""
    chosen = usual().add(ABROAD, WON, times=25).add(ABROAD, LOST, times=5)
    found = chosen.rule()
    assert found.verdict == "no_evidence"
    assert (found.by_choice.deals, found.by_choice.won, found.explored.deals) == (30, 25, 0)
    drawn = usual().explored(25, 5)
    assert drawn.rule().verdict == "work_again"
    names = [deal.id for deal in drawn.deals if deal.facts == ABROAD]
    overridden = drawn.rule(overridden=names)
    assert overridden.verdict == "no_evidence"
    assert overridden.overridden == 30


def test_drawn_and_declined_all_the_same_is_told():
    world = usual().explored(3, 3).add(ABROAD, DECLINED, times=4, chance=0.4)
    world.add(ABROAD, OPEN, times=2, chance=0.4)
    world.add(ABROAD, DECLINED, times=9, chance=0.4, drawn=False)
    found = world.rule()
    assert (found.not_worked, found.open, found.declined) == (4, 2, 9)
    assert found.refused == 6 + 4 + 2 + 9


def test_only_the_last_four_whole_quarters_decide():
    world = usual().explored(20, 5, closed="2025-12-31").explored(0, 6, closed="2026-01-01")
    found = world.rule()
    assert (found.explored.deals, found.recent.deals, found.recent.won) == (31, 6, 0)
    early = world.rule(as_of=date(2026, 12, 30))  # the quarter is not over
    assert (early.recent.deals, early.recent.won) == (31, 20)
    assert early.verdict == "work_again"
    periods = [one.period for one in found.quarters]
    assert (
        periods[-4:] == ["2026Q1", "2026Q2", "2026Q3", "2026Q4"] == list(world.report().quarters)
    )
    assert sum(one.explored for one in found.quarters) == 31


def test_who_looks_every_day_sees_what_who_looks_every_quarter_sees():
    world = usual().explored(9, 5, closed="2026-08-01").explored(9, 1, closed="2026-11-11")
    looks = {world.rule(as_of=date(2026, month, 7)).model_dump_json() for month in (10, 11, 12)}
    assert len(looks) == 1


def test_deals_that_two_rules_refuse_speak_of_neither():
    both = {**ABROAD, "broke": True}
    found = usual().explored(20, 5, facts=both)
    rules = {one.id: one for one in found.report().rules}
    assert rules["abroad"].refused == rules["broke"].refused == 0
    assert rules["abroad"].verdict == "no_evidence"


def test_what_is_not_testable_says_so():
    found = usual().add(BROKE, DECLINED, times=8).rule("broke")
    assert (found.verdict, found.testable, found.refused) == ("not_tested", False, 8)
    assert found.needed is None


def test_below_the_threshold_is_a_rule_like_others():
    world = usual().explored(12, 10, facts=SMALL).add(SMALL, DECLINED, times=5)
    found = world.rule(None)
    assert (found.kind, found.verdict, found.refused) == ("threshold", "work_again", 27)


def test_who_was_below_the_threshold_does_not_hang_on_how_the_deal_ended():
    """The record decides: a model of today would call winners of then worth working."""
    world = usual().explored(10, 12, facts=HOME)  # refused then, and worth it by the points of now
    found = world.rule(None)
    assert (found.refused, found.recent.won) == (22, 10)


def test_the_chance_of_being_drawn_weighs():
    """Half of them had a tenth of the chance of the others, and stand for ten times as many."""
    world = usual().explored(8, 2, chance=0.4).explored(1, 9, chance=0.04)
    found = world.rule()
    assert found.explored.rate == pytest.approx((8 / 0.4 + 1 / 0.04) / (10 / 0.4 + 10 / 0.04))
    assert found.explored.won == 9
    assert 10 < found.explored.effective < 13
    low, high = jeffreys(found.explored.rate * 20, 20, 0.9)
    assert found.explored.low < low < high < found.explored.high
    assert found.verdict == "no_evidence"  # nine wins of twenty that were alike would say more
    alike = usual().explored(9, 11).rule()
    assert alike.explored.rate == pytest.approx(9 / 20)
    assert alike.explored.effective == pytest.approx(20)
    assert alike.verdict == "work_again"


MONEY = POLICY.replace("go_at: {p_win: 0.2, points: 5}", "go_at: {expected_value: 100, points: 5}")
MONEY += """
economics: {currency: EUR, margin: {field: margin}, other_costs: 300}
"""


def test_the_threshold_is_where_all_of_the_deals_together_pay():
    text = MONEY.replace("  size:", "  margin: {type: number}\n  size:")
    world = World(text).add({**HOME, "margin": 1e3}, WON, times=20)
    world.add({**ABROAD, "margin": 1000.0}, DECLINED, times=3)
    world.add({**ABROAD, "margin": 3000.0}, DECLINED)
    world.add(ABROAD, DECLINED)  # a margin that nobody knows is left out of it
    assert world.rule().threshold == pytest.approx(4 * (300 + 100) / 6000)
    nothing = World(text).add(ABROAD, DECLINED, times=3).explored(1, 1)
    assert nothing.rule().threshold is None
    assert nothing.rule().verdict == "no_threshold"


@pytest.fixture(scope="module")
def judged():
    """Return a world of a bad past, and a qualifier that has learned from it."""
    random = np.random.default_rng(0)
    world = World()
    for facts, n, rate in ((HOME, 200, 0.5), (ABROAD, 100, 0.1), (SMALL, 100, 0.1)):
        for won in random.random(n) < rate:
            world.add({**facts, "size": facts["size"] + random.random()}, WON if won else LOST)
    past = world.past()
    closed = ClosedDeals(
        table=past.table, won=past.won.astype(float), no_decision=np.zeros(len(past), dtype=bool),
        twins=np.arange(len(past)), groups=np.arange(len(past)), opened_on=None, closed_on=None,
        human_p=None, fingerprint="made", left_out=(),
    )  # fmt: skip
    return Qualifier(world.policy, fit_model(closed, world.policy, seed=0, effort="quick"))


def test_what_the_model_says_stands_beside_what_the_draw_says(judged):
    """It believes in the past: its error is there to be seen, and is no part of the verdict."""
    world = usual().explored(16, 14).add(ABROAD, DECLINED, times=40)
    found = world.rule(qualifier=judged)
    assert found.naive is not None
    assert found.naive < 0.25 < found.recent.rate
    assert found.bias == pytest.approx(found.naive - 16 / 30)
    alone = world.rule()
    assert (alone.naive, alone.bias) == (None, None)
    assert (alone.verdict, alone.proven_low) == (found.verdict, found.proven_low)


def test_with_a_model_the_record_says_who_was_below_the_threshold(judged):
    world = usual().explored(9, 11, facts=SMALL).add(SMALL, DECLINED, times=7)
    world.add(SMALL, WON, times=5)  # worked as a go of their day: nobody refused them
    found = world.rule(None, qualifier=judged)
    assert found.refused == 27
    assert (found.explored.deals, found.by_choice.deals, found.verdict) == (20, 0, "work_again")
    names = [deal.id for deal in world.deals][-5:]
    overridden = world.rule(None, qualifier=judged, overridden=names)
    assert (overridden.refused, overridden.by_choice.deals) == (32, 5)


def test_what_nobody_worked_is_bounded_not_guessed():
    found = usual().add(ABROAD, DECLINED, times=50).rule()
    half, once, more = found.stress
    assert [one.rate for one in found.stress] == pytest.approx([0.15, 0.3, 0.45])
    assert [one.pays for one in found.stress] == [False, True, True]
    assert once.wins == pytest.approx(15)
    assert once.overall == pytest.approx(45 / 150)
    assert half.overall < once.overall < more.overall


def test_every_deal_is_counted_once_and_the_population_is_named():
    world = usual().explored(4, 6).add(ABROAD, DECLINED, times=5).add(HOME, OPEN, times=2)
    world.add(ABROAD, LOST, times=3)
    of = world.report().population
    assert (of.pursued, of.declined, of.open) == (113, 5, 2)
    assert of.pursued + of.declined + of.open == of.deals == len(world.deals)
    assert (of.explored, of.by_choice) == (10, 3)
    assert world.report().base.deals == 100


@settings(max_examples=30)
@given(st.integers(0, 30), st.integers(0, 30), st.permutations(range(20)))
def test_the_order_of_the_deals_does_not_matter(won, lost, order):
    world = usual().explored(won, lost)
    past, report = world.past(), world.report()
    rows = np.concatenate([np.array(order), np.arange(20, len(past))])
    shuffled = replace(
        past,
        table=past.table.take(rows),
        outcomes=past.outcomes[rows],
        closed_on=past.closed_on[rows],
        propensity=past.propensity[rows],
        overridden=past.overridden[rows],
    )
    again = RefusedPast(shuffled, Qualifier(world.policy), AS_OF).report()
    assert again == report
