"""The replay beside numpy by hand: 20 knockouts over 100,000 past deals, the model aside.

What somebody would write by hand for this one policy counts the same: for every knockout where it
fires, is unknown and stops alone, and what becomes of its deals without it; for every set that
fires together the same; wins, losses, hours, cost and value of each. Both must find the same.
"""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.model.summary import Bar, at_most
from benchmarks.policy import CRITERIA, KNOCKOUTS, ByHand, Mask, random_deals, the_policy
from features import Policy
from features.policy import Economics
from features.policy.amounts import FromField
from training.replay.draws import drawn
from training.replay.effect import Effects, by_account
from training.replay.efficiency import compared, efficiency, work_of
from training.replay.knockouts import combinations, knockout_replays
from training.replay.ledger import ledger_of
from training.replay.money import money_of
from training.replay.past_deals import PastDeals
from training.replay.verdicts import verdicts_of
from training.sources.raw_table import RawTable

Vector = NDArray[np.float64]
Counts = list[Vector]

N_DEALS, N_SMALL, ROUNDS = 100_000, 5_000, 9
MOST_TIMES = 3.0
P_WIN, PRICE, HOURS = 0.4, 80.0, 20.0
MOST_SECONDS = 30.0
GO, CONDITIONAL_GO, FIND_OUT, NO_GO = range(4)
N_SETS = 20
ECONOMICS = Economics(
    currency="EUR",
    margin=FromField(field="margin"),
    remaining_hours=HOURS,
    cost_per_hour=PRICE,
)


@dataclass(frozen=True)
class Past:
    """A policy, past deals, and the probabilities that a model would have given them."""

    policy: Policy
    deals: PastDeals
    p_win: Vector


