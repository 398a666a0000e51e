"""What a deal that is left out makes room for, and what it would cost to work it all the same."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.portfolio.knapsack import Choice, Effort, Vector, choose_with

EXACT_UP_TO = 60
"""Up to so many deals that may be chosen, the plan is made anew with each that was left out."""
A_RETRY = Effort(seconds=0.25, branches=5_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Displacement:
    """One deal that is worth its effort and left out; deals are told by their rows.

    ``hours_worth`` is what its hours bring elsewhere, by the prices of hours. ``loss`` is what the
    whole would lose if it were worked all the same: exactly where ``is_exact``, else at least so
    much; None where it does not fit at all. It would take the place of the ``displaced``, and
    leave hours for the ``joining``, which are left out as well.
    """

    row: int
    value: float
    hours_worth: float
    loss: float | None
    is_exact: bool
    displaced: tuple[int, ...]
    joining: tuple[int, ...]

    def of_rows(self, rows: NDArray[np.intp]) -> "Displacement":
        """Return the same, where the deals were places in ``rows``."""
        return replace(
            self,
            row=int(rows[self.row]),
            displaced=tuple(rows[list(self.displaced)].tolist()),
            joining=tuple(rows[list(self.joining)].tolist()),
        )


def displacements(
    choice: Choice, values: Vector, hours: Vector, capacities: Vector
) -> Iterator[Displacement]:
    """Yield what becomes of each deal that was not taken, in order; arrays as for `choose`."""
    exact = len(values) <= EXACT_UP_TO
    cheapest = None if exact else _Cheapest.of(choice, values, hours, capacities)
    for deal in np.flatnonzero(~choice.taken).tolist():
        found = Displacement(
            row=deal,
            value=float(values[deal]),
            hours_worth=float(hours[deal] @ choice.prices),
            loss=None,
            is_exact=exact,
            displaced=(),
            joining=(),
        )
        if (hours[deal] > capacities).any():
            yield found
        elif cheapest is None:
            yield _made_anew(found, choice, values, hours, capacities)
        else:
            loss = max(found.hours_worth - found.value, 0.0)
            yield replace(found, loss=loss, displaced=cheapest.for_(hours[deal]))


def _made_anew(
    found: Displacement, choice: Choice, values: Vector, hours: Vector, capacities: Vector
) -> Displacement:
    """Return what another plan with the deal loses, and by which deals it differs."""
    other = choose_with(found.row, values, hours, capacities, effort=A_RETRY)
    if other is None:
        return found
    joining = np.flatnonzero(other.taken & ~choice.taken)
    return replace(
        found,
        loss=max(choice.value - other.value, 0.0),
        is_exact=choice.gap == 0 and other.gap == 0,
        displaced=tuple(np.flatnonzero(choice.taken & ~other.taken).tolist()),
        joining=tuple(deal for deal in joining.tolist() if deal != found.row),
    )


@dataclass(frozen=True, slots=True)
class _Cheapest:
    """The taken deals from the least valuable hour on, with what their hours add up to."""

    places: NDArray[np.intp]
    hours: Vector
    adding_up: Vector
    left: Vector

    @staticmethod
    def of(choice: Choice, values: Vector, hours: Vector, capacities: Vector) -> "_Cheapest":
        taken = np.flatnonzero(choice.taken & (hours @ choice.prices > 0))
        an_hour = values[taken] / (hours[taken] @ choice.prices)
        places = taken[np.argsort(an_hour, kind="stable")]
        left = np.maximum(capacities - hours[choice.taken].sum(axis=0), 0.0)
        return _Cheapest(places, hours[places], np.cumsum(hours[places], axis=0), left)

    def for_(self, needed: Vector) -> tuple[int, ...]:
        """Return the deals whose hours would do, without those that need not go."""
        lacking = np.maximum(needed - self.left, 0.0)
        ends = [
            int(np.searchsorted(self.adding_up[:, place], hours))
            for place, hours in enumerate(lacking)
            if hours > 0
        ]
        count = min(max(ends, default=-1) + 1, len(self.places))
        over = self.hours[:count].sum(axis=0) - lacking
        kept = np.ones(count, dtype=bool)
        for place in range(count - 1, -1, -1):  # the most valuable hour stays first
            if (self.hours[place] <= over).all():
                kept[place] = False
                over = over - self.hours[place]
        return tuple(self.places[:count][kept].tolist())
