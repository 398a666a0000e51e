"""Laws of whole policies: knockouts, points and decisions, for one deal and for many."""

import copy
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from features import Policy, PolicyError, Problem, parse_policy
from features.conditions import DealFacts
from features.deal import Fact
from features.table import DealTable, TableFacts
from models.knockouts import KnockoutState, PolicyVerdict, judge_knockouts, judge_policy
from models.qualifier import Qualifier
from models.scorecard import CriterionState, Points, add_points, judge_criteria
from tests.property import strategies as made
from tests.property.strategies import Data, Facts, World, holds

half = settings(max_examples=settings().max_examples // 2)
"""Whole policies take longer to read than the conditions in them, which have laws of their own."""

STATE_OF = {True: KnockoutState.FIRED, False: KnockoutState.CLEAR, None: KnockoutState.UNKNOWN}


def verdict_on(policy: Policy, facts: Facts) -> PolicyVerdict:
    return judge_policy(policy, DealFacts(facts), nobody=False)


def points_of(policy: Policy, facts: Facts) -> Points:
    return add_points(policy, DealFacts(facts), 0.0)


def masks(verdict: PolicyVerdict) -> tuple[Any, Any, Any]:
    return verdict.refused, verdict.open, verdict.conditional


def later(facts: Facts, world: World) -> dict[str, Fact]:
    """Return the facts with some more, from the world's last deal."""
    return {**world.deals[-1], **facts}


@given(made.worlds())
@half
def test_knockouts_alone_and_together_are_judged_as_brute_force_does(world):
    policy = made.load(world.policy)
    for facts in world.deals:
        states = [verdict.state for verdict in judge_knockouts(policy, made.deal(facts))]
        expected, refused, open_, conditional = [], False, False, False
        for knockout in world.policy["knockouts"]:
            truth = holds(knockout["when"], facts)
            on_unknown = knockout.get("on_unknown", "find_out")
            refuses = knockout["then"] == "no_go"
            expected.append(STATE_OF[truth])
            refused |= (truth is True and refuses) or (truth is None and on_unknown == "no_go")
            conditional |= truth is True and not refuses
            open_ |= truth is None and on_unknown == "find_out"
        assert states == expected
        assert masks(verdict_on(policy, facts)) == (refused, open_, conditional)


@given(made.worlds())
@half
def test_the_points_are_what_brute_force_adds_up(world):
    policy = made.load(world.policy)
    for facts in world.deals:
        answers = [(holds(c["when"], facts), c["points"]) for c in world.policy["criteria"]]
        earned = sum(points for truth, points in answers if truth)
        open_ = [points for truth, points in answers if truth is None]
        points = points_of(policy, facts)
        assert points.earned == earned
        assert points.lowest == earned + sum(worth for worth in open_ if worth < 0)
        assert points.highest == earned + sum(worth for worth in open_ if worth > 0)


@given(made.worlds())
@half
def test_learning_more_facts_never_takes_a_knockouts_verdict_back(world):
    policy = made.load(world.policy)
    for facts in world.deals:
        earlier = judge_knockouts(policy, made.deal(facts))
        learned = judge_knockouts(policy, made.deal(later(facts, world)))
        for before, after in zip(earlier, learned, strict=True):
            assert before.state in {KnockoutState.UNKNOWN, after.state}


@given(made.worlds())
@half
def test_learning_more_facts_never_reopens_a_policys_verdict(world):
    policy = made.load(world.policy)
    # What unknown facts alone refuse may be cleared by learning them: that is what no_go asks for.
    counts_unknown = any(knockout.on_unknown == "no_go" for knockout in policy.knockouts)
    for facts in world.deals:
        before, after = verdict_on(policy, facts), verdict_on(policy, later(facts, world))
        assert after.conditional or not before.conditional
        assert before.open or not after.open
        assert counts_unknown or after.refused or not before.refused


@given(made.worlds())
@half
def test_learning_more_facts_only_narrows_the_points_that_a_deal_can_reach(world):
    policy = made.load(world.policy)
    for facts in world.deals:
        before, after = points_of(policy, facts), points_of(policy, later(facts, world))
        assert before.lowest <= after.lowest <= after.earned <= after.highest <= before.highest


@given(made.worlds(), st.data())
@half
def test_a_deal_of_which_everything_is_known_leaves_nothing_open(world, data):
    policy = made.load(world.policy)
    facts = {name: data.draw(st.sampled_from(made.ANSWERS_OF[name])) for name in policy.fields}
    points = points_of(policy, facts)
    assert points.lowest == points.earned == points.highest
    assert not verdict_on(policy, facts).open
    for verdict in judge_knockouts(policy, made.deal(facts)):
        assert verdict.state is not KnockoutState.UNKNOWN
    for criterion in judge_criteria(policy, made.deal(facts)):
        assert criterion.state is not CriterionState.TO_COMPLETE


@given(made.worlds())
@half
def test_one_deal_equals_a_column_for_knockouts_and_points(world):
    policy = made.load(world.policy)
    table = DealTable.of([made.deal(facts) for facts in world.deals], policy.fields)
    facts, nobody = TableFacts(table), np.zeros(len(table), dtype=bool)
    column = masks(judge_policy(policy, facts, nobody))
    points = add_points(policy, facts, np.zeros(len(table)))
    sums = (points.earned, points.lowest, points.highest)
    assert {(mask.shape, mask.dtype) for mask in column} == {(nobody.shape, nobody.dtype)}
    assert {(total.shape, total.dtype.name) for total in sums} == {(nobody.shape, "float64")}
    for row, known in enumerate(world.deals):
        assert tuple(bool(mask[row]) for mask in column) == masks(verdict_on(policy, known))
        alone = points_of(policy, known)
        assert tuple(total[row] for total in sums) == (alone.earned, alone.lowest, alone.highest)


@given(made.worlds())
@half
def test_every_verdict_names_the_facts_that_decide_it_alone_or_those_it_still_needs(world):
    policy = made.load(world.policy)
    for facts in world.deals:
        for place, verdict in enumerate(judge_knockouts(policy, made.deal(facts))):
            unknown = verdict.state is KnockoutState.UNKNOWN
            assert bool(verdict.needs) is unknown
            assert bool(verdict.decided_by) is not unknown
            assert not set(verdict.needs) & set(facts)
            alone = made.deal({name: facts[name] for name in verdict.decided_by})
            assert judge_knockouts(policy, alone)[place].state is verdict.state
        for criterion in judge_criteria(policy, made.deal(facts)):
            assert bool(criterion.needs) is (criterion.state is CriterionState.TO_COMPLETE)
            assert not set(criterion.needs) & set(facts)


@given(made.worlds(), made.ORDERS)
@half
def test_the_order_of_criteria_knockouts_and_parts_does_not_matter(world, order):
    policy, shuffled = made.load(world.policy), made.load(made.shuffled(world.policy, order))
    for facts in world.deals:
        assert points_of(shuffled, facts) == points_of(policy, facts)
        assert masks(verdict_on(shuffled, facts)) == masks(verdict_on(policy, facts))
        assert _states(shuffled, facts) == _states(policy, facts)


def _states(policy: Policy, facts: Facts) -> dict[str, KnockoutState]:
    return {v.knockout.id: v.state for v in judge_knockouts(policy, made.deal(facts))}


@given(made.worlds())
@half
def test_a_decision_does_not_depend_on_the_deals_beside_it(world):
    qualifier = Qualifier(made.load(world.policy))
    deals = [made.deal(facts, deal_id=str(place)) for place, facts in enumerate(world.deals)]
    together = qualifier.decide(deals)
    assert together == [qualifier.decide([deal])[0] for deal in deals]
    for deal, decision in zip(deals, together, strict=True):
        assert not set(decision.find_out) & set(deal.facts)


@given(made.policies())
@half
def test_json_and_yaml_blocks_are_the_same_policy(data):
    one, other = parse_policy(made.as_json(data)), parse_policy(made.as_yaml(data))
    assert one.fingerprint == other.fingerprint
    assert (one.fields, one.criteria, one.knockouts) == (
        other.fields,
        other.criteria,
        other.knockouts,
    )


@given(made.policies())
@half
def test_a_policy_written_in_canonical_form_keeps_its_fingerprint(data):
    policy = made.load(data)
    canonical = copy.deepcopy(data)
    written = [*canonical["criteria"], *canonical["knockouts"]]
    conditions = [c.when for c in policy.criteria] + [k.when for k in policy.knockouts]
    for part, condition in zip(written, conditions, strict=True):
        part["when"] = condition.to_data()
    assert made.load(canonical).fingerprint == policy.fingerprint


@given(made.policies(), made.ORDERS)
@half
def test_another_order_of_the_keys_keeps_the_fingerprint(data, order):
    other = made.shuffled(data, order, lists=False)
    assert made.load(other).fingerprint == made.load(data).fingerprint


MISTAKES: list[Any] = [
    None, True, 0, -1, 1e400, 10**30, "", "No", "any", "é\u00a0?", "x" * 300,
    [], {}, ["A"], [[]], [None], {"field": "n1"}, {"not": {}}, {"above": "A"}, {"type": "number"},
]  # fmt: skip


@st.composite
def broken(draw: DrawFn) -> Data:
    """Return a policy with a mistake or two at any place."""
    data = copy.deepcopy(draw(made.policies()))
    for _ in range(draw(st.integers(1, 2))):
        place: Any = data
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            key = draw(st.sampled_from(keys))
            deeper = isinstance(place[key], dict | list) and place[key]
            if not deeper or draw(st.integers(0, 3)) == 0:
                break
            place = place[key]
        if isinstance(place, dict) and draw(st.booleans()):
            value = place.pop(key)
            place[
                draw(st.sampled_from(["extra", f"{key}e", "Not A Name", "any", "then", key]))
            ] = value
        else:
            place[key] = draw(st.sampled_from(MISTAKES))
    return data


@given(broken())
@half
def test_a_broken_policy_is_told_with_lines_of_its_file_and_never_raises_anything_else(data):
    content = made.as_yaml(data)
    last = content.count(b"\n") + 1
    problems = _problems(content)
    assert problems != ()
    for problem in problems or ():
        name, _, line = problem.where.rpartition(":")
        assert name == "broken.yaml"
        assert 1 <= int(line) <= last
        assert problem.what
        assert problem.hint is None or problem.hint.strip()


def _problems(content: bytes) -> tuple[Problem, ...] | None:
    """Return what is wrong with a policy, None when nothing is."""
    try:
        parse_policy(content, "broken.yaml")
    except PolicyError as error:
        return error.problems
    return None
