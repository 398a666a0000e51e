"""A small company whose truth is known to the last chance: seven facts, each state enumerated.

The facts hang together in a chain of causes drawn anew for each seed; what a state is worth
follows from its true win probability, the margin of its size, and two knockouts.
"""

from dataclasses import dataclass
from datetime import date
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from features import Deal, parse_policy
from features.table import DealTable
from training.closed_deals import ClosedDeals

Vector = NDArray[np.float64]

DAY = date(2026, 1, 5)
LEVELS = {
    "sector": ("chemicals", "food", "energy"),
    "size": ("small", "medium", "large"),
    "relation": ("new", "former", "current"),
    "contact": ("buyer", "engineer", "decider"),
    "budget": ("no", "yes"),
    "specified": ("no", "yes"),
    "insolvency": ("none", "open"),
}
FIELDS = tuple(LEVELS)
MARGIN = {"small": 9_000.0, "medium": 22_000.0, "large": 50_000.0}
HOURS, RATE = 60.0, 70.0
HOURS_TO_ASK = (0.1, 0.5, 1, 2, 4, 8, 16)
LOG_ODDS, EFFECT = -1.2, 0.7
"""Of an average deal, and the usual spread of what the answers to one question do: to some they do
much, to most little (exponential)."""
KNOWN, KNOWN_OF_CLOSED = 0.5, 0.8
"""The share of facts known of an open deal, and of a closed one on its decision day."""


@dataclass(frozen=True)
class World:
    """Every state there is, its chance, its true win probability, and what pursuing it is worth.

    ``states`` has shape (n_states, n_fields), the rest (n_states,). ``costs`` are by field.
    """

    states: NDArray[np.intp]
    chance: Vector
    p_win: Vector
    value: Vector
    costs: dict[str, float]
    policy_text: str

    @staticmethod
    def of(seed: int) -> "World":
        random = np.random.default_rng(seed)
        sizes = [len(levels) for levels in LEVELS.values()]
        states = np.array(list(product(*map(range, sizes))))
        chance = np.ones(len(states))
        for place, size in enumerate(sizes):
            causes = random.permutation(place)[:2]
            log_odds = random.normal(0, 0.5, size) + sum(
                (
                    random.normal(0, 0.8, (sizes[cause], size))[states[:, cause]]
                    for cause in causes
                ),
                np.zeros((len(states), size)),
            )
            if FIELDS[place] == "insolvency":
                log_odds[:, 1] -= 2.0
            share = np.exp(log_odds) / np.exp(log_odds).sum(axis=1, keepdims=True)
            chance = chance * share[np.arange(len(states)), states[:, place]]
        strengths = random.exponential(EFFECT, len(sizes) - 1)
        effects = [random.normal(0, one, n) for one, n in zip(strengths, sizes, strict=False)]
        p_win = expit(LOG_ODDS + sum((e - e.mean())[states[:, n]] for n, e in enumerate(effects)))
        hours = dict(zip(FIELDS, random.choice(HOURS_TO_ASK, len(FIELDS)).tolist(), strict=True))
        margin = np.array([MARGIN[level] for level in LEVELS["size"]])[states[:, 1]]
        cost = HOURS * RATE
        refused = (states[:, 6] == 1) | ((states[:, 4] == 0) & (states[:, 3] == 0))
        value = np.where(refused, -cost, p_win * margin - cost)
        costs = {name: hours[name] * RATE for name in FIELDS}
        points = [_thought(e, random) for e in effects]
        return World(states, chance, p_win, value, costs, _policy(hours, points))

    def net_gains(self, known: dict[str, str]) -> dict[str, float]:
        """Return what knowing each unknown fact is truly worth, less its cost, by enumeration."""
        here = np.ones(len(self.states), dtype=bool)
        for name, level in known.items():
            here &= self.states[:, FIELDS.index(name)] == LEVELS[name].index(level)
        weights = self.chance * here / (self.chance * here).sum()
        without = max(0.0, float(weights @ self.value))
        nets = {}
        for place, name in enumerate(FIELDS):
            if name not in known:
                sums = np.bincount(self.states[:, place], weights * self.value)
                nets[name] = float(np.maximum(sums, 0).sum()) - without - self.costs[name]
        return nets

    def facts(self, state: int) -> dict[str, str]:
        return {
            name: LEVELS[name][code] for name, code in zip(FIELDS, self.states[state], strict=True)
        }

    def closed(self, n: int, seed: int) -> ClosedDeals:
        """Return deals that were pursued to their end, with some facts not known at the time."""
        random = np.random.default_rng(seed)
        drawn = random.choice(len(self.states), size=n, p=self.chance / self.chance.sum())
        won = (random.random(n) < self.p_win[drawn]).astype(float)
        deals = [
            Deal(id=str(row), as_of=DAY, facts=_partly(self.facts(state), KNOWN_OF_CLOSED, random))
            for row, state in enumerate(drawn)
        ]
        return ClosedDeals(
            table=DealTable.of(deals, parse_policy(self.policy_text.encode()).fields),
            won=won,
            no_decision=np.zeros(n, dtype=bool),
            twins=np.arange(n),
            groups=np.arange(n),
            opened_on=None,
            closed_on=None,
            human_p=None,
            fingerprint=f"known world {seed}",
            left_out=(),
        )

    def open_deals(self, n: int, seed: int) -> list[dict[str, str]]:
        """Return what is known of some deals; at least two facts are not."""
        random = np.random.default_rng(seed)
        found: list[dict[str, str]] = []
        while len(found) < n:
            state = random.choice(len(self.states), p=self.chance / self.chance.sum())
            known = _partly(self.facts(state), KNOWN, random)
            if len(known) <= len(FIELDS) - 2:
                found.append(known)
        return found


