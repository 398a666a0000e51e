"""What follows from what was seen: nothing, a refit of the intercept, or learning again."""

from collections.abc import Sequence
from datetime import date

from models.win_model import Provenance
from reports.monitoring import (
    FEWEST_OUTCOMES,
    Balance,
    Chart,
    Cohort,
    Off,
    Refresh,
    RefreshReason,
    Slope,
    Trigger,
    Verdict,
)
from training.monitoring.calibration_in_the_large import two_in_a_row

RIGHT_SLOPES = (0.7, 1.4)
"""A slope is off when its whole interval lies outside."""
MORE_DEALS, REFRESH_DAYS = 0.25, 91

_PERIODS: dict[Off, Trigger] = {"fewer": "periods_fewer", "more": "periods_more"}
_COHORTS: dict[Off, Trigger] = {"fewer": "cohorts_fewer", "more": "cohorts_more"}


def triggers_of(
    charts: Sequence[Chart],
    periods: Sequence[Balance],
    cohorts: Sequence[Cohort],
    slope: Slope | None,
) -> tuple[Trigger, ...]:
    """Return what is out of order, in a fixed order of telling."""
    found: list[Trigger] = [
        "cusum_fewer" if chart.odds_ratio < 1 else "cusum_more"
        for chart in charts
        if chart.alarm_deal is not None
    ]
    way = two_in_a_row([one.off for one in periods])
    mature = two_in_a_row([one.off for one in cohorts if one.mature])
    found += [_PERIODS[way]] if way is not None else []
    found += [_COHORTS[mature]] if mature is not None else []
    found += ["slope"] if is_off(slope) else []
    return tuple(found)


def is_off(slope: Slope | None) -> bool:
    """Return whether a slope is wrong beyond doubt.

    >>> is_off(Slope(value=0.3, low=0.1, high=0.5, n=400)), is_off(None)
    (True, False)
    """
    low, high = RIGHT_SLOPES
    return slope is not None and (slope.high < low or slope.low > high)


def verdict_of(triggers: Sequence[Trigger], n_outcomes: int) -> Verdict:
    """Return the verdict; below 50 outcomes nothing is concluded.

    One number is refitted before a model is: only where the order of deals is off too does a
    shift of all log-odds not do.

    >>> verdict_of(["cusum_fewer"], 120), verdict_of(["cusum_fewer", "slope"], 120)
    ('recalibrate', 'retrain')
    >>> verdict_of(["cusum_fewer"], 49), verdict_of([], 50)
    ('too_early', 'steady')
    """
    if n_outcomes < FEWEST_OUTCOMES:
        return "too_early"
    if "slope" in triggers:
        return "retrain"
    return "recalibrate" if triggers else "steady"


def refresh_of(
    provenance: Provenance, *, trained_on: date, seen_until: date, new_deals: int, policy: str
) -> Refresh:
    """Return whether a scheduled refresh is due: a quarter more deals, 3 months, other criteria.

    ``policy`` is the fingerprint of the policy in use.
    """
    learned = provenance.n_won + provenance.n_lost
    age_days = (seen_until - trained_on).days
    due: dict[RefreshReason, bool] = {
        "more_deals": new_deals >= MORE_DEALS * learned,
        "age": age_days >= REFRESH_DAYS,
        "policy_changed": policy != provenance.policy_fingerprint,
    }
    reasons = tuple(reason for reason, is_due in due.items() if is_due)
    return Refresh(
        due=bool(reasons),
        reasons=reasons,
        learned_deals=learned,
        new_deals=new_deals,
        age_days=age_days,
    )
