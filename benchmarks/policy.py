"""``python -m benchmarks.policy``: 20 knockouts and 20 criteria over a million deals and one.

The reference is what somebody would write by hand for this one policy: the same three-valued masks
and the same sums in numpy, every field's known mask made once. Both must give the same arrays.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from features import Deal, DealTable, Policy, parse_policy
from features.columns import CategoryColumn, Column, NumericColumn, day_number, numeric_kind
from features.derivation import with_derived_columns
from features.fields import CategoryField, written_day
from models.knockouts import judge_knockouts, judge_policy
from models.scorecard import add_points, judge_criteria

Mask: TypeAlias = NDArray[np.bool_]
Three: TypeAlias = tuple[Mask, Mask]
Rule: TypeAlias = tuple[str, Callable[["ByHand"], Three]]

N_DEALS, ROUNDS, DEALS_ALONE = 1_000_000, 7, 2_000
MOST_TIMES, MOST_MICROSECONDS = 3.0, 100.0
SHARE_UNKNOWN = 0.2

FIELDS = """
fields:
  amount: {type: number, unit: EUR, min: 0}
  margin: {type: number, unit: EUR}
  exposure: {type: number, unit: EUR, min: 0}
  credit_limit: {type: number, unit: EUR, min: 0}
  competitors: {type: number, min: 0}
  past_orders: {type: number, min: 0}
  insolvent: {type: boolean}
  budget: {type: boolean}
  specified_by_us: {type: boolean}
  reference: {type: boolean}
  health: {type: category, values: [sound, watch, distressed, insolvent]}
  deliverable: {type: category, values: [equipment, parts, service, line]}
  contact: {type: category, values: [user, buyer, expert, decision maker], ordered: true}
  need: {type: category, values: [none, vague, clear], ordered: true}
  source: {type: category, values: [tender, request, referral, event]}
  asked_on: {type: date}
  due_on: {type: date}
  margin_rate: {type: ratio, of: margin, to: amount}
  days_to_answer: {type: days_between, start: as_of, end: due_on}
