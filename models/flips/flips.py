"""The smallest change that flips a recommendation, over facts that people can do something about.

A fact can be changed where the field says ``changeable``; a fact that is unknown may turn out this
way or that. Nothing else is ever proposed: nobody can move a deal into another sector. All
combinations of the answers worth trying are judged, along the same road as any deal.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import prod
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from features.columns import column_of
from features.deal import Deal, Fact
from features.derivation import with_derived_columns
from features.table import DealTable
from models.decision import Recommendation
from models.flips.moves import moves_of
from models.flips.worth_trying import worth_trying
from models.qualifier import Qualifier
from models.reference import facts_that_matter
from models.verdicts import Verdicts

Vector: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.intp]

MOST_CHANGES = 3
MOST_TRIED = 10_000
"""Combinations judged in one search: about half a second."""
DIGITS = 9
WORKED = (Recommendation.GO, Recommendation.CONDITIONAL_GO)


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that becomes another; ``before`` is None where it was unknown."""

    field: str
    before: Fact | None
    after: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """Changes that together make another recommendation, and none of which could be left out.

    ``move`` says how far they go in all, each from 0 to 1: of a number the share of closed deals
    in between, of an unknown answer how unusual it is. ``p_win`` and ``expected_value`` are those
    after the changes.
    """

    changes: tuple[Change, ...]
    recommendation: Recommendation
    move: float
    p_win: float | None
    expected_value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flips:
    """What would flip a recommendation, the smallest changes first, one for each set of facts.

    ``towards`` are the recommendations looked for. ``tried`` combinations were judged; all there
    are up to ``most_changes``, unless ``is_complete`` is false.
    """

    now: Recommendation
    towards: tuple[Recommendation, ...]
    found: tuple[Flip, ...]
    tried: int
    most_changes: int
    is_complete: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """The answers worth trying of one fact, and how far each is from how it stands."""

    field: str
    before: Fact | None
    answers: tuple[Fact, ...]
    moves: tuple[float, ...]


def flips_of(
    qualifier: Qualifier,
    deal: Deal,
    most_changes: int = MOST_CHANGES,
    *,
    most_tried: int = MOST_TRIED,
) -> Flips:
    """Return the smallest changes after which a deal is worked, or no longer where it is now.

    Fewest changes come first, then the smallest moves, then the highest value. Where some facts
    suffice, no more are changed: a set of facts that holds a smaller solution is not tried. More
    than ``most_tried`` combinations are not judged; sets with few of them come first.
    """
    now = qualifier.judge(DealTable.of([deal], qualifier.policy.fields)).recommendations[0]
    towards = (Recommendation.NO_GO,) if now in WORKED else WORKED
    choices = choices_of(qualifier, deal)
    found: dict[frozenset[int], Flip] = {}
    left, is_complete = most_tried, True
    for size in range(1, most_changes + 1):
        sets = [one for one in _sets(choices, size) if not any(s <= set(one) for s in found)]
        ways = np.cumsum([0, *(_ways(choices, one) for one in sets)])
        affordable = int(np.searchsorted(ways, left, side="right")) - 1
        left, is_complete = left - int(ways[affordable]), affordable == len(sets)
        found |= _solved(qualifier, deal, choices, sets[:affordable], towards)
        if not is_complete:
            break
    return Flips(
        now=now,
        towards=towards,
        found=tuple(sorted(found.values(), key=_order)),
        tried=most_tried - left,
        most_changes=most_changes,
        is_complete=is_complete,
    )


def choices_of(qualifier: Qualifier, deal: Deal) -> tuple[Choice, ...]:
    """Return the facts that may become others: those people can change, and the unknown ones."""
    policy, model = qualifier.policy, qualifier.estimating
    reference = None if qualifier.model is None else qualifier.model.reference
    found = []
    for name in facts_that_matter(policy, () if model is None else model.fields()):
        if deal.knows(name) and not policy.fields[name].changeable:
            continue
        answers = worth_trying(name, policy, deal, reference)
        column = None if reference is None else reference.on(_day(deal)).get(name)
        before = deal.facts.get(name)
        moves = moves_of(before, answers, policy.fields[name], column)
        if answers:
            found.append(Choice(name, before, answers, moves))
    return tuple(found)


