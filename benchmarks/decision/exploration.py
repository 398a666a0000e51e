"""Whether refused deals that have become good are seen: simulated markets whose truth is known.

A quarter of the deals is of a kind that was worked for two years, hardly ever won, and then
refused by a testable knockout. From the fifth quarter after that on it is good. Each quarter the
report on refused deals is read, by the same code as ``qualifox refused``, and what counts is
whether it says so within four quarters of the change. Beside it: what a model says of the kind
that has learned from pursued deals, and how often the report cries where nothing has changed.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import expit

from benchmarks.model.summary import Bar, at_least, at_most
from features.columns import NumericColumn
from features.policy import Policy, parse_policy
from features.table import DealTable
from models.exploration import explore
from models.logistic import fit_logistic
from models.qualifier import Qualifier
from reports.refused.report import RefusedDeals
from training.outcomes.outcome import Outcome
from training.past_deals import PastDeals
from training.propensity import propensity_weights
from training.refused import RefusedPast

Vector = NDArray[np.float64]

SEEDS, TABLE_SEEDS, FEW_SEEDS = 200, 100, 8
DEALS_A_QUARTER, SEGMENT = 250, 0.25
WORKED, BAD, GOOD = 8, 4, 4
"""Quarters: the kind is worked, then refused while it is bad, then refused although it is good."""
THRESHOLD = 0.2
REST, WAS_WON, SPREAD = 0.34, 0.08, 0.5
CHOSEN_SHARE, CHOSEN_RATE = 0.15, 0.45
"""The share of refused deals that is explored (3.75 % of all deals), and the rate that is seen."""
DAYS_TO_CLOSE = 45.0
FIRST_YEAR = 2022
FEWEST_SEEN, MOST_FALSE, MOST_BIAS = 0.80, 0.10, 0.02
RATES = (0.35, 0.40, 0.45, 0.50)
SHARES = (0.05, 0.10, 0.15)

POLICY = """
policy: refusing
title: {{en: Refusing, fr: Refus}}
deals: {{outcome: {{column: Result, won: [Won], lost: [Lost]}}}}
fields:
  abroad: {{type: boolean}}
  fit: {{type: number, better: higher}}
knockouts:
  - {{id: abroad, when: {{abroad: true}}, then: no_go, testable: true, reason: {{en: Abroad, fr: "À l'étranger"}}}}
