"""A year of quarterly plans in a market whose truth is known, beside work in order of arrival.

The model learns from the deals that closed in the first two years, under the policy of the demo
company, which knows the facts on record and no truth. In each quarter of the third year the open
deals are those that came in, and there are hours for 40 % of all of them. Everybody works under
the same hours, as they turn out: who reaches the end of them stops.

The oracle makes the same plan with the true probabilities, of what nobody can see as well.
"""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.policy import Policy, load_policy
from features.table import DealTable
from models.economics import Value, value_of
from models.portfolio.capacity import capacity_of
from models.portfolio.plan import plan_deals
from models.qualifier import Qualifier
from models.recommended import RECOMMENDATIONS, recommended
from models.verdicts import Verdicts
from simulation import MarketSettings, simulate, write_deals
from simulation.stakes import HOURS_BY_OUTCOME
from training.closed_deals import closed_deals
from training.fit import fit_model
from training.intake import read_deals

POLICY = Path(__file__).parents[2] / "examples" / "demo_company" / "policy.yaml"
LEARNED_UNTIL, QUARTER_DAYS, QUARTERS = date(2024, 12, 31), 91, 4
N_DEALS, SHARE_OF_HOURS, SHARE_OF_DEALS = 3_000, 0.40, 0.60

Rows = NDArray[np.intp]


@dataclass(slots=True)
class Work:
    """What was worked in a year, and what came of it, by the truth."""

    pursuits: int = 0
    hours: float = 0.0
    wins: int = 0
    margin: float = 0.0
    true_margin: float = 0.0
    true_value: float = 0.0


@dataclass(slots=True)
class Year:
    """A year by who planned it; the promises are those of the plan by hours alone.

    ``shuffled`` is the negative control: the plan by hours alone, with the probabilities of the
    deals dealt out among them at random.
    """

    arrival: Work = field(default_factory=Work)
    by_hours: Work = field(default_factory=Work)
    by_hours_oracle: Work = field(default_factory=Work)
    focused: Work = field(default_factory=Work)
    focused_oracle: Work = field(default_factory=Work)
    shuffled: Work = field(default_factory=Work)
    promised: float = 0.0
    promised_comparably: float = 0.0
    promised_truly: float = 0.0


@dataclass(frozen=True, slots=True)
class _Truth:
    """The truth about all deals of a market, as arrays; the cost of an hour is the policy's."""

    p_win: NDArray[np.float64]
    won: NDArray[np.bool_]
    hours: NDArray[np.float64]
    expected_hours: NDArray[np.float64]
    margin: NDArray[np.float64]
    cost_per_hour: float

    @staticmethod
    def of(truth: pd.DataFrame, cost_per_hour: float) -> "_Truth":
        outcome = truth["outcome_if_pursued"]
        return _Truth(
            p_win=truth["p_win"].to_numpy(),
            won=(outcome == "won").to_numpy(),
            hours=(truth["usual_hours"] * outcome.map(HOURS_BY_OUTCOME)).to_numpy(float),
            expected_hours=truth["expected_hours"].to_numpy(),
            margin=truth["margin_if_won"].to_numpy(),
            cost_per_hour=cost_per_hour,
        )

    def work(self, rows: Iterable[int], limit: float, work: Work, *, stops: bool) -> int:
        """Work deals in order while hours last, and return how many.

        The first that does not fit any more ends it where it ``stops``; else it is passed over.
        """
        left, count = limit, 0
        for row in rows:
            if self.hours[row] > left:
                if stops:
                    break
                continue
            left -= self.hours[row]
            count += 1
            work.wins += int(self.won[row])
            work.margin += self.margin[row] * self.won[row]
            work.true_margin += self.margin[row] * self.p_win[row]
            work.true_value += (
                self.margin[row] * self.p_win[row] - self.cost_per_hour * self.expected_hours[row]
            )
        work.pursuits += count
        work.hours += limit - left
        return count


