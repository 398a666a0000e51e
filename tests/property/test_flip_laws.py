"""The smallest change that flips: equal to a full search, and of nothing that nobody can move."""

from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings

import models.flips.flips as flips_module
from features import Deal
from models.flips.flips import WORKED, choices_of, flips_of
from models.qualifier import Qualifier
from tests.asked_worlds import DAY, policy_of, qualifier_of
from tests.property.test_question_laws import worlds


def by_search(qualifier, deal, most_changes=3):
    """Return the best flip of each smallest set of facts: every combination decided one by one."""
    choices = choices_of(qualifier, deal)
    now = qualifier.decide([deal])[0].recommendation
    wanted = ("no_go",) if now in WORKED else ("go", "conditional_go")
    solved: dict[frozenset[str], Any] = {}
    for size in range(1, most_changes + 1):
        for chosen in combinations(choices, size):
            names = frozenset(one.field for one in chosen)
            if any(other < names for other in solved):
                continue
            found = []
            for taken in product(*(list(zip(c.answers, c.moves, strict=True)) for c in chosen)):
                changes = {c.field: answer for c, (answer, _) in zip(chosen, taken, strict=True)}
                other = Deal(as_of=deal.as_of, facts={**deal.facts, **changes})
                (decision,) = qualifier.decide([other])
                if decision.recommendation in wanted:
                    worth = decision.worth.expected_value
                    if worth is None:
                        worth = decision.estimate.p_win
                    moved = round(sum(move for _, move in taken), 9)
                    found.append((moved, -round(worth, 6), changes))
            if found:
                solved[names] = min(found, key=lambda one: one[:2])
    return solved


@settings(max_examples=25)
@given(worlds())
def test_the_flips_are_those_of_exhaustive_search(world):
    qualifier, deal = world
    told = flips_of(qualifier, deal)
    truth = by_search(qualifier, deal)
    assert told.is_complete
    assert {frozenset(c.field for c in flip.changes) for flip in told.found} == set(truth)
    for flip in told.found:
        moved, worth, _ = truth[frozenset(c.field for c in flip.changes)]
        assert round(flip.move, 9) == moved
        told_worth: Any = flip.p_win if flip.expected_value is None else flip.expected_value
        assert round(told_worth, 6) == pytest.approx(-worth, abs=1e-5)


@settings(max_examples=25)
@given(worlds())
def test_the_laws_of_what_is_proposed(world):
    qualifier, deal = world
    told = flips_of(qualifier, deal)
    sets = [frozenset(change.field for change in flip.changes) for flip in told.found]
    assert not any(one < other for one in sets for other in sets)
    for flip in told.found:
        assert flip.recommendation in told.towards
        for change in flip.changes:
            field = qualifier.policy.fields[change.field]
            assert field.changeable or not deal.knows(change.field)
            assert change.after != change.before
        changes = {change.field: change.after for change in flip.changes}
        after = Deal(as_of=DAY, facts={**deal.facts, **changes})
        assert qualifier.decide([after])[0].recommendation == flip.recommendation
    order = [(len(flip.changes), round(flip.move, 9)) for flip in told.found]
    assert order == sorted(order)


def test_supersets_that_are_not_left_out_would_be_caught(monkeypatch):
    """The negative control: a search that forgets its smaller solutions proposes too much."""
    deal = Deal(as_of=DAY, facts={"sector": "steel", "size": 2.0, "broke": False})
    qualifier = qualifier_of()
    honest = flips_of(qualifier, deal)
    everything = flips_module._solved(
        qualifier, deal, choices_of(qualifier, deal), [(0, 1)], honest.towards
    )
    sets = [frozenset(c.field for c in flip.changes) for flip in honest.found]
    wrong = [frozenset(c.field for c in flip.changes) for flip in everything.values()]
    assert any(one < other for one in sets for other in wrong)


def test_a_search_that_is_cut_short_says_so():
    deal = Deal(as_of=DAY, facts={})
    told = flips_of(qualifier_of(), deal, most_tried=8)
    assert not told.is_complete
    assert told.tried <= 8


def test_without_a_model_the_policy_alone_is_searched():
    told = flips_of(
        Qualifier(policy_of(go_at="{p_win: 0.3, points: 5}")), Deal(as_of=DAY, facts={})
    )
    fields = {change.field for flip in told.found for change in flip.changes}
    assert told.now == "find_out"
    assert fields == {"broke", "size"}
