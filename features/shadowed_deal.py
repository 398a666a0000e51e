"""A decision as the champion answered it, and as a challenger would have."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadowedDeal:
    """One decision that both were asked about, with the deal's outcome where it has one.

    ``champion`` and ``challenger`` are versions of models. ``said`` is None where the facts do
    not fit the challenger's policy, a ``p_win`` where nothing was estimated. ``outcome`` is the
    last word on it, one of those of `training.outcomes.outcome.Outcome`.
    """

    decision_id: str
    decided_at: datetime
    deal_id: str | None
    champion: str | None
    answered: str
    answered_p_win: float | None
    challenger: str | None
    said: str | None
    said_p_win: float | None
    outcome: str | None = None
    closed_on: date | None = None