def _day(deal: Deal) -> np.datetime64:
    return np.datetime64(deal.as_of, "D")


def _ways(choices: Sequence[Choice], places: Sequence[int]) -> int:
    return prod(len(choices[place].answers) for place in places)


def _sets(choices: Sequence[Choice], size: int) -> list[tuple[int, ...]]:
    """Return the sets of so many facts, those with the fewest combinations first."""
    return sorted(combinations(range(len(choices)), size), key=lambda one: _ways(choices, one))


def _order(flip: Flip) -> tuple[float, ...]:
    return (len(flip.changes), round(flip.move, DIGITS), -_worth(flip))


def _worth(flip: Flip) -> float:
    """Return what comes after equal moves: the money, or else the probability."""
    for told in (flip.expected_value, flip.p_win):
        if told is not None:
            return told
    return 0.0


def _solved(
    qualifier: Qualifier,
    deal: Deal,
    choices: Sequence[Choice],
    sets: Sequence[tuple[int, ...]],
    towards: Sequence[Recommendation],
) -> dict[frozenset[int], Flip]:
    """Return the best flip of each set of facts that has one."""
    if not sets:
        return {}
    blocks = [_combinations(choices, one) for one in sets]
    taken = np.concatenate(blocks)
    verdicts = qualifier.judge(_changed(qualifier, deal, choices, taken))
    flips = np.isin(verdicts.recommendations.astype(str), [str(one) for one in towards])
    moves = sum(
        (np.array([0.0, *one.moves])[taken[:, place]] for place, one in enumerate(choices)),
        np.zeros(len(taken)),
    )
    of_set = np.repeat(np.arange(len(sets)), [len(block) for block in blocks])
    best: dict[frozenset[int], Flip] = {}
    for row in np.flatnonzero(flips):
        flip = _flip(choices, taken[row], float(moves[row]), verdicts, int(row))
        key = frozenset(sets[of_set[row]])
        if key not in best or _order(flip) < _order(best[key]):
            best[key] = flip
    return best


def _combinations(choices: Sequence[Choice], chosen: Sequence[int]) -> Places:
    """Return all combinations of the answers of some facts, 0 where one stays as it is.

    Shape (n_ways, n_choices).
    """
    sizes = [len(choices[place].answers) for place in chosen]
    taken = np.zeros((prod(sizes), len(choices)), dtype=np.intp)
    taken[:, list(chosen)] = 1 + np.indices(sizes).reshape(len(sizes), -1).T
    return taken


def _changed(
    qualifier: Qualifier, deal: Deal, choices: Sequence[Choice], taken: Places
) -> DealTable:
    """Return the deal in each combination."""
    policy = qualifier.policy
    table = DealTable.of([deal], policy.fields).take(np.zeros(len(taken), dtype=np.intp))
    columns = dict(table.columns)
    for place, one in enumerate(choices):
        answers = column_of([one.before, *one.answers], policy.fields[one.field])
        columns[one.field] = answers.take(taken[:, place])
    return replace(table, columns=with_derived_columns(columns, policy.derived, table.as_of))


def _flip(
    choices: Sequence[Choice], taken: Places, move: float, verdicts: Verdicts, row: int
) -> Flip:
    changes = tuple(
        Change(one.field, one.before, one.answers[place - 1])
        for one, place in zip(choices, taken.tolist(), strict=True)
        if place
    )
    expected = None if verdicts.value is None else float(verdicts.value.expected[row])
    return Flip(
        changes=changes,
        recommendation=verdicts.recommendations[row],
        move=move,
        p_win=None if verdicts.p_win is None else float(verdicts.p_win[row]),
        expected_value=None if expected is None or np.isnan(expected) else expected,
    )
