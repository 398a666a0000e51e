"""What monitoring says of a champion, as data.

The page, the terminal and the JSON twin are all made from this, so they cannot disagree.
"""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from features.texts import Text

Verdict: TypeAlias = Literal["steady", "recalibrate", "retrain", "too_early"]
Off: TypeAlias = Literal["fewer", "more"]
"""Fewer or more deals are won than the model promised."""
Trigger: TypeAlias = Literal[
    "cusum_fewer", "cusum_more", "periods_fewer", "periods_more",
    "cohorts_fewer", "cohorts_more", "slope",
]  # fmt: skip
RefreshReason: TypeAlias = Literal["more_deals", "age", "policy_changed"]
DriftKind: TypeAlias = Literal["answers", "missing", "new"]

FEWEST_OUTCOMES = 50
"""Deals closed since the model learned, below which nothing is concluded."""
EXIT_CODES: Mapping[Verdict, int] = {"steady": 0, "recalibrate": 1, "retrain": 1, "too_early": 0}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Balance(_Part):
    """Deals of one period of closing: what was promised, and what came.

    ``gap`` is the share won minus the share promised, ``ratio`` won over expected, each with the
    95 % interval; all are None where there are no deals. ``off`` says that both exclude "as
    promised", by two points at least.
    """

    period: str
    deals: int
    won: int
    expected: float
    gap: float | None = None
    gap_low: float | None = None
    gap_high: float | None = None
    ratio: float | None = None
    ratio_low: float | None = None
    ratio_high: float | None = None
    off: Off | None = None


class Cohort(_Part):
    """Deals of one period of decision, since the model learned.

    ``expected`` is the share promised; ``lowest`` and ``highest`` are the share won if all that
    are open are lost, and if all are won. A cohort that is not mature is never ``off``.
    """

    period: str
    decided: int
    closed: int
    open: int
    won: int
    expected: float
    lowest: float
    highest: float
    mature: bool
    off: Off | None


class Chart(_Part):
    """One CUSUM: the odds ratio that it looks for, and how it went.

    ``path`` and ``limits`` are its highest values and limits in up to 160 stretches of deals, in
    order. ``alarm_deal`` counts from 1; ``alarm_on`` is the day on which that deal closed; both
    are None where no alarm stands. ``passed`` counts the alarms that later deals spoke against.
    """

    odds_ratio: float
    deals: int
    path: tuple[float, ...]
    limits: tuple[float, ...]
    alarm_deal: int | None
    alarm_on: str | None
    passed: int = 0


class Loss(_Part):
    """Mean log-loss (nats) of the newest outcomes, beside always answering the base rate."""

    deals: int
    model: float
    base_rate: float


class InterceptShift(_Part):
    """What to add to the log-odds of all deals, its standard error, and the deals behind it."""

    value: float
    se: float
    n: int


class Refit(_Part):
    """What a shift fitted on the older half of outcomes does to the log-loss of the newer half."""

    shift: InterceptShift
    judged: int
    before: float
    after: float


class Slope(_Part):
    """The calibration slope with its 95 % interval; 1 is right."""

    value: float
    low: float
    high: float
    n: int


class FieldDrift(_Part):
    """How the answers to one field moved; the score itself where there is no name.

    ``psi`` is above ``cut`` in one of twenty fields that do not move. ``chances`` are those of
    such a difference where nothing moves; ``alerts`` what is found when all looks are paid for.
    """

    name: str | None
    label: Text | None
    psi: float | None
    cut: float | None
    bins: int
    chances: Mapping[DriftKind, float]
    missing_before: float
    missing_now: float
    new_share: float
    alerts: tuple[DriftKind, ...]


class InputDrift(_Part):
    """New deals beside those decided until the model learned; no fields where too few."""

    reference: int
    current: int
    fields: tuple[FieldDrift, ...]


class Refresh(_Part):
    """Whether a scheduled refresh is due, why, and by which figures."""

    due: bool
    reasons: tuple[RefreshReason, ...]
    learned_deals: int
    new_deals: int
    age_days: int


class Monitoring(_Part):
    """The whole report on one champion.

    ``since`` is the day after which outcomes count: the last that the champion learned from, its
    promotion if that was given, or the day from which the records on file are complete.
    ``counted_until`` is the last day on which one of these closed, None where none did, and
    ``seen_until`` the last day of which the file knows. ``slow_days`` is within how many days
    nine deals of ten close, None where no deal says.
    """

    policy: str
    title: Text
    version: str
    trained_on: str
    since: str
    seen_until: str
    base_rate: float
    slow_days: float | None
    verdict: Verdict
    triggers: tuple[Trigger, ...]
    refresh: Refresh
    overall: Balance
    periods: tuple[Balance, ...]
    cohorts: tuple[Cohort, ...]
    charts: tuple[Chart, ...]
    losses: tuple[Loss, ...]
    slope: Slope | None
    intercept_shift: InterceptShift | None
    refit: Refit | None
    drift: InputDrift
    counted_until: str | None = None

    @property
    def exit_code(self) -> int:
        """What a command should end with: 1 where something must be done."""
        return EXIT_CODES[self.verdict]

    @property
    def mature_deals(self) -> int:
        """How many deals the mature cohorts hold."""
        return sum(cohort.decided for cohort in self.cohorts if cohort.mature)

    def to_data(self) -> dict[str, Any]:
        """Return the report as plain data, for its JSON twin."""
        return self.model_dump(mode="json")
