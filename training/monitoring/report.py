"""The whole of monitoring, from the deals of a source to one report."""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np

from features.errors import EvidenceError
from features.policy import Policy
from features.texts import Text
from models.qualifier import Qualifier
from models.win_model import WinModel
from reports.monitoring import Chart, InputDrift, Loss, Monitoring
from training.deals_on_file import DealsOnFile
from training.maturity import is_mature, q90_days
from training.monitoring.calibration_in_the_large import balance
from training.monitoring.cohorts import by_closing, by_decision
from training.monitoring.cusum import ODDS_RATIOS, cusum, limits
from training.monitoring.input_drift import input_drift
from training.monitoring.recalibration import intercept_shift, mean_loss, refit, slope
from training.monitoring.verdict import refresh_of, triggers_of, verdict_of
from training.monitoring.watched import WatchedDeals, watched_deals

NEWEST = (100, 250)
"""Outcomes over which log-loss is told."""
MOST_POINTS = 160


def monitor(
    on_file: DealsOnFile,
    qualifier: Qualifier,
    policy: Policy,
    *,
    as_of: date,
    since: date | None = None,
    told: Mapping[str, float] | None = None,
) -> Monitoring:
    """Return how a champion fares with what it did not learn from.

    Parameters
    ----------
    on_file
        The deals, closed and open, as :func:`training.intake.read_deals` reads them with outcomes.
    qualifier
        The champion; ``policy`` is the one in use, of which it may be an older version.
    since
        The day of promotion, if outcomes are to count from there: the charts start anew.
    told
        What the champion said when it was asked, by the deal's id, where a log has it.

    Raises
    ------
    EvidenceError
        When nothing says which deals the champion learned from, or when deals were closed.
    """
    model, trained_on = _trained(qualifier)
    deals = watched_deals(on_file, qualifier, policy, as_of, told)
    return watch(deals, model, policy, trained_on=trained_on, since=since)


def watch(
    deals: WatchedDeals,
    model: WinModel,
    policy: Policy,
    *,
    trained_on: date,
    since: date | None = None,
) -> Monitoring:
    """Return the report on deals whose probabilities are known; see :func:`monitor`."""
    slow_days = q90_days(deals.decided_on, deals.closed_on)
    start = max(trained_on, since or trained_on)
    complete = deals.counts_from(slow_days)
    counted = deals.seen_until if complete is None else max(start, complete - timedelta(days=1))
    outcomes, origin = deals.outcomes_after(counted), model.provenance
    p_win, won = outcomes.p_win, outcomes.won
    charts, periods = _charts(outcomes), by_closing(outcomes)
    cohorts, turned = by_decision(deals.decided_after(start), slow_days), slope(p_win, won)
    triggers = triggers_of(charts, periods, cohorts, turned)
    return Monitoring(
        policy=policy.name,
        title=policy.title,
        version=model.version,
        trained_on=trained_on.isoformat(),
        since=counted.isoformat(),
        seen_until=deals.seen_until.isoformat(),
        base_rate=origin.base_rate,
        slow_days=None if np.isnan(slow_days) else slow_days,
        verdict=verdict_of(triggers, len(outcomes)),
        triggers=triggers,
        refresh=refresh_of(
            origin,
            trained_on=trained_on,
            seen_until=deals.seen_until,
            new_deals=len(deals.outcomes_after(trained_on)),
            policy=policy.fingerprint,
        ),
        overall=balance("", p_win, won),
        periods=periods,
        cohorts=cohorts,
        charts=charts,
        losses=_losses(outcomes, origin.base_rate),
        slope=turned,
        intercept_shift=intercept_shift(p_win, won) if len(won) else None,
        refit=refit(p_win, won),
        drift=_drift(deals, model, policy, trained_on=trained_on, start=start, slow=slow_days),
        counted_until=str(outcomes.closed_on[-1]) if len(outcomes) else None,
    )


def _trained(qualifier: Qualifier) -> tuple[WinModel, date]:
    model = qualifier.model
    if model is None or model.provenance.trained_on is None:
        raise EvidenceError(
            "the champion does not know until when it learned, so no deal is surely new to it\n"
            "  hint: name deals.closed_on in the policy, and train again"
        )
    return model, date.fromisoformat(model.provenance.trained_on)


def _charts(outcomes: WatchedDeals) -> tuple[Chart, ...]:
    return tuple(_chart(outcomes, ratio) for ratio in ODDS_RATIOS)


def _chart(outcomes: WatchedDeals, odds_ratio: float) -> Chart:
    chart, limit = cusum(outcomes.p_win, outcomes.won, odds_ratio), limits(len(outcomes))
    path, place = chart.path, chart.standing
    stretches = [part for part in np.array_split(np.arange(len(path)), MOST_POINTS) if len(part)]
    return Chart(
        odds_ratio=odds_ratio,
        deals=len(path),
        path=tuple(round(float(path[part].max()), 3) for part in stretches),
        limits=tuple(round(float(limit[part].max()), 3) for part in stretches),
        alarm_deal=None if place is None else place + 1,
        alarm_on=None if place is None else str(outcomes.closed_on[place]),
        passed=len(chart.passed),
    )


def _losses(outcomes: WatchedDeals, base_rate: float) -> tuple[Loss, ...]:
    """Return the log-loss of the newest outcomes; one line where there are hardly any more."""
    counts = sorted({min(n, len(outcomes)) for n in NEWEST} - {0})
    return tuple(
        Loss(
            deals=n,
            model=mean_loss(outcomes.p_win[-n:], outcomes.won[-n:]),
            base_rate=mean_loss(np.full(n, base_rate), outcomes.won[-n:]),
        )
        for n in counts
    )


def _drift(
    deals: WatchedDeals,
    model: WinModel,
    policy: Policy,
    *,
    trained_on: date,
    start: date,
    slow: float,
) -> InputDrift:
    """Return the drift of inputs, of all that came in before and since, closed or not.

    Where a source holds closed deals only, the latest are the fast ones: then both sides are
    those that had the time to close.
    """
    if deals.is_closed.all():
        mature = is_mature(deals.decided_on, deals.seen_until, slow)
        deals = deals.take(np.flatnonzero(mature))
    labels = {name: _label(policy, name) for name in policy.fields}
    return input_drift(deals.decided_until(trained_on), deals.decided_after(start), model, labels)


def _label(policy: Policy, name: str) -> Text:
    field = policy.fields[name]
    return Text(en=field.label_in(name, "en"), fr=field.label_in(name, "fr"))
