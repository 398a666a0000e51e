"""What fields and criteria add to the log-odds, out of what columns add to them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from features.policy import Criterion

SMALLEST_TOTAL = 1e-9


@dataclass(frozen=True, slots=True)
class FieldContributions:
    """What each field adds to the log-odds.

    ``terms`` has shape (n_deals, n_fields) in the order of ``fields``; ``baseline`` (n_deals,).
    """

    fields: tuple[str, ...]
    terms: NDArray[np.float64]
    baseline: NDArray[np.float64]

    def shares(self) -> NDArray[np.float64]:
        """Return each field's share in the probability, where 1 is 100 percentage points.

        The way from the baseline's probability to the deal's is divided in proportion to the
        log-odds, so that a deal's shares add up to it exactly. Shape (n_deals, n_fields).
        """
        slope = _slope(self.baseline, self.terms.sum(axis=1))
        return np.asarray(self.terms * slope[:, None])


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnContributions:
    """What each field and each criterion adds to the log-odds by the columns that are its own.

    The column of a criterion's points is wholly the criterion's, whatever it looks at; all others
    are their field's. ``of_fields`` has shape (n_deals, n_fields), ``of_criteria`` (n_deals,
    n_criteria), ``baseline`` (n_deals,); with it they add up to the log-odds.
    """

    fields: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    of_fields: NDArray[np.float64]
    of_criteria: NDArray[np.float64]
    baseline: NDArray[np.float64]

    def shares(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the shares in the probability, of fields and of criteria, as those by field."""
        total = self.of_fields.sum(axis=1) + self.of_criteria.sum(axis=1)
        slope = _slope(self.baseline, total)[:, None]
        return self.of_fields * slope, self.of_criteria * slope


def _slope(baseline: NDArray[np.float64], total: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how much probability one unit of log-odds is on the way from the baseline."""
    p_win = expit(baseline + total)
    # Where the terms cancel out there is no way to divide: take the slope at that point.
    still = np.abs(total) < SMALLEST_TOTAL
    way = p_win - expit(baseline)
    return np.where(still, p_win * (1 - p_win), way / np.where(still, 1.0, total))


@dataclass(frozen=True, slots=True)
class ByField:
    """How the terms of columns are given to fields: each to its owners, in equal parts.

    ``column`` and ``field`` have shape (n_parts,): which part of which column goes to which
    field; ``parts`` says in how many the column is divided.
    """

    column: NDArray[np.intp]
    field: NDArray[np.intp]
    parts: NDArray[np.float64]
    n_fields: int

    @staticmethod
    def of_owners(owners: Sequence[tuple[str, ...]], fields: Sequence[str]) -> "ByField":
        """Return it from the fields that each column says something of."""
        place = {name: n for n, name in enumerate(fields)}
        pairs = [(n, place[name]) for n, names in enumerate(owners) for name in names]
        column, field = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
        parts = np.array([len(owners[one]) for one in column], dtype=np.float64)
        return ByField(column, field, parts, len(fields))

    def sums(self, terms: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the terms of columns, (n_deals, n_columns), as those of fields.

        Added column by column, so that one deal gets the same last bit as in a batch.
        """
        shape = len(terms), self.n_fields
        places = self.field + np.arange(len(terms))[:, None] * self.n_fields
        parts = terms[:, self.column] / self.parts
        added = np.bincount(places.ravel(), parts.ravel(), minlength=shape[0] * shape[1])
        return np.asarray(added.reshape(shape), dtype=np.float64)
