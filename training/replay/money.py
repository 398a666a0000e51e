"""The money of past deals: what each brought, what it cost, and what it left."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features.policy import Policy
from features.policy.amounts import amounts_of
from features.table import DealTable
from models.economics import hours_of, value_of
from training.replay.past_deals import PastDeals

Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]

NO_HOURS: Mapping[str, Any] = {"cost_per_hour": None, "remaining_hours": None, "roles": {}}
HOURS_ONLY: Mapping[str, Any] = {
    "remaining_contacts": None, "cost_per_contact": None, "other_costs": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """Hours and money of some past deals; NaN is unknown, every array has shape (n_deals,).

    ``hours`` are those spent where the file has them (``actual``), else the policy's estimate.
    ``if_won`` is what a won deal brings, ``brought`` what this one did, 0 where it was not won;
    ``cost`` is what pursuing it took, ``value`` what it left. ``counted`` says whether the policy
    counts any money.
    """

    hours: Vector
    actual: Mask
    if_won: Vector
    brought: Vector
    cost: Vector
    revenue: Vector
    counted: bool

    @property
    def value(self) -> Vector:
        """What each deal left: what it brought less what it cost."""
        return self.brought - self.cost

    @property
    def has_hours(self) -> bool:
        """Whether hours are known of any deal."""
        return bool(np.isfinite(self.hours).any())

    def take(self, rows: NDArray[np.intp]) -> "Money":
        """Return that of some of the deals."""
        return replace(
            self,
            hours=self.hours[rows],
            actual=self.actual[rows],
            if_won=self.if_won[rows],
            brought=self.brought[rows],
            cost=self.cost[rows],
            revenue=self.revenue[rows],
        )


def money_of(policy: Policy, deals: PastDeals) -> Money:
    """Return the money of past deals by a policy's economics, from facts known at the decision.

    A won deal brings what the policy says that it brings. Where the hours spent are on file they
    are paid at the policy's price of an hour, else the remaining cost at the decision stands for
    what was spent.
    """
    table = deals.table
    found = value_of(policy, table, np.ones(len(table)))
    unknown = np.full(len(table), np.nan)
    actual = np.isfinite(deals.hours_spent)
    if_won = unknown if found is None else found.if_won
    cost = unknown if found is None else found.remaining_cost
    if actual.any() and found is not None:
        cost = np.where(actual, _paid(policy, table, deals.hours_spent, cost), cost)
    return Money(
        hours=np.where(actual, deals.hours_spent, hours_of(policy, table)),
        actual=actual,
        if_won=if_won,
        brought=if_won if found is None else np.where(deals.won, if_won, 0.0),
        cost=cost,
        revenue=amounts_of(policy.economics.revenue, table),
        counted=found is not None,
    )


def _paid(policy: Policy, table: DealTable, spent: Vector, estimated: Vector) -> Vector:
    """Return what the hours spent cost with all that is not hours; else what was estimated."""
    rate = _price_of_an_hour(policy, table)
    if rate is None:
        return estimated
    others = value_of(_with_economics(policy, NO_HOURS), table, np.ones(len(table)))
    return spent * rate + (0.0 if others is None else others.remaining_cost)


def _price_of_an_hour(policy: Policy, table: DealTable) -> Vector | None:
    """Return the price of an hour of each deal, over the roles by the hours each would work."""
    economics = policy.economics
    if economics.roles:
        hours_alone = value_of(_with_economics(policy, HOURS_ONLY), table, np.ones(len(table)))
        if hours_alone is None:
            return None
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = hours_alone.remaining_cost / hours_alone.hours
        return np.where(np.isfinite(rate), rate, np.nan)
    if economics.cost_per_hour is None:
        return None
    return amounts_of(economics.cost_per_hour, table)


def _with_economics(policy: Policy, changes: Mapping[str, Any]) -> Policy:
    return replace(policy, economics=policy.economics.model_copy(update=changes))
