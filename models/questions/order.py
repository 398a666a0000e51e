"""In which order questions are worth asking, and what asking them costs."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.deal import Deal
from features.policy import Policy
from features.policy.amounts import amounts_of
from features.table import DealTable
from models.knockouts import KnockoutState, judge_knockouts
from models.questions.completions import Completions

STOPS, CONDITIONS, COUNTS, TELLS = range(4)
"""What an unknown fact may do, the most urgent first: stop the deal, put it under a condition,
count for its points or its money, or only tell the model something."""
DIGITS = 6
"""Gains that differ by less than a millionth are equal: which is first must not hang on noise."""


@dataclass(frozen=True, slots=True)
class AskingCosts:
    """What asking costs: a rate for an hour, and the smallest effort that the policy states."""

    policy: Policy
    rate: float

    @staticmethod
    def of(policy: Policy, deal: Deal, completions: Completions | None) -> "AskingCosts":
        """Return the costs for one deal: where the rate hangs on unknown facts, its average.

        Where it hangs on the role, that of all roles: nobody says who asks.
        """
        if completions is None:
            table, weights = DealTable.of([deal], policy.fields), np.ones(1)
        else:
            table, weights = completions.table, completions.weights
        amounts = [policy.economics.cost_per_hour]
        amounts += [role.cost_per_hour for role in policy.economics.roles.values()]
        found = [_mean(amounts_of(one, table), weights) for one in amounts if one is not None]
        rates = [rate for rate in found if rate is not None]
        return AskingCosts(policy, float(np.mean(rates)) if rates else 0.0)

    def hours(self, name: str) -> float:
        """Return the hours that finding a fact out takes; zero where the policy does not say."""
        cost = self.policy.fields[name].cost
        return 0.0 if cost is None else cost.hours

    def money(self, name: str) -> float:
        """Return what finding a fact out costs; hours cost nothing where there is no rate."""
        cost = self.policy.fields[name].cost
        return 0.0 if cost is None else cost.hours * self.rate + cost.money

    def effort(self, name: str) -> float:
        """Return what to compare costs by: money, or hours where the policy has no rate.

        A question without a cost counts like the cheapest that has one.
        """
        efforts = {one: self._effort(one) for one in self.policy.asked}
        stated = [effort for effort in efforts.values() if effort > 0]
        return efforts[name] or min(stated, default=1.0)

    def _effort(self, name: str) -> float:
        in_hours = not self.rate and any(self.hours(one) for one in self.policy.asked)
        return self.hours(name) if in_hours else self.money(name)


def urgency_of(policy: Policy, deal: Deal) -> Mapping[str, int]:
    """Return what each unknown fact may still do to a deal, from `STOPS` to `TELLS`."""
    found = dict.fromkeys(policy.asked, TELLS)
    counting = policy.economics.fields().union(*(rule.fields() for rule in policy.criteria))
    found |= dict.fromkeys(policy.decided_by(counting), COUNTS)
    for wanted, rank in ((False, CONDITIONS), (True, STOPS)):
        for verdict in judge_knockouts(policy, deal):
            is_open = verdict.state is KnockoutState.UNKNOWN
            if is_open and verdict.knockout.refuses is wanted:
                found |= dict.fromkeys(verdict.needs, rank)
    return found


def needed_for_a_go(policy: Policy, deal: Deal) -> frozenset[str]:
    """Return the unknown facts that keep a deal from being a go: open knockouts ask for them."""
    return frozenset(
        name
        for verdict in judge_knockouts(policy, deal)
        if verdict.state is KnockoutState.UNKNOWN and verdict.knockout.on_unknown == "find_out"
        for name in verdict.needs
    )


def _mean(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float | None:
    """Return the average of the known values, None where there is none."""
    known = ~np.isnan(values) & (weights > 0)
    return float(np.average(values[known], weights=weights[known])) if known.any() else None