def _partly(facts: dict[str, str], share: float, random: np.random.Generator) -> dict[str, str]:
    return {name: fact for name, fact in facts.items() if random.random() < share}


def _thought(effects: Vector, random: np.random.Generator) -> list[int]:
    """Return the points that an expert gives, who is roughly right."""
    seen = effects - effects.mean() + random.normal(0, EFFECT / 2, len(effects))
    return [int(5 * round(2 * one)) for one in seen]


def _values(levels: tuple[str, ...], points: list[int]) -> str:
    pairs = zip(levels, points, strict=True)
    return "{" + ", ".join(f"{level!r}: {worth}" for level, worth in pairs) + "}"


def _policy(hours: dict[str, float], points: list[list[int]]) -> str:
    criteria = "\n".join(
        f"  - {{id: {name}, field: {name}, label: {{en: {name}, fr: {name}}}, values: "
        f"{_values(LEVELS[name], given)}}}"
        for name, given in zip(FIELDS, points, strict=False)
    )
    fields = "\n".join(
        f"  {name}: {{type: category, values: [{', '.join(map(repr, levels))}], "
        f"cost: {{hours: {hours[name]}}}}}"
        for name, levels in LEVELS.items()
    )
    margins = ", ".join(f"{level}: {margin}" for level, margin in MARGIN.items())
    return f"""
policy: known_world
title: {{en: A known world, fr: Un monde connu}}
deals: {{outcome: {{column: Ended, won: [w], lost: [l]}}}}
fields:
{fields}
criteria:
{criteria}
knockouts:
  - id: insolvent
    when: {{insolvency: open}}
    then: no_go
    reason: {{en: Insolvent, fr: Insolvable}}
  - id: neither_budget_nor_access
    when: {{budget: 'no', contact: buyer}}
    then: no_go
    reason: {{en: Neither budget nor access, fr: Ni budget ni interlocuteur}}
economics:
  currency: EUR
  margin: {{by: size, values: {{{margins}}}}}
  remaining_hours: {HOURS}
  cost_per_hour: {RATE}
decision: {{go_at: {{expected_value: 0}}}}
"""
