"""Accounts by what they buy and could buy, from the shortest to the longest term.

What was won in the last twelve months, what the open deals promise by horizon, and what the
account could buy beyond. What nobody knows stays apart and is never zero: sums are of what is
known, and say how many deals they leave out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vector: TypeAlias = NDArray[np.float64]
Mask: TypeAlias = NDArray[np.bool_]
HorizonName: TypeAlias = Literal["soon", "later", "long", "undated"]
RankedBy: TypeAlias = Literal["total", "bought", "soon", "later", "long", "reachable"]

SOON_MONTHS, LATER_MONTHS = 3, 12
HORIZONS: tuple[HorizonName, ...] = ("soon", "later", "long", "undated")
RANKED_BY: tuple[RankedBy, ...] = ("total", "bought", "soon", "later", "long", "reachable")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDeals:
    """The deals of many accounts; arrays have shape (n_deals,), NaN is unknown.

    ``account`` is its name, None or "" where a deal has none. ``won_lately`` says which were won
    in the last twelve months, ``is_open`` which are open. ``revenue`` is what a deal brings if it
    is won; ``p_win``, ``value`` (from now on) and ``months`` (to closing) count where it is open.
    ``refused`` says which open deals are no-go, ``refused_by`` by which knockouts about the
    customer. ``potential`` is what the account could buy in a year; of several answers the one of
    the latest ``day`` counts.
    """

    account: NDArray[np.object_]
    day: NDArray[np.datetime64]
    is_open: Mask
    won_lately: Mask
    revenue: Vector
    p_win: Vector
    value: Vector
    months: Vector
    refused: Mask
    refused_by: Sequence[frozenset[str]]
    potential: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """Open deals that close within a horizon: sums of what is known, and of how many it is not."""

    deals: int
    expected_revenue: float
    value: float
    unknown_revenue: int
    unknown_value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account; None is unknown.

    ``bought`` is the revenue won in twelve months, without the ``bought_unknown`` deals whose
    revenue nobody knows. ``reachable`` is its potential less what it buys and what is open.
    ``knocked_out_by`` are the knockouts about the customer that refuse all of its open deals.
    """

    name: str
    bought: float
    bought_unknown: int
    horizons: dict[HorizonName, Horizon]
    potential: float | None
    reachable: float | None
    open_deals: int
    refused: int
    knocked_out_by: tuple[str, ...]

    @property
    def is_knocked_out(self) -> bool:
        """Whether each of its open deals is refused for what the customer is."""
        return bool(self.knocked_out_by)

    @property
    def total(self) -> float:
        """What is known of all terms; an account that is knocked out has only what it bought."""
        if self.is_knocked_out:
            return self.bought
        expected = sum(one.expected_revenue for one in self.horizons.values())
        return self.bought + expected + (self.reachable or 0.0)

    def figure(self, by: RankedBy) -> float:
        """Return the figure that accounts are ranked by; what is unknown comes last."""
        if by == "total":
            return self.total
        if by == "bought":
            return self.bought
        if by == "reachable":
            return -1.0 if self.reachable is None else self.reachable
        return self.horizons[by].expected_revenue


def rank_accounts(deals: AccountDeals, by: RankedBy = "total") -> tuple[Account, ...]:
    """Return the accounts, the largest first; those that are knocked out come after the others."""
    found = [_account(name, rows, deals) for name, rows in _by_account(deals.account)]
    order = sorted(found, key=lambda one: (one.is_knocked_out, -one.figure(by), one.name))
    return tuple(order)


def _by_account(accounts: NDArray[np.object_]) -> Iterator[tuple[str, NDArray[np.intp]]]:
    named = np.flatnonzero(np.array([bool(name) for name in accounts], dtype=bool))
    if not len(named):
        return
    names, places = np.unique(accounts[named].astype(str), return_inverse=True)
    order = np.argsort(places, kind="stable")
    edges = np.searchsorted(places[order], np.arange(1, len(names)))
    yield from zip(names.tolist(), np.split(named[order], edges), strict=True)


def _account(name: str, rows: NDArray[np.intp], deals: AccountDeals) -> Account:
    won = rows[deals.won_lately[rows]]
    still_open = rows[deals.is_open[rows]]
    allowed = still_open[~deals.refused[still_open]]
    within = _horizons(deals.months[allowed])
    potential = _latest(deals.potential[rows], deals.day[rows])
    bought = deals.revenue[won]
    return Account(
        name=name,
        bought=float(np.nansum(bought)),
        bought_unknown=int(np.isnan(bought).sum()),
        horizons={
            one: _horizon(allowed[within == place], deals) for place, one in enumerate(HORIZONS)
        },
        potential=potential,
        reachable=_reachable(potential, bought, deals.revenue[still_open]),
        open_deals=len(still_open),
        refused=len(still_open) - len(allowed),
        knocked_out_by=_refusing_all([deals.refused_by[row] for row in still_open.tolist()]),
    )


def _horizons(months: Vector) -> NDArray[np.intp]:
    """Return the place of each deal's horizon."""
    places = np.digitize(months, [SOON_MONTHS, LATER_MONTHS], right=True)
    return np.where(np.isnan(months), len(HORIZONS) - 1, places)


def _horizon(rows: NDArray[np.intp], deals: AccountDeals) -> Horizon:
    revenue, value = deals.p_win[rows] * deals.revenue[rows], deals.value[rows]
    return Horizon(
        deals=len(rows),
        expected_revenue=float(np.nansum(revenue)),
        value=float(np.nansum(value)),
        unknown_revenue=int(np.isnan(revenue).sum()),
        unknown_value=int(np.isnan(value).sum()),
    )


def _latest(potential: Vector, days: NDArray[np.datetime64]) -> float | None:
    """Return the latest answer that somebody gave."""
    known = np.flatnonzero(~np.isnan(potential))
    if not len(known):
        return None
    return float(potential[known[np.argsort(days[known], kind="stable")[-1]]])


def _reachable(potential: float | None, bought: Vector, is_open: Vector) -> float | None:
    """Return the potential beyond what is bought and open; unknown where a part of it is."""
    taken = float(bought.sum() + is_open.sum())
    if potential is None or np.isnan(taken):
        return None
    return max(potential - taken, 0.0)


def _refusing_all(refused_by: Sequence[frozenset[str]]) -> tuple[str, ...]:
    """Return what refuses the deals, if something refuses each of them."""
    if not all(refused_by):
        return ()
    return tuple(sorted(frozenset().union(*refused_by)))