def played(seed: int) -> Year:
    """Return the year of the market of a seed."""
    market = simulate(MarketSettings(n_deals=N_DEALS, seed=seed))
    policy = load_policy(POLICY)
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "deals.csv"
        write_deals(market, file)
        on_file = read_deals(file, policy, as_of=LEARNED_UNTIL, needs_outcome=True)
    first = np.datetime64(LEARNED_UNTIL)
    early = np.flatnonzero(on_file.table.as_of <= first)
    model = fit_model(closed_deals(on_file.take(early), policy), policy, seed=0)
    cost = policy.economics.cost_per_hour
    if not isinstance(cost, float):
        raise TypeError("the truth counts one price of an hour")
    planner = _Planner(Qualifier(policy, model), _Truth.of(market.truth, cost), Year())
    for quarter in range(QUARTERS):
        days = on_file.table.as_of - first - np.timedelta64(1, "D")
        is_of = days.astype(int) // QUARTER_DAYS == quarter
        rows = np.flatnonzero(is_of & (on_file.table.as_of > first))
        planner.plan(rows, on_file.table.take(rows))
    return planner.year


@dataclass(frozen=True, slots=True)
class _Planner:
    qualifier: Qualifier
    truth: _Truth
    year: Year

    def plan(self, rows: Rows, table: DealTable) -> None:
        """Plan and work one quarter, in every way."""
        year, verdicts = self.year, self.qualifier.judge(table)
        if verdicts.value is None or verdicts.p_win is None:
            raise TypeError("the policy gives a value, and the model a probability")
        hours = SHARE_OF_HOURS * float(np.nansum(verdicts.value.hours))
        worked = self.truth.work(rows.tolist(), hours, year.arrival, stops=True)
        truly, told = self._with(self.truth.p_win[rows], table, verdicts)
        ways = (
            (None, year.by_hours, year.by_hours_oracle),
            (int(SHARE_OF_DEALS * worked), year.focused, year.focused_oracle),
        )
        for most, ours, oracle in ways:
            chosen = self._chosen(verdicts.recommendations, verdicts.value, table, hours, most)
            self.truth.work(rows[chosen].tolist(), hours, ours, stops=False)
            best = self._chosen(told, truly, table, hours, most)
            self.truth.work(rows[best].tolist(), hours, oracle, stops=False)
            if most is None:
                self._promise(chosen, verdicts, truly)
        random = np.random.default_rng(len(rows))
        dealt, said = self._with(random.permutation(verdicts.p_win), table, verdicts)
        chosen = self._chosen(said, dealt, table, hours, None)
        self.truth.work(rows[chosen].tolist(), hours, year.shuffled, stops=False)

    def _chosen(
        self,
        recommendations: NDArray[np.object_],
        value: Value,
        table: DealTable,
        hours: float,
        most: int | None,
    ) -> Rows:
        capacity = capacity_of(self._policy.economics, {None: hours}, most)
        return plan_deals(recommendations, value, table.ids, capacity).chosen

    @property
    def _policy(self) -> Policy:
        return self.qualifier.policy

    def _with(
        self, p_win: NDArray[np.float64], table: DealTable, verdicts: Verdicts
    ) -> tuple[Value, NDArray[np.object_]]:
        """Return what the policy says of deals with other probabilities, as the true ones."""
        value = value_of(self._policy, table, p_win)
        if value is None:
            raise TypeError("the policy gives a value")
        thresholds = self.qualifier.thresholds(verdicts.points, p_win, value)
        return value, RECOMMENDATIONS[recommended(verdicts.policy, *thresholds)]

    def _promise(self, chosen: Rows, verdicts: Verdicts, truly: Value) -> None:
        """Note what the plan promises in the policy's money, and what is true of that."""
        model, value, p_win = self.qualifier.model, verdicts.value, verdicts.p_win
        if model is None or value is None or p_win is None:
            return
        rates = [0.0 if band is None else band.won / band.deals for band in model.bands(p_win)]
        cost = value.remaining_cost[chosen].sum()
        comparable = np.array(rates)[chosen] @ value.if_won[chosen]
        self.year.promised += float(value.expected[chosen].sum())
        self.year.promised_comparably += float(comparable - cost)
        self.year.promised_truly += float(truly.expected[chosen].sum())
