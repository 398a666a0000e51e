"""The deals of a source as one policy reads them."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from features.table import DealTable
from training.deals_columns import DealsColumns
from training.outcomes.reading import OutcomeReading
from training.pursuit_columns import PursuitColumns, taken
from training.sources.raw_table import RawTable


@dataclass(frozen=True, slots=True, kw_only=True)
class DealsOnFile:
    """The deals of a source; every array has shape (n_deals,).

    ``outcomes`` is None where there is no outcome column, ``closed_on`` where there are no such
    dates (NaT: not closed); ``opened_on``, ``accounts`` and ``human_p`` (what people thought of
    the chance to win, 0 to 1, NaN where nobody said) likewise. ``left_out`` names the columns
    nobody declared, ``missing`` the fields without a column; ``notes`` says what was decided on
    the way. ``raw`` and ``columns`` are what they were read from, ``reading`` how the outcomes
    were; ``rewound`` are the columns that are as they were known, ``kept`` the rows of ``raw``
    that are deals.
    """

    table: DealTable
    outcomes: NDArray[np.object_] | None
    opened_on: NDArray[np.datetime64] | None
    closed_on: NDArray[np.datetime64] | None
    human_p: NDArray[np.float64] | None
    accounts: NDArray[np.object_] | None
    left_out: tuple[str, ...]
    missing: tuple[str, ...]
    fingerprint: str
    raw: RawTable
    columns: DealsColumns
    reading: OutcomeReading | None
    rewound: tuple[str, ...]
    kept: NDArray[np.intp]
    notes: tuple[str, ...] = ()
    pursuits: PursuitColumns = field(default_factory=PursuitColumns)

    @property
    def names(self) -> NDArray[np.object_] | None:
        """What the deals are called."""
        return self.pursuits.names

    @property
    def sellers(self) -> NDArray[np.object_] | None:
        """Who sells."""
        return self.pursuits.sellers

    @property
    def teams(self) -> NDArray[np.object_] | None:
        """Whose deals they are."""
        return self.pursuits.teams

    @property
    def hours_spent(self) -> NDArray[np.float64] | None:
        """What the pursuits took."""
        return self.pursuits.hours_spent

    @property
    def propensity(self) -> NDArray[np.float64] | None:
        """The chance of each deal to be pursued."""
        return self.pursuits.propensity

    def take(self, rows: NDArray[np.intp]) -> "DealsOnFile":
        """Return some of the deals."""
        return replace(
            self,
            table=self.table.take(rows),
            outcomes=taken(self.outcomes, rows),
            opened_on=taken(self.opened_on, rows),
            closed_on=taken(self.closed_on, rows),
            human_p=taken(self.human_p, rows),
            accounts=taken(self.accounts, rows),
            kept=self.kept[rows],
            pursuits=self.pursuits.take(rows),
        )
