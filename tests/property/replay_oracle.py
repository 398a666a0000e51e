"""What a replay says, found out deal by deal in plain loops: no array, and no code of the replay.

Only what one deal's criteria and the ends of its expected value are is asked of the product: they
have oracles of their own.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from features import DealTable, Policy
from models.economics import value_of
from models.scorecard import CriterionState, judge_criteria
from tests.property.oracle import is_in_effect, is_waived, knockout_truth
from tests.property.pasts import Past
from tests.property.strategies import Data, load
from training.outcomes.outcome import Outcome

Numbers = list[float]
NO_GO, FIND_OUT = "no_go", "find_out"
ORDER = ("go", "conditional_go", "find_out", "no_go")


@dataclass
class Judge:
    """One policy, walking over the deals one by one."""

    past: Past
    which: int
    data: Data = field(init=False)
    policy: Policy = field(init=False)

    def __post_init__(self) -> None:
        self.data = self.past.policies[self.which]
        self.policy = load(self.data)
        rows = range(len(self.past.deals))
        self.criteria = [judge_criteria(self.policy, deal) for deal in self.past.deals]
        self._truths = [self._truths_of(row) for row in rows]
        self._thresholds = [self._thresholds_of(row) for row in rows]

    def truths(self, row: int) -> dict[str, bool | None]:
        """Return the knockouts that count for a deal and are not false, with their truths."""
        return self._truths[row]

    def thresholds(self, row: int) -> tuple[bool, bool]:
        """Return whether a deal is worth its effort, and whether it cannot be."""
        return self._thresholds[row]

    def _truths_of(self, row: int) -> dict[str, bool | None]:
        deal = self.past.deals[row]
        found: dict[str, bool | None] = {}
        for knockout in self.data["knockouts"]:
            if is_in_effect(knockout, deal.as_of) and not is_waived(knockout, deal):
                truth = knockout_truth(knockout, self.data, deal)
                if truth is not False:
                    found[knockout["id"]] = truth
        return found

    def fired(self, row: int) -> list[str]:
        return [name for name, truth in self.truths(row).items() if truth is True]

    def recommended(self, row: int, without: Iterable[str] = ()) -> str:
        refused, open_, conditional = False, False, False
        truths = self.truths(row)
        for knockout in self.data["knockouts"]:
            if knockout["id"] not in truths or knockout["id"] in without:
                continue
            on_unknown = knockout.get("on_unknown", "find_out")
            if truths[knockout["id"]] is None:
                refused |= on_unknown == "no_go"
                open_ |= on_unknown == "find_out"
            elif knockout["then"] == "no_go":
                refused = True
            else:
                conditional = True
        worth, hopeless = self.thresholds(row)
        if refused or hopeless:
            return NO_GO
        if open_ or not worth:
            return FIND_OUT
        return "conditional_go" if conditional else "go"

    def _thresholds_of(self, row: int) -> tuple[bool, bool]:
        go_at, p_win = self.data["decision"]["go_at"], self.odds(row)
        verdicts = self.criteria[row]
        waiting = [one for one in verdicts if one.state is CriterionState.TO_COMPLETE]
        told = len(waiting) <= 0.4 * len(verdicts)
        if p_win is None:
            if "points" not in go_at:
                return told, False
            lowest, highest = (sum(ends) for ends in zip(
                *((one.lowest, one.highest) for one in verdicts), strict=True
            )) if verdicts else (0, 0)  # fmt: skip
            return lowest >= go_at["points"], highest < go_at["points"]
        worth, hopeless = told, False
        if "p_win" in go_at:
            worth &= p_win >= go_at["p_win"]
            hopeless |= p_win < go_at["p_win"]
        if "expected_value" in go_at:
            low, high = self.ends(row)
            worth &= low >= go_at["expected_value"]
            hopeless |= high < go_at["expected_value"]
        return worth, told and hopeless

    def odds(self, row: int) -> float | None:
        return self.past.odds[self.which][row]

    def points(self, row: int) -> float:
        return sum(one.points for one in self.criteria[row])

    def ends(self, row: int) -> tuple[float, float]:
        table = DealTable.of([self.past.deals[row]], self.policy.fields)
        value = value_of(self.policy, table, np.array([self.odds(row)], dtype=float))
        if value is None:
            return -math.inf, math.inf
        return float(value.lowest[0]), float(value.highest[0])

    def amount(self, written: Any, row: int) -> float | None:
        if isinstance(written, dict):
            written = written["values"].get(self.past.deals[row].facts.get(written["by"]))
        return None if written is None else float(written)

    @property
    def counts_money(self) -> bool:
        return "margin" in self.data["economics"]

    def estimated_hours(self, row: int) -> float | None:
        block = self.data["economics"]
        parts = [one["remaining_hours"] for one in block.get("roles", {}).values()]
        parts = parts or [block.get("remaining_hours")]
        return total([self.amount(part, row) for part in parts])

    def if_won(self, row: int) -> float | None:
        return self.amount(self.data["economics"].get("margin"), row)

    def cost(self, row: int, spent: float | None) -> float | None:
        """Return what the pursuit costs; hours spent cost the mean price of the roles."""
        block = self.data["economics"]
        if not self.counts_money:
            return None
        paid: float | None = 0.0
        if "cost_per_hour" in block:
            hours = self.estimated_hours(row) if spent is None else spent
            paid = product(hours, block["cost_per_hour"])
        for role in block.get("roles", {}).values():
            part = product(self.amount(role["remaining_hours"], row), role.get("cost_per_hour", 0))
            paid = total([paid, part])
        if "roles" in block and spent is not None:
            estimated = self.estimated_hours(row)
            paid = None if estimated is None or paid is None else spent * paid / estimated
        return total([paid, block.get("other_costs", 0.0)])


def total(parts: Iterable[float | None]) -> float | None:
    """Return a sum, None where a part is unknown."""
    found = 0.0
    for part in parts:
        if part is None:
            return None
        found += part
    return found


def product(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one * other


@dataclass
class Oracle:
    """What the replay of the first policy must say, the second beside it."""

    past: Past

    def __post_init__(self) -> None:
        self.judges = (Judge(self.past, 0), Judge(self.past, 1))
        one, other = self.judges
        self.money = one if one.counts_money or not other.counts_money else other

    def hours(self, row: int) -> float | None:
        spent = self.past.hours[row]
        return self.money.estimated_hours(row) if spent is None else spent

    def cost(self, row: int) -> float | None:
        return self.money.cost(row, self.past.hours[row])

    def brought(self, row: int) -> float | None:
        if not self.money.counts_money:
            return None
        return self.money.if_won(row) if self.is_won(row) else 0.0

    def value(self, row: int) -> float | None:
        brought, cost = self.brought(row), self.cost(row)
        return None if brought is None or cost is None else brought - cost

    def is_won(self, row: int) -> bool:
        return self.past.outcomes[row] is Outcome.WON

    def count(self, rows: Iterable[int]) -> dict[str, Any]:
        """Return the count of some deals, as the report writes it."""
        has_hours = any(self.hours(row) is not None for row in self.past.pursued)
        found: dict[str, Any] = dict.fromkeys(("deals", "won", "lost", "no_decision"), 0)
        found |= {"hours": 0.0, "hours_unknown": 0, "cost": 0.0, "value": 0.0, "money_unknown": 0}
        for row in rows:
            found["deals"] += 1
            found[self.past.outcomes[row].value] += 1
            hours, value, cost = self.hours(row), self.value(row), self.cost(row)
            found["hours_unknown"] += hours is None
            found["hours"] += hours or 0.0
            found["money_unknown"] += value is None
            if value is not None and cost is not None:
                found["value"] += value
                found["cost"] += cost
        if not has_hours:
            found |= {"hours": None, "hours_unknown": 0}
        if not self.money.counts_money:
            found |= {"cost": None, "value": None, "money_unknown": 0}
        return found

    def where(self, holds: Callable[[int], bool]) -> list[int]:
        return [row for row in self.past.pursued if holds(row)]

    def given(self, judge: Judge, *kinds: str) -> list[int]:
        return self.where(lambda row: judge.recommended(row) in kinds)

    def moves(
        self, before: Callable[[int], str], after: Callable[[int], str]
    ) -> dict[tuple[str, str], dict[str, Any]]:
        """Return the counts of the deals that move, by from where to where."""
        moved: dict[tuple[str, str], list[int]] = {}
        for row in self.past.pursued:
            if before(row) != after(row):
                moved.setdefault((before(row), after(row)), []).append(row)
        return {move: self.count(rows) for move, rows in moved.items()}

    def knockout(self, judge: Judge, name: str) -> dict[str, Any]:
        def without(row: int) -> str:
            return judge.recommended(row, without=[name])

        return {
            "fires": self.count(self.where(lambda r: judge.truths(r).get(name) is True)),
            "unknown": self.count(self.where(lambda r: judge.truths(r).get(name, 0) is None)),
            "alone": self.count(self.where(lambda r: judge.recommended(r) == NO_GO != without(r))),
            "dropped": self.moves(judge.recommended, without),
        }

    def combinations(self, judge: Judge) -> dict[tuple[str, ...], dict[str, Any]]:
        """Return what each set of knockouts that fire together does, the most frequent first."""
        sets: dict[tuple[str, ...], list[int]] = {}
        for row in self.past.pursued:
            sets.setdefault(tuple(judge.fired(row)), []).append(row)
        sets.pop((), None)
        ids = [one["id"] for one in judge.data["knockouts"]]
        ordered = sorted(
            sets, key=lambda names: (-len(sets[names]), sum(2 ** ids.index(n) for n in names))
        )
        return {names: self._combination(judge, names, sets[names]) for names in ordered}

    def _combination(self, judge: Judge, names: Sequence[str], rows: list[int]) -> dict[str, Any]:
        def without(row: int) -> str:
            return judge.recommended(row, without=names if row in rows else ())

        return {
            "fires": self.count(rows),
            "alone": self.count([r for r in rows if judge.recommended(r) == NO_GO != without(r)]),
            "dropped": self.moves(judge.recommended, without),
        }

    def wins(self, rows: Iterable[int]) -> list[int]:
        """Return the won ones among some deals, those that left most first."""

        def key(row: int) -> tuple[float, int]:
            value = self.value(row)
            return (math.inf if value is None else -value, row)

        return sorted((row for row in rows if self.is_won(row)), key=key)

    def scores(self, order: str) -> dict[int, tuple[float, ...]] | None:
        """Return what an order goes by, deal by deal; None for the best possible."""
        judge = self.judges[0]
        if order == "best_possible":
            return None
        return {row: self._score(judge, order, row) for row in self.past.pursued}

    def _score(self, judge: Judge, order: str, row: int) -> tuple[float, ...]:
        passed = self._passed(judge, row)
        p_win = judge.odds(row)
        chance = -math.inf if p_win is None else p_win
        return {
            "pursue_all": (0.0,),
            "knockouts": (passed,),
            "scorecard": (judge.points(row),),
            "model": (chance,),
            "expected_value": (self._an_hour(judge, row),),
            "knockouts_then_model": (passed, chance),
        }[order]

    def _passed(self, judge: Judge, row: int) -> float:
        passed = 2.0
        for knockout in judge.data["knockouts"]:
            truth = judge.truths(row).get(knockout["id"], False)
            on_unknown = knockout.get("on_unknown", "find_out")
            if truth is None and on_unknown == "find_out":
                passed = min(passed, 1.0)
            if (truth is None and on_unknown == "no_go") or (truth and knockout["then"] == NO_GO):
                passed = 0.0
        return passed

    def _an_hour(self, judge: Judge, row: int) -> float:
        p_win, if_won, cost = judge.odds(row), judge.if_won(row), judge.cost(row, None)
        if p_win is None or if_won is None or cost is None:
            return -math.inf
        if all(judge.estimated_hours(one) is None for one in self.past.pursued):
            return p_win * if_won - cost
        hours = judge.estimated_hours(row)
        return -math.inf if hours is None else (p_win * if_won - cost) / hours


def track(
    rows: Sequence[int],
    work: Callable[[int], float],
    kept: Callable[[int], float],
    scores: dict[int, tuple[float, ...]] | None,
) -> Numbers | None:
    """Return what is kept after 0, 1, ... 100 % of the work; None where there is nothing."""
    all_work, all_kept = sum(map(work, rows)), sum(map(kept, rows))
    if all_work <= 0 or all_kept <= 0:
        return None

    def rate(row: int) -> tuple[float, ...]:
        if work(row):
            return (kept(row) / work(row),)
        return (math.copysign(math.inf, kept(row)) if kept(row) else 0.0,)

    score = rate if scores is None else scores.__getitem__
    steps, done, got = [(0.0, 0.0)], 0.0, 0.0
    for level in sorted({score(row) for row in rows}, reverse=True):
        some = [row for row in rows if score(row) == level]
        done, got = done + sum(map(work, some)), got + sum(map(kept, some))
        steps.append((done / all_work, got / all_kept))
    return [along(steps, share) for share in np.linspace(0, 1, 101).tolist()]


def along(steps: Sequence[tuple[float, float]], work: float) -> float:
    """Return what is kept after some work, on the straight lines between steps."""
    for (before, low), (after, high) in pairwise(steps):
        if before <= work < after:
            return low + (high - low) * (work - before) / (after - before)
    return steps[-1][1]
