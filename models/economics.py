"""What a deal is worth from today on: its expected value, as far as its numbers are known.

``p_win x (margin + strategic value - default_probability x loss_given_default x exposure)
- remaining cost``. What was spent before is spent, and is no part of it. A number that the policy
asks for and nobody knows leaves the value unknown between bounds, never zero; a cost or risk that
the policy does not mention is named as left out.
"""

import operator
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from features.deal import Deal
from features.policy import Economics, Policy
from features.policy.amounts import Amount, fields_of
from features.table import DealTable
from models.bounds import Bounds, bounds_of

Vector: TypeAlias = NDArray[np.float64]

RISK = ("default_probability", "loss_given_default", "exposure")
HOURS = ("cost_per_hour", "remaining_hours")
CONTACTS = ("cost_per_contact", "remaining_contacts")
OTHER = ("other_costs",)
DISCOUNT = ("discount_rate_per_year", "months_to_close")
"""What is multiplied with each other; it counts where the policy gives the first of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """The money of many deals; NaN is unknown, and every array has shape (n_deals,).

    ``if_won`` is what a won deal brings after the risk of default, in today's money;
    ``remaining_cost`` what the pursuit still costs, ``expected`` what pursuing is worth. It lies
    between ``lowest`` and ``highest`` whatever the unknown numbers are (infinite where the policy
    gives them no end). ``hours`` are those of the remaining pursuit, ``hours_by_role`` the same
    role by role; ``sunk_cost`` is spent and counted nowhere. ``left_out`` names what the policy
    does not count.
    """

    if_won: Vector
    remaining_cost: Vector
    expected: Vector
    lowest: Vector
    highest: Vector
    hours: Vector
    hours_by_role: Mapping[str, Vector]
    revenue: Vector
    sunk_cost: Vector
    left_out: tuple[str, ...]

    @property
    def is_known(self) -> NDArray[np.bool_]:
        """Where the expected value is known."""
        return ~np.isnan(self.expected)

    @property
    def break_even(self) -> Vector:
        """The win probability at which pursuing is worth nothing; NaN where there is none."""
        with np.errstate(divide="ignore", invalid="ignore"):
            at = self.remaining_cost / self.if_won
        return np.where((self.if_won > 0) & np.isfinite(at), at, np.nan)

    @property
    def per_hour(self) -> Vector:
        """What an hour of the remaining pursuit is worth; NaN where it takes none."""
        return _ratio(self.expected, self.hours)

    @property
    def cost_share(self) -> Vector:
        """The remaining cost as a share of the revenue; NaN where either is unknown."""
        return _ratio(self.remaining_cost, self.revenue)


def value_of(policy: Policy, table: DealTable, p_win: Vector) -> Value | None:
    """Return what many deals are worth; None where the policy gives no margin or no cost."""
    economics = policy.economics
    if not has_value(economics):
        return None
    money = _Money(policy, table)
    if_won, cost = money.if_won(), money.remaining_cost()
    expected = if_won * Bounds.known(p_win) - cost
    return Value(
        if_won=if_won.middle,
        remaining_cost=cost.middle,
        expected=expected.middle,
        lowest=expected.low,
        highest=expected.high,
        hours=money.hours().middle,
        hours_by_role=money.hours_by_role(),
        revenue=money.number(economics.revenue).middle,
        sunk_cost=money.sunk_cost().middle,
        left_out=_left_out(economics),
    )


def ends_of(value: Value | None, p_win: Vector) -> tuple[Vector, Vector]:
    """Return between what the expected values lie; without end where none is counted."""
    if value is None:
        return np.full_like(p_win, -np.inf), np.full_like(p_win, np.inf)
    return value.lowest, value.highest


def hours_of(policy: Policy, table: DealTable) -> Vector:
    """Return the hours that each pursuit still takes, NaN unknown; with or without any money."""
    return _Money(policy, table).hours().middle


def has_value(economics: Economics) -> bool:
    """Return whether a policy says enough of its money for an expected value."""
    has_margin = economics.margin is not None or economics.margin_rate is not None
    return has_margin and (
        _counts_hours(economics) or any(_given(economics, part) for part in (CONTACTS, OTHER))
    )


def missing_numbers(policy: Policy, deal: Deal) -> tuple[str, ...]:
    """Return the unknown facts that a deal's expected value waits for."""
    economics, known = policy.economics, policy.known(deal)
    if not has_value(economics):
        return ()
    needed = frozenset().union(*map(fields_of, _counted(economics)))
    missing = frozenset(name for name in needed if name not in known)
    return policy.asked_for(missing, deal.facts)


