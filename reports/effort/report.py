"""Where pursuit hours went, as data.

The page, the terminal and the JSON twin are all made from this, so they cannot disagree.
"""

from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from features.texts import Text
from reports.replay.report import ProbabilitySource

HoursFrom: TypeAlias = Literal["file", "policy"]
"""Hours that were written down, or what the policy says that a pursuit takes."""
BandName: TypeAlias = Literal[
    "never_pays", "below_break_even", "low", "middle", "top", "p_win", "unknown"
]
Why: TypeAlias = Literal["knocked_out", "below_zero", "below_threshold"]
"""Why the policy would not have pursued a deal; the first that applies is told."""
ApartKind: TypeAlias = Literal["declined_by_us", "open", "unrecorded"]

FEWEST_DEALS = 5
"""A team or seller with fewer deals is pooled with others, that nobody is judged by a few."""
COVERAGE = 0.90


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Spent(_Part):
    """What some pursued deals took, and what came of them.

    ``hours`` are of the deals whose hours are known; ``unknown_hours`` counts the others, which
    are never taken for zero. ``share`` is the part of all known hours, with its 90 % interval by
    account (None where accounts are too few). ``money`` is hours times the policy's cost of an
    hour, None where it has none; ``brought`` what the won deals brought as the policy counts it,
    None where it counts no margin; both leave ``unknown_money`` and ``unknown_brought`` deals
    out. ``expected_won`` sums the win probabilities of the ``estimated`` deals, by models that
    had not seen them, and ``estimated_won`` counts the wins among these.
    """

    deals: int
    hours: float
    unknown_hours: int
    share: float | None
    share_low: float | None
    share_high: float | None
    money: float | None
    unknown_money: int
    won: int
    lost: int
    no_decision: int
    brought: float | None
    unknown_brought: int
    estimated: int
    estimated_won: int
    expected_won: float


class Band(_Part):
    """Deals of similar expected value, or win probability, on their decision days.

    ``least`` and ``most`` are its ends, None where it is open: money for the thirds of the deals
    whose value is not negative, probabilities for bands of ``p_win``.
    """

    name: BandName
    least: float | None
    most: float | None
    spent: Spent


class Group(_Part):
    """The deals of one team or seller.

    ``name`` is None for deals without one; ``pooled`` is how many groups are in this row together
    because they are small, 0 for a row of its own.
    """

    name: str | None
    pooled: int
    spent: Spent


class Reason(_Part):
    """The unwinnable deals of one kind."""

    why: Why
    spent: Spent


class Quarter(_Part):
    """The deals decided in a quarter (``2026Q1``, None without a day); shares are of its hours."""

    period: str | None
    pursued: Spent
    unwinnable: Spent


class UnlikelyWin(_Part):
    """A deal that was won although the policy would not have pursued it; None is unknown."""

    deal: str | None
    name: str | None
    account: str | None
    decided_on: str | None
    why: Why
    p_win: float | None
    expected_value: float | None
    hours: float | None
    brought: float | None


class Unwinnable(_Part):
    """Deals that the policy knocks out or finds too unlikely, what they took and what they won."""

    spent: Spent
    reasons: tuple[Reason, ...]
    wins: tuple[UnlikelyWin, ...]


class Apart(_Part):
    """Deals that are no pursuits come to their end: counted, and in no share."""

    kind: ApartKind
    deals: int
    hours: float
    unknown_hours: int


class Effort(_Part):
    """The whole report.

    ``bands_by`` is "value" where the policy counts money, "p_win" where it does not;
    ``threshold`` is then the policy's own, None where it has none. ``source`` says where the
    probabilities come from, None where nobody said. ``teams`` is None where the
    file names none, ``sellers`` where nobody asked or the file names none.
    """

    policy: str
    title: Text
    currency: str | None
    first_day: str | None
    last_day: str | None
    hours_from: HoursFrom
    bands_by: Literal["value", "p_win"]
    threshold: float | None
    source: ProbabilitySource | None
    accounts: int
    pursued: Spent
    bands: tuple[Band, ...]
    unwinnable: Unwinnable
    teams: tuple[Group, ...] | None
    sellers: tuple[Group, ...] | None
    quarters: tuple[Quarter, ...]
    apart: tuple[Apart, ...]

    def to_data(self) -> dict[str, Any]:
        """Return the report as plain data, for its JSON twin."""
        return self.model_dump(mode="json")
