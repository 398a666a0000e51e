"""What a verdict of the promotion gate says: every check with its figure and its limit, as data.

The sentences, the JSON that commands print and what MLflow keeps are all made from this.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict


class Verdict(StrEnum):
    """Whether a challenger becomes the champion, and why not; the values are stable."""

    PROMOTED = "promoted"
    PROVISIONAL = "provisional"
    ALREADY_CHAMPION = "already_champion"
    ROLLED_BACK = "rolled_back"
    CHAMPION_UNREADABLE = "champion_unreadable"
    INSUFFICIENT_EVIDENCE = "insufficient_evidence"
    SUSPECT_LEAK = "suspect_leak"
    NOT_BETTER_THAN_BASE_RATE = "not_better_than_base_rate"
    WORSE_THAN_CHAMPION = "worse_than_champion"
    NOT_BETTER_THAN_CHAMPION = "not_better_than_champion"
    LESS_VALUE = "less_value"
    NOT_CALIBRATED = "not_calibrated"

    @property
    def is_champion(self) -> bool:
        """Whether the challenger answers from now on, or does already."""
        return self.takes_the_seat or self is Verdict.ALREADY_CHAMPION

    @property
    def takes_the_seat(self) -> bool:
        """Whether the challenger becomes the champion, proven or until another one is."""
        return self in {Verdict.PROMOTED, Verdict.PROVISIONAL}


class Rule(StrEnum):
    """What a challenger has to show.

    ``first``: the seat is free, as it is empty, or its holder is provisional or cannot be loaded.
    ``refresh``: the same specification, newer deals; it must not be worse. ``rules``: the same
    specification under other knockouts or thresholds, which people decide. ``change``: another
    specification; it must be better.
    """

    FIRST = "first"
    REFRESH = "refresh"
    RULES = "rules"
    CHANGE = "change"


class CheckCode(StrEnum):
    """What is looked at, in the order in which a failure gives the verdict."""

    HELD_OUT_DEALS = "held_out_deals"
    HELD_OUT_OF_EACH_OUTCOME = "held_out_of_each_outcome"
    FRESH_DEALS_LEARNED = "fresh_deals_learned"
    AUC_BELIEVABLE = "auc_believable"
    SKILL_BELIEVABLE = "skill_believable"
    BETTER_THAN_BASE_RATE = "better_than_base_rate"
    GAIN_OVER_BASE_RATE = "gain_over_base_rate"
    NOT_WORSE_THAN_BASE_RATE = "not_worse_than_base_rate"
    NOT_WORSE_ON_AVERAGE = "not_worse_on_average"
    NOT_WORSE_AT_MOST = "not_worse_at_most"
    BETTER_THAN_CHAMPION = "better_than_champion"
    VALUE_KEPT = "value_kept"
    CALIBRATED_IN_THE_LARGE = "calibrated_in_the_large"
    CALIBRATION_SLOPE = "calibration_slope"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Check(_Part):
    """One check: its ``figure``, the ``limit`` that it is held to, and whether it is ``ok``.

    ``low`` and ``high`` are a 95 % interval of the figure, where it has one; ``acknowledged`` says
    that a person answers for a check that failed.
    """

    code: CheckCode
    figure: float
    limit: float
    low: float | None = None
    high: float | None = None
    ok: bool
    acknowledged: bool = False


class HoldoutSummary(_Part):
    """The deals that judged: how many, how many won, in how many groups that belong together.

    ``since`` and ``until`` are their first and last closing days in ISO form, None without dates,
    where ``n_splits`` grouped splits hold every deal out in turn. ``fingerprint`` names the deals
    and their outcomes.
    """

    kind: Literal["time", "grouped"]
    deals: int
    won: int
    groups: int
    n_splits: int
    since: str | None
    until: str | None
    fingerprint: str


class GateReport(_Part):
    """A verdict with everything that it rests on.

    ``challenger`` and ``champion`` are version numbers. ``champion_as`` says whether the champion
    was judged as it is or by its specification learned again from deals before the cut. Log-losses
    are in nats a deal and ``difference`` is challenger minus champion. ``attempts`` counts the
    candidates that this holdout has judged, this one included; ``earlier`` says that the verdict
    is one given before, as the holdout is read once for each candidate. ``closed_deals`` counts
    those of the source, of which the challenger learned.
    """

    model: str
    challenger: str
    champion: str | None
    rule: Rule
    verdict: Verdict
    checks: tuple[Check, ...] = ()
    figures: Mapping[str, float] = {}
    holdout: HoldoutSummary | None = None
    closed_deals: int = 0
    champion_as: Literal["artifact", "specification"] | None = None
    attempts: int = 0
    seed: int = 0
    draws: int = 0
    earlier: bool = False

    @property
    def promotes(self) -> bool:
        """Whether the challenger answers from now on, or does already."""
        return self.verdict.is_champion

    def to_data(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return self.model_dump(mode="json")