decision: {{go_at: {{p_win: {threshold}}}{exploration}}}
"""  # noqa: E501


@dataclass(frozen=True, kw_only=True)
class Market:
    """What is explored, how the refused kind is won at last, and how long deals take to close."""

    share: float
    rate: float
    days_to_close: float = 0.0

    @property
    def policy(self) -> Policy:
        explored = f", exploration: {{share: {self.share}}}" if self.share else ""
        text = POLICY.format(threshold=THRESHOLD, exploration=explored)
        return parse_policy(text.encode())


@dataclass(frozen=True, kw_only=True)
class Past:
    """Sixteen quarters of one company, with the truth; arrays have shape (n_deals,)."""

    table: DealTable
    quarter: NDArray[np.intp]
    outcomes: NDArray[np.object_]
    closed_on: NDArray[np.datetime64]
    propensity: Vector
    worked: NDArray[np.bool_]

    @property
    def abroad(self) -> NDArray[np.bool_]:
        return self.table.columns["abroad"].is_one_of(frozenset({True}))

    @property
    def fit(self) -> Vector:
        column = self.table.columns["fit"]
        assert isinstance(column, NumericColumn)
        return column.values

    def seen_on(self, day: date) -> PastDeals:
        """Return what the company knows at the end of a day: later closings are open."""
        rows = np.flatnonzero(self.table.as_of <= np.datetime64(day))
        closed_on, outcomes = self.closed_on[rows], self.outcomes[rows].copy()
        outcomes[closed_on > np.datetime64(day)] = Outcome.OPEN
        return PastDeals.of(
            self.table.take(rows), outcomes,
            np.where(closed_on > np.datetime64(day), np.datetime64("NaT"), closed_on),
            self.propensity[rows],
        )  # fmt: skip


def quarter_end(number: int) -> date:
    year, month = FIRST_YEAR + number // 4, 3 * (number % 4) + 3
    first_after = date(year + month // 12, month % 12 + 1, 1)
    return first_after - timedelta(days=1)


def past_of(market: Market, seed: int) -> Past:
    random = np.random.default_rng([seed, 7])
    n_quarters = WORKED + BAD + GOOD
    quarter = np.repeat(np.arange(n_quarters), DEALS_A_QUARTER)
    n = len(quarter)
    abroad, fit = random.random(n) < SEGMENT, random.standard_normal(n)
    decided = np.array([quarter_end(q - 1) for q in quarter.tolist()], dtype="datetime64[D]") + 1
    spread = 60 if market.days_to_close else 1
    decided = decided + random.integers(0, spread, n)
    table = DealTable(
        ids=tuple(f"{seed}-{number}" for number in range(n)),
        as_of=decided,
        columns={"abroad": NumericColumn(abroad.astype(float), "boolean"),
                 "fit": NumericColumn(fit)},
    )  # fmt: skip
    good = quarter >= WORKED + BAD
    rate = np.where(abroad, np.where(good, market.rate, WAS_WON), REST)
    won = random.random(n) < _spread_by(fit, rate)
    days = random.exponential(market.days_to_close or 1.0, n).clip(1, 20 if spread == 1 else None)
    explored, propensity = _explored(market, table, quarter)
    worked = explored | (quarter < WORKED) | ~abroad
    outcomes = np.where(won, Outcome.WON, Outcome.LOST).astype(object)
    outcomes = np.array([Outcome(one) for one in outcomes], dtype=object)
    outcomes[~worked] = Outcome.DECLINED_BY_US
    return Past(
        table=table, quarter=quarter, outcomes=outcomes, propensity=propensity, worked=worked,
        closed_on=decided + days.astype(int),
    )  # fmt: skip


def _spread_by(fit: Vector, rate: Vector) -> Vector:
    """Return chances that rise with the fit and whose mean is about the rate."""
    levels = {one: _intercept(float(one)) for one in np.unique(rate)}
    chances: Vector = expit(np.vectorize(levels.__getitem__)(rate) + SPREAD * fit)
    return chances


@lru_cache
def _intercept(rate: float) -> float:
    """Return the log-odds of a deal of average fit where deals are won at a rate on average."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(40)

    def over(level: float) -> float:
        return float(np.average(expit(level + SPREAD * nodes), weights=weights)) - rate

    return float(brentq(over, -10, 10))


def _explored(
    market: Market, table: DealTable, quarter: NDArray[np.intp]
) -> tuple[NDArray[np.bool_], Vector]:
    """Draw by the policy, which is in force only after the kind had been worked."""
    policy = market.policy
    selection = explore(policy, table, Qualifier(policy).judge(table).recommendations)
    before = quarter < WORKED
    chance = np.where(before | ~selection.eligible, 1.0, selection.propensity)
    return selection.explored & ~before, np.where(chance > 0, chance, 1.0)


def looks(market: Market, seed: int) -> Iterator[RefusedDeals]:
    """Yield what the report says of the kind at the end of each quarter after the change."""
    past, qualifier = past_of(market, seed), Qualifier(market.policy)
    for number in range(WORKED + BAD, WORKED + BAD + GOOD):
        day = quarter_end(number)
        report = RefusedPast(past.seen_on(day), qualifier, day).report()
        yield next(one for one in report.rules if one.id == "abroad")


def seen_within_a_year(market: Market, seeds: int) -> float:
    """Return in how many companies some look of the year finds the kind worth working again."""
    found = [any(one.verdict == "work_again" for one in looks(market, s)) for s in range(seeds)]
    return float(np.mean(found))