def money_fields(economics: Economics) -> frozenset[str]:
    """Return the fields that some number of the economics hangs on, counted or not."""
    amounts = [getattr(economics, name) for name in type(economics).model_fields]
    for role in economics.roles.values():
        amounts += [role.remaining_hours, role.cost_per_hour]
    return frozenset().union(*map(fields_of, amounts))


def _counted(economics: Economics) -> Iterator[Amount | None]:
    """Yield the numbers that an expected value is made of."""
    parts = [part for part in (RISK, HOURS, CONTACTS, OTHER, DISCOUNT) if _given(economics, part)]
    names = [name for part in parts for name in part]
    names += ["margin", "margin_rate", "strategic_value"]
    names += ["revenue"] if economics.margin_rate is not None else []
    yield from (getattr(economics, name) for name in names)
    for role in economics.roles.values():
        if role.cost_per_hour is not None:
            yield from (role.remaining_hours, role.cost_per_hour)


def _given(economics: Economics, part: tuple[str, ...]) -> bool:
    return getattr(economics, part[0]) is not None


def _counts_hours(economics: Economics) -> bool:
    """Return whether hours cost money: in all, or those of some role."""
    by_role = any(role.cost_per_hour is not None for role in economics.roles.values())
    return by_role or _given(economics, HOURS)


def _left_out(economics: Economics) -> tuple[str, ...]:
    counted = {
        "hours": _counts_hours(economics),
        "contacts": _given(economics, CONTACTS),
        "default risk": _given(economics, RISK),
    }
    return tuple(name for name, is_counted in counted.items() if not is_counted)


def _ratio(part: Vector, whole: Vector) -> Vector:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, part / whole, np.nan)


@dataclass(frozen=True, slots=True)
class _Money:
    """The numbers of one policy for many deals, each between bounds."""

    policy: Policy
    table: DealTable

    def number(self, amount: Amount | None) -> Bounds:
        return bounds_of(amount, self.table, self.policy.fields)

    def if_won(self) -> Bounds:
        economics = self.policy.economics
        brings = self._margin()
        if economics.strategic_value is not None:
            brings = brings + self.number(economics.strategic_value)
        if _given(economics, RISK):
            brings = brings - self._product(RISK)
        return brings * self._discount() if _given(economics, DISCOUNT) else brings

    def remaining_cost(self) -> Bounds:
        economics = self.policy.economics
        cost = Bounds.known(np.zeros(len(self.table)))
        for part in (HOURS, CONTACTS, OTHER):
            if _given(economics, part):
                cost = cost + self._product(part)
        for role in economics.roles.values():
            if role.cost_per_hour is not None:
                cost = cost + self.number(role.remaining_hours) * self.number(role.cost_per_hour)
        return cost

    def hours(self) -> Bounds:
        roles = self.policy.economics.roles
        if not roles:
            return self.number(self.policy.economics.remaining_hours)
        hours = Bounds.known(np.zeros(len(self.table)))
        for role in roles.values():
            hours = hours + self.number(role.remaining_hours)
        return hours

    def hours_by_role(self) -> dict[str, Vector]:
        roles = self.policy.economics.roles
        return {name: self.number(role.remaining_hours).middle for name, role in roles.items()}

    def sunk_cost(self) -> Bounds:
        """Return what was spent; unknown where the policy does not ask for it."""
        economics = self.policy.economics
        costs = self.number(economics.spent_costs)
        if economics.spent_hours is None or economics.cost_per_hour is None:
            return costs
        hours = self.number(economics.spent_hours) * self.number(economics.cost_per_hour)
        return hours if economics.spent_costs is None else hours + costs

    def _product(self, part: tuple[str, ...]) -> Bounds:
        numbers = [self.number(getattr(self.policy.economics, name)) for name in part]
        return reduce(operator.mul, numbers)

    def _margin(self) -> Bounds:
        economics = self.policy.economics
        if economics.margin is not None:
            return self.number(economics.margin)
        return self.number(economics.margin_rate) * self.number(economics.revenue)

    def _discount(self) -> Bounds:
        economics = self.policy.economics
        rate = self.number(economics.discount_rate_per_year)
        months = self.number(economics.months_to_close)
        if rate.is_known and months.is_known:
            return Bounds.known(_discounted(rate.middle, months.middle))
        # It rises or falls with each of the two all the way, so its ends are at theirs.
        ends = [
            _discounted(one, other)
            for one in (rate.low, rate.high)
            for other in (months.low, months.high)
        ]
        return Bounds(
            low=np.minimum.reduce(ends),
            middle=_discounted(rate.middle, months.middle),
            high=np.maximum.reduce(ends),
        )


def _discounted(rate: Vector, months: Vector) -> Vector:
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        found = (1 + rate) ** -(months / 12)
    return np.where((rate == 0) | (months == 0), 1.0, found)
