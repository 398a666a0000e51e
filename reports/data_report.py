"""What a file of closed deals is worth, as data: the page, the terminal and JSON say the same."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from features.texts import Text
from reports.findings import Finding
from reports.inspection import InspectedMonth

ColumnKind: TypeAlias = Literal["number", "yes_no", "date", "category", "text"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PeriodRate(_Part):
    """Closed deals of a month, quarter or other group, and how many were won.

    ``low`` and ``high`` are the 95 % Jeffreys interval of the rate; all None without deals.
    ``p`` is how likely such a difference from the other periods is by chance, corrected for the
    number of periods (None where nothing was compared).
    """

    period: str
    deals: int
    won: int
    rate: float | None
    low: float | None
    high: float | None
    p: float | None = None


class Month(_Part):
    """The deals of a month by outcome (the five words)."""

    month: str
    outcomes: Mapping[str, int]

    @property
    def deals(self) -> int:
        """How many deals the month has."""
        return sum(self.outcomes.values())


class Months(_Part):
    """Deals by month, of opening where the file has that day, else of closing."""

    counted_by: Literal["opening", "closing"]
    months: tuple[Month, ...]
    undated: int


class Unrecorded(_Part):
    """Deals past their day without a recorded end, by the month in which they were due."""

    months: tuple[InspectedMonth, ...]
    rising: bool

    @property
    def deals(self) -> int:
        """How many ends are missing."""
        return sum(month.unrecorded for month in self.months)

    @property
    def due(self) -> int:
        """How many deals should have ended."""
        return sum(month.deals for month in self.months)


class AlikeAnswers(_Part):
    """Answers of a column that differ in writing only, the commonest first: probably one."""

    column: str
    spellings: tuple[str, ...]
    deals: int


class ColumnCoverage(_Part):
    """How far a column is filled in: shares of all, won, other closed, and open deals."""

    column: str
    kind: ColumnKind
    distinct: int
    filled: float
    won: float | None
    others: float | None
    open: float | None


class TwinCount(_Part):
    """Deals equal to an earlier one in all but id and date.

    ``twins`` are also equal in how they ended, ``alike`` need not be; ``ignored`` names the
    columns that were not compared.
    """

    twins: int
    alike: int
    largest: int
    ignored: tuple[str, ...]


class Truncation(_Part):
    """What the file cannot show at its two ends; days are counted from opening to closing.

    Of the deals opened in the last ``slow_days`` (in which 90 % of deals close), only the fast
    ones have closed: ``recent`` against ``mature``. Of those opened before the first closing on
    file only the survivors are there: ``early``. ``*_p`` is the chance of such a difference.
    ``stale`` counts open deals older than 99 % of deals ever took (``stale_days``).
    """

    median_days_won: float
    median_days_others: float
    slow_days: int
    recent: PeriodRate
    recent_open: int
    recent_p: float
    early: PeriodRate
    early_p: float
    mature: PeriodRate
    stale: int
    stale_days: int


class Drift(_Part):
    """Win rate by quarter of closing; ``p`` is the chance of so uneven quarters."""

    quarters: tuple[PeriodRate, ...]
    p: float | None


class BulkDay(_Part):
    """A day on which more deals were closed than people close in a day."""

    day: str
    deals: int
    share: float


class Lifetimes(_Part):
    """Deals that lived less than two days: entered after the fact."""

    short: int
    deals: int
    short_won: int


class LeftOutBecause(StrEnum):
    """Why a column is not for the model."""

    OUTCOME = "outcome"
    CLOSING_DATE = "closing_date"
    OPENING_DATE = "opening_date"
    LEAK = "leak"
    IDENTIFIER = "identifier"
    DATE = "date"
    EMPTY = "empty"
    CONSTANT = "constant"
    FREE_TEXT = "free_text"
    UNDECLARED = "undeclared"


class ColumnUse(_Part):
    """Whether a column may be used, and the reason where not."""

    column: str
    used: bool
    reason: LeftOutBecause | None
    suspect: bool


class DataReport(_Part):
    """Everything there is to say of a file before anything is learned from it."""

    source: str
    outcome_column: str
    outcomes: Mapping[str, int]
    base: PeriodRate
    first_day: str | None
    last_day: str | None
    months: Months | None
    coverage: tuple[ColumnCoverage, ...]
    leaks: tuple[Finding, ...]
    excused: Mapping[str, str]
    twins: TwinCount
    truncation: Truncation | None
    drift: Drift | None
    bulk: tuple[BulkDay, ...]
    lifetimes: Lifetimes | None
    columns: tuple[ColumnUse, ...]
    notes: tuple[str, ...] = ()
    unrecorded: Unrecorded | None = None
    alike: tuple[AlikeAnswers, ...] = ()

    @property
    def deals(self) -> int:
        """How many deals the file has."""
        return sum(self.outcomes.values())

    def to_data(self) -> dict[str, Any]:
        """Return the report as plain data, for its JSON twin."""
        return self.model_dump(mode="json")


class Alert(_Part):
    """One thing to know before anything else; ``stops`` training or only warns."""

    code: str
    stops: bool
    title: Text
    text: Text
