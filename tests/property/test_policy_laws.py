"""Laws of whole policies: knockouts and points, for one deal and for many."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from features import Deal, DealTable, Policy
from models.knockouts import KnockoutState, judge_knockouts, judge_policy
from models.qualifier import Qualifier
from models.scorecard import CriterionState, add_points, judge_criteria
from tests.property import strategies as made
from tests.property.oracle import is_in_effect, is_waived, knockout_truth, worths
from tests.property.strategies import Data
from tests.property.worlds import World, worlds

Masks: TypeAlias = tuple[bool, bool, bool]
States: TypeAlias = dict[str, KnockoutState]

half = settings(max_examples=settings().max_examples // 2)
"""Whole policies take longer to read than the conditions in them, which have laws of their own."""

quickly = settings(phases=[Phase.generate])
"""For laws that must fail: the smallest counterexample is of no interest."""

S = KnockoutState
LATER: dict[KnockoutState, set[KnockoutState]] = {
    S.UNKNOWN: {S.UNKNOWN, S.FIRED, S.CLEAR, S.CANNOT_FIRE},
    S.FIRED: {S.FIRED},
    S.CLEAR: {S.CLEAR},
    S.CANNOT_FIRE: {S.CANNOT_FIRE, S.CLEAR},
    S.WAIVED: {S.WAIVED, S.CLEAR, S.CANNOT_FIRE},
}
"""What a state may become when one more fact is known."""


def table_of(policy: Policy, deals: tuple[Deal, ...]) -> DealTable:
    return DealTable.of(deals, policy.fields)


def masks_of(policy: Policy, deals: tuple[Deal, ...]) -> list[Masks]:
    verdict = judge_policy(policy, table_of(policy, deals))
    columns = (verdict.refused, verdict.open, verdict.conditional)
    assert {(mask.shape, mask.dtype.name) for mask in columns} == {((len(deals),), "bool")}
    return list(zip(*(mask.tolist() for mask in columns), strict=True))


def points_of(policy: Policy, deals: tuple[Deal, ...]) -> list[tuple[float, float, float, float]]:
    points = add_points(policy, table_of(policy, deals))
    columns = (points.lowest, points.earned, points.highest, points.undecided)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def states_of(policy: Policy, deal: Deal) -> States:
    return {v.knockout.id: v.state for v in judge_knockouts(policy, deal)}


def expected_state(knockout: Data, policy: Data, deal: Deal) -> set[KnockoutState]:
    truth = knockout_truth(knockout, policy, deal)
    if truth is False:
        return {S.CLEAR, S.CANNOT_FIRE}
    if is_waived(knockout, deal):
        return {S.WAIVED}
    return {S.FIRED if truth else S.UNKNOWN}


def expected_masks(policy: Data, deal: Deal) -> Masks:
    """Return whether a deal is refused, open and conditional, by brute force."""
    refused, open_, conditional = False, False, False
    for knockout in policy["knockouts"]:
        if not is_in_effect(knockout, deal.as_of) or is_waived(knockout, deal):
            continue
        truth = knockout_truth(knockout, policy, deal)
        on_unknown = knockout.get("on_unknown", "find_out")
        refuses = knockout["then"] == "no_go"
        refused |= (truth is True and refuses) or (truth is None and on_unknown == "no_go")
        conditional |= truth is True and not refuses
        open_ |= truth is None and on_unknown == "find_out"
    return refused, open_, conditional


def with_one_more_fact(world: World, deal: Deal) -> Iterator[Deal]:
    """Return the deal with every answer to every question that is open."""
    for name in set(made.asked(world.policy["fields"])) - set(deal.facts):
        for answer in made.ANSWERS_OF[name]:
            yield deal.with_facts(**{name: answer})


@given(worlds())
@half
def test_every_knockout_is_judged_as_brute_force_does(world):
    policy = made.load(world.policy)
    for deal in world.deals:
        counting = [k for k in world.policy["knockouts"] if is_in_effect(k, deal.as_of)]
        states = states_of(policy, deal)
        assert list(states) == [knockout["id"] for knockout in counting]
        for knockout in counting:
            assert states[knockout["id"]] in expected_state(knockout, world.policy, deal)


@given(worlds())
@half
def test_a_column_of_deals_is_judged_as_brute_force_judges_each(world):
    policy = made.load(world.policy)
    expected = [expected_masks(world.policy, deal) for deal in world.deals]
    assert masks_of(policy, world.deals) == expected
    with patch("features.table.DEALS_AT_ONCE", 3):
        assert masks_of(policy, world.deals) == expected


@given(worlds())
@half
def test_the_points_are_what_brute_force_adds_up_for_one_deal_and_for_a_column(world):
    policy = made.load(world.policy)
    criteria = world.policy["criteria"]
    with patch("features.table.DEALS_AT_ONCE", 3):
        column = points_of(policy, world.deals)
    for row, deal in enumerate(world.deals):
        verdicts = judge_criteria(policy, deal)
        ways = [worths(criterion, deal) for criterion in criteria]
        known = [v.state is not CriterionState.TO_COMPLETE for v in verdicts]
        for verdict, way, criterion, decided in zip(verdicts, ways, criteria, known, strict=True):
            assert (verdict.lowest, verdict.highest) == (min(way), max(way))
            earned = way if decided else {criterion.get("if_unknown", 0)}
            assert verdict.points in earned
        assert column[row] == (
            sum(min(way) for way in ways),
            sum(verdict.points for verdict in verdicts),
            sum(max(way) for way in ways),
            sum(not decided for decided in known) / max(len(criteria), 1),
        )


def check_learning(states: Callable[[Policy, Deal], States], effort: settings = quickly) -> None:
    """Check that one more fact never takes a verdict back, also through what follows from it."""

    @given(worlds())
    @effort
    def law(world: World) -> None:
        policy = made.load(world.policy)
        for deal in world.deals[:4]:
            before = states(policy, deal)
            for more in with_one_more_fact(world, deal):
                after = states(policy, more)
                assert all(after[name] in LATER[state] for name, state in before.items())

    law()


def test_learning_one_more_fact_never_takes_a_knockouts_verdict_back():
    check_learning(states_of, half)


def test_the_law_of_learning_catches_a_judge_that_reads_unknown_as_clear():
    def careless(policy: Policy, deal: Deal) -> States:
        return {k: S.CLEAR if v is S.UNKNOWN else v for k, v in states_of(policy, deal).items()}

    with pytest.raises(AssertionError):
        check_learning(careless)


@given(worlds())
@half
def test_learning_more_facts_never_reopens_a_policys_verdict(world):
    policy = made.load(world.policy)
    # What unknown facts alone refuse may be cleared by learning them: that is what no_go asks for.
    counts_unknown = any(knockout.on_unknown == "no_go" for knockout in policy.knockouts)
    deals = [(deal, more) for deal in world.deals for more in with_one_more_fact(world, deal)]
    earlier = masks_of(policy, tuple(deal for deal, _ in deals))
    learned = masks_of(policy, tuple(more for _, more in deals))
    for before, after in zip(earlier, learned, strict=True):
        assert after[2] or not before[2]
        assert before[1] or not after[1]
        assert counts_unknown or after[0] or not before[0]


@given(worlds())
@half
def test_learning_more_facts_only_narrows_the_points_that_a_deal_can_reach(world):
    policy = made.load(world.policy)
    deals = [(deal, more) for deal in world.deals for more in with_one_more_fact(world, deal)]
    earlier = points_of(policy, tuple(deal for deal, _ in deals))
    learned = points_of(policy, tuple(more for _, more in deals))
    for before, after in zip(earlier, learned, strict=True):
        assert before[0] <= after[0] <= after[2] <= before[2]
        assert after[3] <= before[3]


@given(worlds(), st.data())
@half
def test_a_deal_of_which_everything_is_known_leaves_nothing_open(world, data):
    policy = made.load(world.policy)
    facts = {name: data.draw(st.sampled_from(made.ANSWERS_OF[name])) for name in policy.asked}
    if facts.get("n4") == 0:
        facts["n4"] = 0.5  # nothing can be divided by zero
    deal = made.deal(facts)
    ((lowest, earned, highest, undecided),) = points_of(policy, (deal,))
    assert (lowest, highest, undecided) == (earned, earned, 0)
    assert masks_of(policy, (deal,))[0][1] is False
    assert S.UNKNOWN not in states_of(policy, deal).values()
    assert S.CANNOT_FIRE not in states_of(policy, deal).values()


@given(worlds())
@half
def test_every_verdict_names_the_facts_that_decide_it_alone_or_those_it_still_needs(world):
    policy = made.load(world.policy)
    for deal in world.deals:
        bare = replace(deal, waivers=())
        for verdict in judge_knockouts(policy, bare):
            unknown = verdict.state is S.UNKNOWN
            assert bool(verdict.needs) is unknown
            assert bool(verdict.decided_by) is not unknown
            assert set(verdict.decided_by) <= set(deal.facts)
            assert set(verdict.needs) <= set(policy.asked)
            facts = {name: deal.facts[name] for name in verdict.decided_by}
            alone = states_of(policy, replace(bare, facts=facts))[verdict.knockout.id]
            assert (alone is S.FIRED) is (verdict.state is S.FIRED)
            assert (alone is S.UNKNOWN) is unknown
        for criterion in judge_criteria(policy, deal):
            assert bool(criterion.needs) is (criterion.state is CriterionState.TO_COMPLETE)


def check_waivers(states: Callable[[Policy, Deal], States], effort: settings = quickly) -> None:
    """Check that a waiver changes the knockout that it names and nothing else."""

    @given(worlds())
    @effort
    def law(world: World) -> None:
        policy = made.load(world.policy)
        for deal in world.deals:
            waived = {waiver.knockout for waiver in deal.waivers}
            without = states(policy, replace(deal, waivers=()))
            for name, state in states(policy, deal).items():
                if state is not without[name]:
                    assert name in waived
                    assert state is S.WAIVED
                    assert without[name] in {S.FIRED, S.UNKNOWN}

    law()


def test_a_waiver_changes_only_its_own_knockout():
    check_waivers(states_of, half)


def test_the_law_of_waivers_catches_one_that_counts_for_every_knockout():
    def careless(policy: Policy, deal: Deal) -> States:
        states = states_of(policy, deal)
        if S.WAIVED not in states.values():
            return states
        return {k: S.WAIVED if v in {S.FIRED, S.UNKNOWN} else v for k, v in states.items()}

    with pytest.raises(AssertionError):
        check_waivers(careless)


@given(worlds(), made.ORDERS)
@half
def test_the_order_of_criteria_knockouts_and_parts_does_not_matter(world, order):
    other: Any = made.shuffled(world.policy, order, lists=False)
    for section in ("criteria", "knockouts"):
        other[section] = made.shuffled([{**rule} for rule in other[section]], order, deep=False)
        for rule in other[section]:
            if "when" in rule:
                rule["when"] = made.shuffled(rule["when"], order)
    policy, shuffled = made.load(world.policy), made.load(other)
    assert points_of(shuffled, world.deals) == points_of(policy, world.deals)
    assert masks_of(shuffled, world.deals) == masks_of(policy, world.deals)
    for deal in world.deals:
        assert states_of(shuffled, deal) == states_of(policy, deal)


@given(worlds())
@half
def test_a_decision_does_not_depend_on_the_deals_beside_it(world):
    qualifier = Qualifier(made.load(world.policy))
    deals = [replace(deal, id=str(place)) for place, deal in enumerate(world.deals)]
    together = qualifier.decide(deals)
    assert together == [qualifier.decide([deal])[0] for deal in deals]


@given(worlds())
@half
def test_rows_of_a_table_are_judged_like_the_deals_they_are(world):
    policy = made.load(world.policy)
    table = table_of(policy, world.deals)
    rows = np.array([3, 0, 0, 7])
    some = judge_policy(policy, table.take(rows))
    whole = judge_policy(policy, table)
    for one, all_of_them in ((some.refused, whole.refused), (some.open, whole.open)):
        assert one.tolist() == all_of_them[rows].tolist()
    points = add_points(policy, table.take(rows))
    assert points.earned.tolist() == add_points(policy, table).earned[rows].tolist()