def estimates(market: Market, seed: int) -> tuple[float, float, float]:
    """Return what is said of the kind at the end: naive, with weights, and by the drawn deals.

    Naive is a regression on all that was pursued without the draw; with weights, one on the draw
    too, each drawn deal counting for those that were not.
    """
    past = past_of(market, seed)
    day = quarter_end(WORKED + BAD + GOOD - 1)
    seen = past.seen_on(day)
    X = np.column_stack([past.abroad, past.fit]).astype(float)
    won, drawn = seen.won.astype(float), seen.propensity < 1
    now = past.abroad & (past.quarter >= WORKED + BAD)
    said = []
    for rows in (seen.ended & ~drawn, seen.ended):
        weights = propensity_weights(seen.propensity[rows])
        fitted = fit_logistic(X[rows], won[rows], penalty=1.0, weights=weights)
        said.append(float(expit(fitted.log_odds(X[now])).mean()))
    *_, last = looks(market, seed)
    return said[0], said[1], np.nan if last.recent.rate is None else last.recent.rate


def measure(*, small: bool) -> list[Bar]:
    """Return the bars; tables of other shares, rates and delays go to stderr as they come."""
    seeds = FEW_SEEDS if small else SEEDS
    chosen = Market(share=CHOSEN_SHARE, rate=CHOSEN_RATE)
    if not small:
        _tell_table(TABLE_SEEDS)
    seen = seen_within_a_year(chosen, seeds)
    name = f"exploration {CHOSEN_SHARE:.0%}: good segment ({CHOSEN_RATE:.0%}) seen in 4 quarters"
    bars = [at_least(name, seen, FEWEST_SEEN)]
    still = seen_within_a_year(replace(chosen, rate=WAS_WON), seeds)
    bars.append(at_most("exploration: false alarms a year, segment still bad", still, MOST_FALSE))
    edge = seen_within_a_year(replace(chosen, rate=THRESHOLD), seeds)
    bars.append(at_most("exploration: false alarms a year, at the threshold", edge, MOST_FALSE))
    return [*bars, _control(seeds), *_biases(chosen, seeds)]


def _control(seeds: int) -> Bar:
    """Return whether the report stays silent where nobody explores: it has no way to know."""
    off = Market(share=0.0, rate=CHOSEN_RATE)
    some = range(min(seeds, 50))
    silent = [one.verdict == "no_evidence" for seed in some for one in looks(off, seed)]
    share = float(np.mean(silent))
    return at_least("exploration off: says no evidence (control)", share, 1.0)


def _biases(market: Market, seeds: int) -> list[Bar]:
    found = np.array([estimates(market, seed) for seed in range(seeds)])
    naive, weighted, ours = np.nanmean(found, axis=0) - market.rate
    told = f"naive {naive:+.3f}, weighted model {weighted:+.3f}, drawn deals {ours:+.3f}"
    return [
        Bar("exploration: bias of each estimate of the segment", told, "beside", ok=True),
        at_most("exploration: bias of drawn deals", abs(float(ours)), MOST_BIAS),
    ]


def _tell_table(seeds: int) -> None:
    _tell(f"seen within 4 quarters by the share of refused deals explored, {seeds} companies")
    _tell(f"{'':>12}" + "".join(f"{f'won at {rate:.0%}':>14}" for rate in RATES))
    for share in SHARES:
        cells = [seen_within_a_year(Market(share=share, rate=rate), seeds) for rate in RATES]
        _tell(f"{share:>12.0%}" + "".join(f"{cell:>14.1%}" for cell in cells))
    slow = Market(share=CHOSEN_SHARE, rate=CHOSEN_RATE, days_to_close=DAYS_TO_CLOSE)
    late = seen_within_a_year(slow, seeds)
    _tell(f"{CHOSEN_SHARE:.0%}, deals take {DAYS_TO_CLOSE:g} days to close: {late:.1%}")


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
