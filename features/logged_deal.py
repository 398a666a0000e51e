"""A deal as the decision log has it: what was known when it was decided, and how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedDeal:
    """One decision about a deal, with its outcome where it has one.

    ``facts`` are as they were given, under the policy of that day, whose fingerprint is
    ``policy``; ``p_win`` is what was told, None where nothing was estimated. ``propensity`` is the
    chance that the deal had of being worked. ``outcome`` is one of the words of
    `training.outcomes.outcome.Outcome`, None while the deal is open.
    """

    deal_id: str
    decision_id: str
    decided_at: datetime
    as_of: date
    facts: Mapping[str, object]
    policy: str
    model: str | None
    recommendation: str
    p_win: float | None = None
    propensity: float = 1.0
    explored: bool = False
    outcome: str | None = None
    closed_on: date | None = None
    hours: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedPast:
    """The deals of a log by the time of their decisions, and how many are left out, by why.

    ``never_decided`` have an outcome and no decision, ``erased`` no facts any more, ``too_late``
    no decision before the day on which they closed.
    """

    deals: tuple[LoggedDeal, ...]
    never_decided: int = 0
    erased: int = 0
    too_late: int = 0
