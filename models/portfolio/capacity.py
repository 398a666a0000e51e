"""The hours there are: in all, and by role where the policy says hours role by role."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.errors import InputError, Problem, did_you_mean, printable
from features.phrase import Phrase
from features.policy import Economics
from models.economics import Value


@dataclass(frozen=True, slots=True)
class Capacity:
    """The hours of each capacity by the name of its role; None is the hours of all together.

    ``most_deals`` is how many deals may be worked, where that is limited besides: attention is
    scarce too, and a deal takes a place among those that people keep in mind, however small it is.
    """

    hours: Mapping[str | None, float]
    most_deals: int | None = None

    @property
    def limits(self) -> NDArray[np.float64]:
        """The limits as an array of shape (n_capacities,): hours, then deals."""
        places = [] if self.most_deals is None else [self.most_deals]
        return np.array([*self.hours.values(), *places], dtype=np.float64)

    def without(self, used: NDArray[np.float64]) -> "Capacity":
        """Return what is left of each capacity; ``used`` is in the order of the limits."""
        left = np.maximum(self.limits - used, 0.0).tolist()
        hours = dict(zip(self.hours, left, strict=False))
        return Capacity(hours, None if self.most_deals is None else round(left[-1]))

    def needed(self, value: Value) -> NDArray[np.float64]:
        """Return what deals need of each capacity, shape (n_deals, n_capacities).

        NaN is unknown; hours below zero are no hours that anybody knows.
        """
        columns = [
            value.hours if role is None else value.hours_by_role[role] for role in self.hours
        ]
        if self.most_deals is not None:
            columns.append(np.ones(len(value.expected)))
        needed = np.column_stack(columns)
        return np.where(needed >= 0, needed, np.nan)


def capacity_of(
    economics: Economics, given: Mapping[str | None, float], most_deals: int | None = None
) -> Capacity:
    """Return the hours there are: those given, beside those that only the policy gives.

    Raises
    ------
    InputError
        With every problem: roles that the policy does not have, hours that are none, or no hours
        at all.
    """
    problems = [problem for name in given for problem in _of_role(economics, name)]
    problems += [
        Problem(
            where="--hours",
            what=Phrase("{number:g} is no number of hours", number=hours),
            hint="0 or more",
        )
        for hours in given.values()
        if not 0 <= hours < np.inf
    ]
    if most_deals is not None and most_deals < 0:
        what = Phrase("{number} is no number of deals", number=most_deals)
        problems.append(Problem(where="--most-deals", what=what, hint="0 or more"))
    hours = _of_policy(economics) | dict(given)
    if not problems and not hours:
        hint = "--hours 400, or capacity_hours in the economics of the policy"
        problems.append(Problem(where="--hours", what="nobody says how many there are", hint=hint))
    if economics.remaining_hours is None and not economics.roles:
        problems.append(_no_hours_of_deals())
    if problems:
        raise InputError(problems)
    in_order = sorted(hours.items(), key=lambda item: item[0] or "")
    return Capacity(dict(in_order), most_deals)


def _no_hours_of_deals() -> Problem:
    what = "the policy does not say how many hours a deal takes"
    hint = "write remaining_hours, or roles, under economics"
    return Problem(where="economics", what=what, hint=hint)


def _of_policy(economics: Economics) -> dict[str | None, float]:
    hours: dict[str | None, float] = {}
    if economics.capacity_hours is not None:
        hours[None] = economics.capacity_hours
    hours.update(economics.capacities())
    return hours


def _of_role(economics: Economics, name: str | None) -> list[Problem]:
    if name is None or name in economics.roles:
        return []
    what = Phrase("'{name}' is no role of the policy", name=printable(name))
    hint = did_you_mean(name, economics.roles) if economics.roles else "the policy has no roles"
    return [Problem(where="--hours", what=what, hint=hint)]
