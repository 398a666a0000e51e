"""What is known of a model from deals it has not seen, as data: pages, MLflow and JSON agree.

Intervals are of 90 % where nothing else is said: they come from draws of whole accounts.
"""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from features.texts import Text

CONFIDENCE = 0.95
"""How sure one must be that a model beats the base rate before it may answer."""

LARGEST_OPTIMISM = 0.05
"""A random split that flatters the AUC by more than this deserves a warning."""

Range: TypeAlias = tuple[float, float]
BaselineName: TypeAlias = Literal["base_rate", "scorecard", "champion", "human"]
CheckName: TypeAlias = Literal["in_the_large", "slope", "ece"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ReliabilityBin(_Part):
    """Held-out deals with a similar p_win: what was promised, and what came.

    ``deals`` counts a deal once for each split that judged it; ``low`` and ``high``, the 90 %
    Jeffreys interval of what came, count it once.
    """

    deals: int
    promised: float
    won: float
    low: float | None = None
    high: float | None = None


class CalibrationError(_Part):
    """The expected calibration error over ten bins, and what chance alone makes of it.

    ``null_low`` to ``null_high`` holds that of a perfect model with these same probabilities nine
    times out of ten, ``null_highest`` exceeds it 99 times of 100; ``p`` is how often a perfect
    model has one as large.
    """

    value: float
    null_low: float
    null_high: float
    null_highest: float
    p: float


class Check(_Part):
    """One calibration check: the figure, its interval, what is allowed, and whether it holds.

    For ``ece`` the interval is that of a perfect model. ``low`` and ``high`` are None where the
    figure cannot be told.
    """

    name: CheckName
    value: float | None
    low: float | None
    high: float | None
    allowed: Range
    passed: bool


class CalibrationVerdict(_Part):
    """Whether the probabilities mean what they say, by every check together."""

    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """Whether no check fails."""
        return all(check.passed for check in self.checks)


class Baseline(_Part):
    """Another way to tell the odds, beside the model on the same rows.

    ``gain`` is how much lower the model's log-loss is (nats a deal) with its 90 % interval;
    ``sure`` the share of draws in which it is lower at all. The AUCs are None where there is
    nothing to rank.
    """

    name: BaselineName
    deals: int
    log_loss: float
    model_log_loss: float
    auc: float | None
    model_auc: float | None
    gain: float
    interval: Range
    sure: float


class Cut(_Part):
    """One origin of the rolling evaluation: what closed before a day, judged by what closed then.

    ``until`` is the day before which the judging deals closed, None for all later ones.
    ``sampled`` says that only the newest of the earlier deals taught.
    """

    cut: str
    until: str | None
    taught: int
    judged: int
    sampled: bool
    log_loss: float
    base_log_loss: float
    auc: float | None
    observed_minus_expected: float


class StrictFuture(_Part):
    """The held-out deals that were also decided on after the cut."""

    deals: int
    log_loss: float
    base_log_loss: float
    auc: float | None


class Optimism(_Part):
    """How much better the same model looks on a random split than in time.

    ``auc_gap`` and ``log_loss_gap`` are positive where the random split flatters; ``auc_error`` is
    the standard error of the first.
    """

    taught: int
    judged: int
    sampled: bool
    log_loss: float
    auc: float | None
    auc_gap: float | None
    auc_error: float | None
    log_loss_gap: float

    @property
    def alarming(self) -> bool:
        """Whether the random split flatters by more than is usual."""
        return self.auc_gap is not None and self.auc_gap > LARGEST_OPTIMISM


class Segment(_Part):
    """Held-out deals with one answer. ``gap`` is observed minus expected, with its 95 % interval.

    ``p`` is the chance of such a gap under the model's own odds, corrected for the number of
    segments (Benjamini and Hochberg 1995); ``flagged`` where it is below 0.05.
    """

    field: str
    label: Text
    level: str | bool
    deals: int
    won: float
    promised: float
    log_loss: float
    gap: float
    interval: Range
    p: float
    flagged: bool


class Affordable(_Part):
    """How many parameters so many deals can feed (Riley et al. 2019, shrinkage of 0.9).

    ``r2`` is Cox and Snell's, on held-out deals; ``parameters`` how many the deals afford;
    ``columns`` how many the matrix has; ``deals_needed`` for these, None where nothing is learned.
    """

    r2: float
    deals: int
    parameters: int
    columns: int
    deals_needed: int | None


class Windows(_Part):
    """Which deals taught and judged, by the day on which they closed.

    ``burn_in_end`` is the day before which closings were left out, a mix of the fast ones as the
    records begin, and ``burn_in_deals`` how many. ``burn_in_share`` is their share; where that was
    more than a third, none were left out. ``siblings`` counts the later deals that do not judge
    because a twin or a sibling of theirs taught; ``twins_apart`` is False where questions are so
    few that hardly a deal is without a twin.
    """

    cut: str | None
    embargo_days: int
    taught: int
    judged: int
    siblings: int
    twins_apart: bool
    burn_in_end: str | None
    burn_in_deals: int
    burn_in_share: float | None


class Forgetting(_Part):
    """How fast older deals weigh less: a half-life in months, None where all weigh alike.

    ``tried`` maps half-lives to their log-loss on a cheap model; 0 stands for not forgetting.
    """

    half_life_months: int | None
    tried: Mapping[int, float]


class EvaluationSummary(_Part):
    """How the model does on deals it has not seen, beside always answering the base rate.

    ``metrics`` and ``base_rate`` hold means over the splits: ``log_loss``, ``brier``, ``auc``,
    and for the model ``calibration_slope`` and ``calibration_intercept``, which are left out where
    a model says the same of every deal. ``metrics`` also has ``skill``, ``ece``, the parts of the
    Brier score, ``observed_minus_expected`` (a share) and ``observed_to_expected``. ``intervals``
    are theirs. ``gains`` are points of the curve: share of deals worked in the model's order,
    share of the wins among them.
    """

    split: Literal["time", "grouped"]
    n_splits: int
    splits_won: int
    confidence: float
    metrics: Mapping[str, float]
    spread: Mapping[str, float]
    base_rate: Mapping[str, float]
    reliability: tuple[ReliabilityBin, ...]
    intervals: Mapping[str, Range] = {}
    held_out: int = 0
    clusters: int = 0
    seed: int = 0
    calibration_error: CalibrationError | None = None
    calibration: CalibrationVerdict | None = None
    baselines: tuple[Baseline, ...] = ()
    windows: Windows | None = None
    rolling: tuple[Cut, ...] = ()
    strict_future: StrictFuture | None = None
    optimism: Optimism | None = None
    segments: tuple[Segment, ...] = ()
    affordable: Affordable | None = None
    forgetting: Forgetting | None = None
    gains: tuple[Range, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """Return the evaluation as plain data, for its JSON twin."""
        return self.model_dump(mode="json")
