"""What a deal is worth from today on: its expected value, as far as its numbers are known.

``p_win x (margin - default_probability x loss_given_default x exposure) - remaining cost``. What
was spent before is spent, and is no part of it. A number that the policy asks for and nobody knows
leaves the value unknown, never zero; a cost or risk that the policy does not mention is named as
left out.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from features.deal import Deal
from features.policy import Economics, Policy
from features.policy.amounts import Amount, amounts_of, fields_of
from features.table import DealTable

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
    ``remaining_cost`` what the pursuit still costs, ``expected`` what pursuing is worth;
    ``left_out`` names what the policy does not count.
    """

    if_won: Vector
    remaining_cost: Vector
    expected: Vector
    left_out: tuple[str, ...]

    @property
    def break_even(self) -> Vector:
        """The win probability at which pursuing is worth nothing; NaN where there is none."""
        with np.errstate(divide="ignore", invalid="ignore"):
            at = self.remaining_cost / self.if_won
        return np.where((self.if_won > 0) & np.isfinite(at), at, np.nan)


def value_of(policy: Policy, table: DealTable, p_win: Vector) -> Value | None:
    """Return what many deals are worth; None where the policy gives no margin or no cost."""
    economics = policy.economics
    if not has_value(economics):
        return None
    costs = [part for part in (HOURS, CONTACTS, OTHER) if _given(economics, part)]
    if_won = _margin(economics, table)
    if _given(economics, RISK):
        if_won = if_won - _product(economics, RISK, table)
    if_won = if_won * _discount(economics, table)
    cost = np.sum([_product(economics, part, table) for part in costs], axis=0)
    return Value(
        if_won=if_won,
        remaining_cost=cost,
        expected=p_win * if_won - cost,
        left_out=tuple(
            name
            for name, part in (("hours", HOURS), ("contacts", CONTACTS), ("default risk", RISK))
            if not _given(economics, part)
        ),
    )


def has_value(economics: Economics) -> bool:
    """Return whether a policy says enough of its money for an expected value."""
    has_margin = economics.margin is not None or economics.margin_rate is not None
    return has_margin and any(_given(economics, part) for part in (HOURS, CONTACTS, OTHER))


def missing_numbers(policy: Policy, deal: Deal) -> tuple[str, ...]:
    """Return the unknown facts that a deal's expected value waits for."""
    economics, known = policy.economics, policy.known(deal)
    if not has_value(economics):
        return ()
    parts = [part for part in (RISK, HOURS, CONTACTS, OTHER, DISCOUNT) if _given(economics, part)]
    names = [name for part in parts for name in part] + ["margin", "margin_rate"]
    names += ["revenue"] if economics.margin_rate is not None else []
    needed = frozenset().union(*(fields_of(getattr(economics, name)) for name in names))
    missing = frozenset(name for name in needed if name not in known)
    return policy.asked_for(missing, deal.facts)


def _given(economics: Economics, part: tuple[str, ...]) -> bool:
    return getattr(economics, part[0]) is not None


def _numbers(economics: Economics, name: str, table: DealTable) -> Vector:
    amount: Amount | None = getattr(economics, name)
    return amounts_of(amount, table)


def _product(economics: Economics, part: tuple[str, ...], table: DealTable) -> Vector:
    product = np.ones(len(table))
    for name in part:
        product = product * _numbers(economics, name, table)
    return product


def _margin(economics: Economics, table: DealTable) -> Vector:
    if economics.margin is not None:
        return _numbers(economics, "margin", table)
    return _numbers(economics, "margin_rate", table) * _numbers(economics, "revenue", table)


def _discount(economics: Economics, table: DealTable) -> Vector:
    if not _given(economics, DISCOUNT):
        return np.ones(len(table))
    years = _numbers(economics, "months_to_close", table) / 12
    rate = _numbers(economics, "discount_rate_per_year", table)
    return np.asarray((1 + rate) ** -years)
