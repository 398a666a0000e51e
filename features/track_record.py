"""What became of earlier deals of the same account, product or source, as known on a day.

A closing is known from the day after it: of the deals closed *before* the day asked about, and of
no others, each label has a number of prior deals, of wins among them, a win rate, and the days
since its last win. The same snapshot answers for any day, in training for every closed deal's own
day, and when serving for today.

The rate is drawn towards the overall rate of that day as if by ten more deals, so that one lucky
deal is not a rate of 100 %: (wins + 10 x overall) / (deals + 10); see Micci-Barreca, "A
preprocessing scheme for high-cardinality categorical attributes", SIGKDD Explorations 3 (2001).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from features.closings import ClosingsByLabel
from features.errors import ArtifactError

Labels: TypeAlias = Sequence[str | None] | NDArray[Any]
"""One label a deal; None and the empty text are unknown."""

Days: TypeAlias = Sequence[date] | NDArray[np.datetime64]

Measure: TypeAlias = Literal["prior_deals", "prior_wins", "win_rate", "days_since_win"]

MEASURES: tuple[Measure, ...] = get_args(Measure)
SHRINKAGE_DEALS = 10.0
EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """The closings of the past, by role (account, product, ...) and label.

    >>> record = TrackRecord.of(
    ...     {"account": ["Acme", "Acme", "Bond"]},
    ...     [date(2025, 3, 1), date(2025, 6, 1), date(2025, 6, 1)],
    ...     [1.0, 0.0, 1.0],
    ... )
    >>> record.names
    ('account_prior_deals', 'account_prior_wins', 'account_win_rate', 'account_days_since_win')
    >>> record.features({"account": ["Acme", "Nobody"]}, [date(2025, 4, 1), date(2025, 6, 2)])
    array([[ 1.        ,  1.        ,  1.        , 31.        ],
           [ 0.        ,  0.        ,  0.66666667,         nan]])
    """

    roles: Mapping[str, ClosingsByLabel]
    overall: ClosingsByLabel

    @staticmethod
    def of(labels: Mapping[str, Labels], closed_on: Days, won: ArrayLike) -> "TrackRecord":
        """Return the record of some deals that were pursued to their end.

        Parameters
        ----------
        labels
            For each role, one label a deal.
        closed_on
            The closing days, shape (n_deals,); a deal without one (NaT) is in no record.
        won
            1.0 where won, 0.0 where lost or ended without a decision, shape (n_deals,). Deals that
            we declined, or that are open, have no place here.

        Raises
        ------
        ValueError
            When the columns differ in length, or an outcome is neither 1 nor 0.
        """
        days, wins = _as_days(closed_on), _as_wins(won)
        return TrackRecord(
            {role: ClosingsByLabel.of(column, days, wins) for role, column in labels.items()},
            ClosingsByLabel.of([EVERYBODY] * len(days), days, wins),
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the features: role by role, four measures each."""
        return tuple(f"{role}_{measure}" for role in self.roles for measure in MEASURES)

    def features(
        self, labels: Mapping[str, Labels], as_of: Days, *, closed_on: Days | None = None
    ) -> NDArray[np.float64]:
        """Return what was known of each deal's labels before its day.

        A label never met, an unknown one, and a role without a column have no prior deals: their
        rate is the overall one, and the days since a win are NaN. Before the very first closing
        the overall rate is NaN too.

        Parameters
        ----------
        as_of
            The days to pretend to be, shape (n_deals,); what closes on that day is not known yet.
        closed_on
            The deals' own closing days, NaT where open, for deals that may be in the record: none
            is looked at later than its own closing, so that a deal never sees itself, even where
            its ``as_of`` is only the day of an export.

        Returns
        -------
        ndarray
            Shape (n_deals, 4 x n_roles), C-contiguous, its columns named by `names`.
        """
        days = _as_days(as_of)
        if closed_on is not None:
            days = np.fmin(days, _as_days(closed_on))  # fmin passes NaT over
        values = np.empty((len(days), len(self.names)))
        deals, wins, _ = self.overall.before([EVERYBODY] * len(days), days)
        overall = np.where(deals > 0, wins / np.maximum(deals, 1), np.nan)
        for place, (role, closings) in enumerate(self.roles.items()):
            deals, wins, last_win = closings.before(labels.get(role, [None] * len(days)), days)
            block = values[:, place * len(MEASURES) : (place + 1) * len(MEASURES)]
            block[:, 0], block[:, 1] = deals, wins
            block[:, 2] = (wins + SHRINKAGE_DEALS * overall) / (deals + SHRINKAGE_DEALS)
            ago = (days - last_win) / np.timedelta64(1, "D")
            block[:, 3] = ago
        return values

    def with_closed(
        self, labels: Mapping[str, Labels], closed_on: Days, won: ArrayLike
    ) -> "TrackRecord":
        """Return the record with some more closings: the same as building it from all of them.

        Raises
        ------
        ValueError
            When the columns differ in length, or a role of the record has no column.
        """
        if set(labels) != set(self.roles):
            raise ValueError(f"labels are needed for {sorted(self.roles)}, not {sorted(labels)}")
        more = TrackRecord.of({role: labels[role] for role in self.roles}, closed_on, won)
        return TrackRecord(
            {role: closings.merged(more.roles[role]) for role, closings in self.roles.items()},
            self.overall.merged(more.overall),
        )

    def to_data(self) -> dict[str, Any]:
        """Return the record as plain data, for JSON."""
        return {
            "overall": self.overall.to_data(),
            "roles": [[role, closings.to_data()] for role, closings in self.roles.items()],
        }

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> "TrackRecord":
        """Return the record that `to_data` wrote; raises `ArtifactError` when it cannot be one."""
        try:
            roles = {str(role): ClosingsByLabel.from_data(part) for role, part in data["roles"]}
            return TrackRecord(roles, ClosingsByLabel.from_data(data["overall"]))
        except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
            raise ArtifactError(f"the track record cannot be read: {error!r}") from None


def _as_days(days: Days) -> NDArray[np.datetime64]:
    return np.asarray(days, dtype="datetime64[D]")


def _as_wins(won: ArrayLike) -> NDArray[np.int64]:
    outcomes = np.asarray(won, dtype=np.float64)
    if not np.isin(outcomes, (0.0, 1.0)).all():
        raise ValueError("an outcome is 1 where the deal was won, else 0")
    return outcomes.astype(np.int64)