def a_past(n_deals: int) -> Past:
    """Return a past of random deals, of which every other has its hours on file."""
    policy = replace(the_policy(), economics=ECONOMICS)
    table, random = random_deals(policy, n_deals), np.random.default_rng(1)
    won = random.random(n_deals) < 0.3
    no_decision = ~won & (random.random(n_deals) < 0.3)
    nobody = np.full(n_deals, None, dtype=object)
    undated = np.full(n_deals, np.datetime64("NaT", "D"))
    spent = random.integers(1, 200, n_deals).astype(float)
    deals = PastDeals(
        rows=np.arange(n_deals),
        table=table,
        won=won,
        lost=~won & ~no_decision,
        no_decision=no_decision,
        hours_spent=np.where(random.random(n_deals) < 0.5, spent, np.nan),
        cluster=random.integers(0, max(n_deals // 5, 2), n_deals),
        names=nobody,
        accounts=nobody,
        decided_on=undated,
        closed_on=undated,
        raw=RawTable(table=pa.table({}), where="made"),
        raw_rows=np.arange(n_deals),
    )
    return Past(policy, deals, random.random(n_deals))


def by_qualifox(past: Past) -> Counts:
    """Return all counts as the product makes them."""
    verdicts = verdicts_of(past.policy, past.deals.table, past.p_win)
    ledger = ledger_of(past.deals, money_of(past.policy, past.deals))
    found = [ledger.by(verdicts.recommendations, 4)[:, :9].ravel()]
    for one in knockout_replays(verdicts, ledger):
        found += [_flat(one.fires), _flat(one.unknown), _flat(one.alone)]
        found += [_flat(move.deals) for move in one.dropped]
    sets, others = combinations(verdicts, ledger)
    for both in sets:
        found += [_flat(both.fires), _flat(both.alone)]
        found += [_flat(move.deals) for move in both.dropped]
    return [*found, _flat(others.fires), _flat(others.alone)] if others is not None else found


def _flat(count: Any) -> Vector:
    return np.array([count.deals, count.won, count.lost, count.no_decision, count.hours,
                     count.hours_unknown, count.cost, count.value, count.money_unknown],
                    dtype=float)  # fmt: skip


def by_hand(past: Past) -> Counts:
    """Return all counts, written out in numpy for this policy alone."""
    deals, n = ByHand(dict(past.deals.table.columns)), len(past.deals)
    fired, unknown = [], []
    refusals, questions, conditions = (np.zeros(n, np.int16) for _ in range(3))
    for place, (_, rule) in enumerate(KNOCKOUTS):
        true, false = rule(deals)
        neither = ~(true | false)
        refusing = refusals if place % 4 else conditions
        refusing += true
        questions += neither
        fired.append(true)
        unknown.append(neither)
    undecided = np.zeros(n)
    for _, rule in CRITERIA:
        true, false = rule(deals)
        undecided += ~(true | false)
    told = undecided / len(CRITERIA) <= 0.4
    worth, hopeless = told & (past.p_win >= P_WIN), told & (past.p_win < P_WIN)
    figures = _figures(past.deals, deals)
    before = _recommended(refusals > 0, questions > 0, conditions > 0, worth, hopeless)
    found = [_by(figures, before, 4).ravel()]
    for place in range(len(KNOCKOUTS)):
        rows = np.flatnonzero(fired[place] | unknown[place])
        drop, ask = fired[place][rows], questions[rows] - unknown[place][rows]
        refuse, condition = refusals[rows], conditions[rows]
        if place % 4:
            refuse = refuse - drop
        else:
            condition = condition - drop
        after = _recommended(refuse > 0, ask > 0, condition > 0, worth[rows], hopeless[rows])
        found.append(figures[fired[place]].sum(axis=0))
        found.append(figures[unknown[place]].sum(axis=0))
        found += _dropped(figures, rows, before[rows], after)
    return found + _sets(figures, fired, before, questions > 0, (worth, hopeless))


def _figures(past: PastDeals, deals: ByHand) -> NDArray[np.float64]:
    known = ~np.isnan(past.hours_spent)
    hours = np.where(known, past.hours_spent, HOURS)
    cost = hours * PRICE
    value = np.where(past.won, deals.values("margin"), 0.0) - cost
    paid = ~np.isnan(value)
    columns = (np.ones(len(past)), past.won, past.lost, past.no_decision, hours,
               np.zeros(len(past)), np.where(paid, cost, 0), np.where(paid, value, 0),
               ~paid)  # fmt: skip
    return np.column_stack([column.astype(float) for column in columns])


def _recommended(
    refused: Mask, open_: Mask, conditional: Mask, worth: Mask, hopeless: Mask
) -> NDArray[np.intp]:
    answers = np.where(conditional, CONDITIONAL_GO, GO)
    answers = np.where(open_ | ~worth, FIND_OUT, answers)
    return np.where(refused | hopeless, NO_GO, answers)


def _by(figures: NDArray[np.float64], key: NDArray[np.intp], n: int) -> NDArray[np.float64]:
    return np.column_stack([np.bincount(key, column, n) for column in figures.T])


def _dropped(
    figures: NDArray[np.float64],
    rows: NDArray[np.intp],
    before: NDArray[np.intp],
    after: NDArray[np.intp],
) -> Counts:
    """Return the deals stopped alone, then every move, as they are without some knockouts."""
    moved = before != after
    rows, key = rows[moved], before[moved] * 4 + after[moved]
    sums = _by(figures[rows], key, 16)
    return [sums[12:15].sum(axis=0), *sums[sums[:, 0] > 0]]


def _sets(
    figures: NDArray[np.float64],
    fired: list[Mask],
    before: NDArray[np.intp],
    asked: Mask,
    reached: tuple[Mask, Mask],
) -> Counts:
    code = np.zeros(len(before), np.int64)
    for place, mask in enumerate(fired):
        code |= mask.astype(np.int64) << place
    some = np.flatnonzero(code)
    _, number = np.unique(code[some], return_inverse=True)
    none = np.zeros(len(some), bool)
    worth, hopeless = reached
    after = _recommended(none, asked[some], none, worth[some], hopeless[some])
    n_sets = number.max() + 1
    sums = _by(figures[some], (number * 4 + before[some]) * 4 + after, n_sets * 16)
    sums = sums.reshape(n_sets, 16, -1)
    fires = sums.sum(axis=1)
    moved = sums.copy()
    moved[:, [0, 5, 10, 15]] = 0
    alone = moved[:, 12:15].sum(axis=1)
    order = np.argsort(-fires[:, 0], kind="stable")
    found = []
    for place in order[:N_SETS]:
        found += [fires[place], alone[place], *moved[place][moved[place][:, 0] > 0]]
    rest = order[N_SETS:]
    return [*found, fires[rest].sum(axis=0), alone[rest].sum(axis=0)] if len(rest) else found


def measure(*, small: bool) -> list[Bar]:
    """Return the ratio of the counting, and the seconds of all the rest with its intervals."""
    past = a_past(N_SMALL if small else N_DEALS)
    for ours, theirs in zip(by_qualifox(past), by_hand(past), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-6)
    pairs = [
        (seconds(lambda: by_qualifox(past)), seconds(lambda: by_hand(past)))
        for _ in range(3 if small else ROUNDS)
    ]
    ratio = statistics.median(ours / theirs for ours, theirs in pairs)
    ours, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    name = f"replay of {len(past.deals):,} deals x {len(KNOCKOUTS)} knockouts / numpy by hand"
    print(f"{name}: {ours * 1e3:.0f} ms, by hand {theirs * 1e3:.0f} ms", file=sys.stderr)
    rest = seconds(lambda: with_intervals(past))
    return [
        at_most(name, ratio, MOST_TIMES),
        at_most("... curves and intervals by account, seconds", rest, MOST_SECONDS),
    ]


def with_intervals(past: Past) -> None:
    """Make what a report has beside the counts: draws of accounts, and every curve."""
    verdicts = verdicts_of(past.policy, past.deals.table, past.p_win)
    money = money_of(past.policy, past.deals)
    ledger = ledger_of(past.deals, money)
    given, cluster = verdicts.recommendations, past.deals.cluster
    on_curves = by_account(ledger.only(compared(verdicts)), given, cluster)
    _, told = drawn([by_account(ledger, given, cluster), on_curves], seed=0)
    efficiency(verdicts, work_of(past.deals, money, seed=0), Effects(ledger, told))


def seconds(work: Callable[[], object]) -> float:
    """Return how long some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