"""

DAYS = tuple(day_number(written_day(day)) for day in ("2023-01-01", "2028-06-01"))

KNOCKOUTS: tuple[Rule, ...] = (
    ("insolvent: true", lambda d: d.among("insolvent", 1)),
    ("health: insolvent", lambda d: d.among("health", "insolvent")),
    ("{health: distressed, deliverable: [equipment, line]}",
     lambda d: both(d.among("health", "distressed"), d.among("deliverable", "equipment", "line"))),
    ("exposure: {above: {field: credit_limit}}",
     lambda d: d.above_field("exposure", "credit_limit")),
    ("margin_rate: {below: 0.05}", lambda d: d.below("margin_rate", 0.05)),
    ("days_to_answer: {below: 5}", lambda d: d.below("days_to_answer", 5)),
    ("{amount: {below: 5000}, past_orders: {at_most: 0}}",
     lambda d: both(d.below("amount", 5000), d.at_most("past_orders", 0))),
    ("competitors: {above: 6}", lambda d: d.above("competitors", 6)),
    ("all: [{budget: false}, {not: {contact: decision maker}}]",
     lambda d: both(d.among("budget", 0), opposite(d.among("contact", "decision maker")))),
    ("{source: tender, specified_by_us: false, competitors: {above: 3}}",
     lambda d: both(both(d.among("source", "tender"), d.among("specified_by_us", 0)),
                    d.above("competitors", 3))),
    ("contact: {below: buyer}", lambda d: d.among("contact", "user")),
    ("need: none", lambda d: d.among("need", "none")),
    ("asked_on: {before: 2023-01-01}", lambda d: d.below("asked_on", DAYS[0])),
    ("due_on: {on_or_after: 2028-06-01}", lambda d: d.at_least("due_on", DAYS[1])),
    ("any: [{health: insolvent}, {exposure: {above: 900000}}]",
     lambda d: either(d.among("health", "insolvent"), d.above("exposure", 900_000))),
    ("{amount: {above: 900000}, reference: false}",
     lambda d: both(d.above("amount", 900_000), d.among("reference", 0))),
    ("{deliverable: service, amount: {above: 500000}}",
     lambda d: both(d.among("deliverable", "service"), d.above("amount", 500_000))),
    ("{source: {not: [referral, request]}, budget: false}",
     lambda d: both(opposite(d.among("source", "referral", "request")), d.among("budget", 0))),
    ("margin: {below: 0}", lambda d: d.below("margin", 0)),
    ("{past_orders: {below: 1}, exposure: {above: 100000}}",
     lambda d: both(d.below("past_orders", 1), d.above("exposure", 100_000))),
)  # fmt: skip

DRAWS: dict[str, Callable[[np.random.Generator, int], NDArray[Any]]] = {
    "amount": lambda random, n: random.integers(0, 1_000_000, n).astype(float),
    "margin": lambda random, n: random.integers(-20_000, 200_000, n).astype(float),
    "exposure": lambda random, n: random.integers(0, 1_000_000, n).astype(float),
    "credit_limit": lambda random, n: random.integers(0, 1_000_000, n).astype(float),
    "competitors": lambda random, n: random.integers(0, 9, n).astype(float),
    "past_orders": lambda random, n: random.integers(0, 6, n).astype(float),
    "insolvent": lambda random, n: (random.random(n) < 0.05).astype(float),
    "budget": lambda random, n: (random.random(n) < 0.5).astype(float),
    "specified_by_us": lambda random, n: (random.random(n) < 0.5).astype(float),
    "reference": lambda random, n: (random.random(n) < 0.5).astype(float),
    "asked_on": lambda random, n: random.integers(19_000, 20_400, n).astype(float),
    "due_on": lambda random, n: random.integers(19_400, 21_500, n).astype(float),
}

CRITERIA: tuple[Rule, ...] = (
    ("contact: decision maker", lambda d: d.among("contact", "decision maker")),
    ("contact: {at_least: expert}", lambda d: d.among("contact", "expert", "decision maker")),
    ("need: clear", lambda d: d.among("need", "clear")),
    ("budget: true", lambda d: d.among("budget", 1)),
    ("specified_by_us: true", lambda d: d.among("specified_by_us", 1)),
    ("reference: true", lambda d: d.among("reference", 1)),
    ("competitors: {at_most: 1}", lambda d: d.at_most("competitors", 1)),
    ("competitors: {above: 4}", lambda d: d.above("competitors", 4)),
    ("past_orders: {at_least: 3}", lambda d: d.at_least("past_orders", 3)),
    ("margin_rate: {at_least: 0.25}", lambda d: d.at_least("margin_rate", 0.25)),
    ("days_to_answer: {at_least: 30}", lambda d: d.at_least("days_to_answer", 30)),
    ("source: [referral, request]", lambda d: d.among("source", "referral", "request")),
    ("health: sound", lambda d: d.among("health", "sound")),
    ("health: [watch, distressed]", lambda d: d.among("health", "watch", "distressed")),
    ("deliverable: service", lambda d: d.among("deliverable", "service")),
    ("amount: {at_least: 50000, below: 400000}",
     lambda d: both(d.at_least("amount", 50_000), d.below("amount", 400_000))),
    ("amount: {at_least: 800000}", lambda d: d.at_least("amount", 800_000)),
    ("any: [{reference: true}, {past_orders: {above: 0}}]",
     lambda d: either(d.among("reference", 1), d.above("past_orders", 0))),
    ("{source: tender, specified_by_us: true}",
     lambda d: both(d.among("source", "tender"), d.among("specified_by_us", 1))),
    ("not: {deliverable: parts, amount: {below: 20000}}",
     lambda d: opposite(both(d.among("deliverable", "parts"), d.below("amount", 20_000)))),
)  # fmt: skip
POINTS = (15, 5, 10, 10, 15, 5, 10, -10, 10, 5, 5, 10, 5, -5, 5, 10, -5, 5, 10, 2.5)


def both(one: Three, other: Three) -> Three:
    return one[0] & other[0], one[1] | other[1]


def either(one: Three, other: Three) -> Three:
    return one[0] | other[0], one[1] & other[1]


def opposite(one: Three) -> Three:
    return one[1], one[0]


@dataclass
class ByHand:
    """The masks that somebody would write by hand for one policy."""

    columns: dict[str, Column]
    known: dict[str, Mask] = field(default_factory=dict)

    def where_known(self, name: str) -> Mask:
        if name not in self.known:
            column = self.columns[name]
            if isinstance(column, NumericColumn):
                self.known[name] = ~np.isnan(column.values)
            else:
                self.known[name] = column.codes >= 0
        return self.known[name]

    def values(self, name: str) -> Any:
        column = self.columns[name]
        return column.values if isinstance(column, NumericColumn) else column.codes

    def three(self, name: str, holds: Mask) -> Three:
        true = self.where_known(name) & holds
        return true, self.where_known(name) & ~holds

    def among(self, name: str, *wanted: str | int) -> Three:
        column = self.columns[name]
        levels = getattr(column, "levels", ())
        codes = [levels.index(one) if isinstance(one, str) else float(one) for one in wanted]
        holds = self.values(name) == codes[0]
        for code in codes[1:]:
            holds |= self.values(name) == code
        return self.three(name, holds)

    def above(self, name: str, limit: float) -> Three:
        return self.three(name, self.values(name) > limit)

    def at_least(self, name: str, limit: float) -> Three:
        return self.three(name, self.values(name) >= limit)

    def below(self, name: str, limit: float) -> Three:
        return self.three(name, self.values(name) < limit)

    def at_most(self, name: str, limit: float) -> Three:
        return self.three(name, self.values(name) <= limit)

    def above_field(self, name: str, other: str) -> Three:
        holds, known = self.values(name) > self.values(other), self.where_known(other)
        true, false = self.three(name, holds)
        return true & known, false & known


def by_hand(table: DealTable) -> tuple[NDArray[Any], ...]:
    """Return what the policy says of the deals, written out for this policy alone."""
    deals, n = ByHand(dict(table.columns)), len(table)
    refused, open_, conditional = (np.zeros(n, bool) for _ in range(3))
    for place, (_, rule) in enumerate(KNOCKOUTS):
        true, false = rule(deals)
        if place % 4:
            refused |= true
        else:
            conditional |= true
        open_ |= ~(true | false)
    earned, lowest, highest, undecided = (np.zeros(n) for _ in range(4))
    for (_, rule), points in zip(CRITERIA, POINTS, strict=True):
        true, false = rule(deals)
        unknown = ~(true | false)
        earned += points * true
        lowest += min(points, 0) * unknown
        highest += max(points, 0) * unknown
        undecided += unknown
    return refused, open_, conditional, earned, earned + lowest, earned + highest, undecided / 20


def by_qualifox(policy: Policy, table: DealTable) -> tuple[NDArray[Any], ...]:
    verdict, points = judge_policy(policy, table), add_points(policy, table)
    return (verdict.refused, verdict.open, verdict.conditional,
            points.earned, points.lowest, points.highest, points.undecided)  # fmt: skip


def the_policy() -> Policy:
    """Return the policy: its fields as they are written above, its rules from the two tables."""
    words = "{en: a, fr: b}"
    lines = ["policy: benchmark", f"title: {words}", "decision: {go_at: {p_win: 0.4, points: 40}}",
             "deals: {outcome: {column: Status, won: [W], lost: [L]}}", FIELDS]  # fmt: skip
    lines.append("knockouts:")
    for place, (when, _) in enumerate(KNOCKOUTS):
        then = "no_go" if place % 4 else f"{{conditional_go: {words}}}"
        lines.append(
            f"  - {{id: k{place}, when: {in_braces(when)}, then: {then}, reason: {words}}}"
        )
    lines.append("criteria:")
    for place, (when, _) in enumerate(CRITERIA):
        points = POINTS[place]
        lines.append(
            f"  - {{id: c{place}, when: {in_braces(when)}, points: {points}, label: {words}}}"
        )
    return parse_policy("\n".join(lines).encode())


def in_braces(when: str) -> str:
    return when if when.startswith("{") else f"{{{when}}}"


def random_deals(policy: Policy, n_deals: int) -> DealTable:
    """Return deals with a fifth of their facts unknown."""
    random = np.random.default_rng(0)
    as_of = np.datetime64("2026-01-05") + random.integers(-700, 0, n_deals).astype(
        "timedelta64[D]"
    )
    columns: dict[str, Column] = {}
    for name, asked in policy.fields.items():
        if asked.derived:
            continue
        unknown = random.random(n_deals) < SHARE_UNKNOWN
        if isinstance(asked, CategoryField):
            levels = tuple(sorted(asked.values or ()))
            codes = random.integers(0, len(levels), n_deals, dtype=np.int32)
            columns[name] = CategoryColumn(np.where(unknown, np.int32(-1), codes), levels)
        else:
            values = DRAWS[name](random, n_deals)
            columns[name] = NumericColumn(np.where(unknown, np.nan, values), numeric_kind(asked))
    return DealTable(
        ids=(None,) * n_deals,
        as_of=as_of,
        columns=with_derived_columns(columns, policy.derived, as_of),
    )


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


def many_deals(policy: Policy) -> None:
    table = random_deals(policy, N_DEALS)
    for ours, theirs in zip(by_qualifox(policy, table), by_hand(table), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    pairs = [
        (
            milliseconds(lambda: by_qualifox(policy, table)),
            milliseconds(lambda: by_hand(table)),
        )
        for _ in range(ROUNDS)
    ]
    ratio = statistics.median(ours / theirs for ours, theirs in pairs)
    ours, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"20 knockouts, 20 criteria, {N_DEALS:,} deals: {ours:.0f} ms, by hand {theirs:.0f} ms; "
          f"{ratio:.2f} x (bar {MOST_TIMES:g})")  # fmt: skip


def one_deal(policy: Policy) -> None:
    table = random_deals(policy, DEALS_ALONE)
    deals = [table.deal(row) for row in range(DEALS_ALONE)]
    deals = [
        replace(
            deal, facts={name: deal.facts[name] for name in policy.asked if name in deal.facts}
        )
        for deal in deals
    ]

    def judge(deal: Deal) -> None:
        judge_knockouts(policy, deal)
        judge_criteria(policy, deal)

    times = [milliseconds(lambda: judge(deal)) * 1e3 for _ in range(3) for deal in deals]  # noqa: B023
    median, worst = statistics.median(times), statistics.quantiles(times, n=100)[-1]
    print(f"20 knockouts, 20 criteria, one deal: median {median:.0f} us, "
          f"99 % below {worst:.0f} us (bar {MOST_MICROSECONDS:g} us)")  # fmt: skip


def main() -> None:
    policy = the_policy()
    many_deals(policy)
    one_deal(policy)


if __name__ == "__main__":
    main()
