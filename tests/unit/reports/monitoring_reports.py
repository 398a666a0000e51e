"""Reports on made-up champions: one in order, one not, one too early to judge."""

from features.texts import Text
from reports.monitoring import (
    Balance,
    Chart,
    Cohort,
    FieldDrift,
    InputDrift,
    InterceptShift,
    Loss,
    Monitoring,
    Refit,
    Refresh,
    Slope,
)

HOSTILE = "<script>alert('won')</script> & \"{{ 7 * 7 }}\""


def balance(period, deals, won, expected, off=None):
    return Balance(
        period=period, deals=deals, won=won, expected=expected,
        gap=(won - expected) / deals, gap_low=(won - expected) / deals - 0.05,
        gap_high=(won - expected) / deals + 0.05, ratio=won / expected,
        ratio_low=won / expected - 0.1, ratio_high=won / expected + 0.1, off=off,
    )  # fmt: skip


def chart(odds_ratio, alarm=None):
    return Chart(
        odds_ratio=odds_ratio, deals=300, path=(0.0, 2.0, 7.5), limits=(5.3, 5.3, 5.66),
        alarm_deal=alarm, alarm_on="2025-04-01" if alarm else None, passed=0 if alarm else 1,
    )  # fmt: skip


def cohort(period, *, mature, off=None, n_open=4):
    return Cohort(
        period=period, decided=104, closed=100, open=n_open, won=21, expected=0.38, lowest=0.2,
        highest=0.24, mature=mature, off=off,
    )  # fmt: skip


def moved(name, *alerts):
    return FieldDrift(
        name=name, label=Text(en=HOSTILE, fr="Effectif") if name else None, psi=0.1234, cut=0.0456,
        bins=5, chances={"answers": 0.001}, missing_before=0.1, missing_now=0.35, new_share=0.02,
        alerts=alerts,
    )  # fmt: skip


def report(**changes):
    plain = {
        "policy": "shop",
        "title": Text(en=HOSTILE, fr="Boutique"),
        "version": "v",
        "trained_on": "2024-09-30",
        "since": "2024-09-30",
        "seen_until": "2025-12-31",
        "base_rate": 0.4,
        "slow_days": 160.5,
        "verdict": "recalibrate",
        "triggers": ("cusum_fewer", "periods_fewer", "cohorts_fewer", "slope"),
        "refresh": Refresh(due=True, reasons=("more_deals", "age", "policy_changed"),
                           learned_deals=1893, new_deals=1597, age_days=457),
        "overall": balance("", 1597, 479, 654.4, "fewer"),
        "periods": (balance("2025-03", 99, 41, 44.7), balance("2025-04", 100, 20, 37.5, "fewer")),
        "cohorts": (cohort("2025-03", mature=True, off="fewer"), cohort("2025-04", mature=False)),
        "charts": (chart(0.5, alarm=163), chart(2.0)),
        "losses": (Loss(deals=100, model=0.551, base_rate=0.602),
                   Loss(deals=250, model=0.561, base_rate=0.612)),
        "slope": Slope(value=0.52, low=0.41, high=0.63, n=1597),
        "intercept_shift": InterceptShift(value=-0.943, se=0.071, n=1597),
        "refit": Refit(shift=InterceptShift(value=-0.8, se=0.1, n=798), judged=799,
                       before=0.4388, after=0.3601),
        "drift": InputDrift(reference=2225, current=1598, fields=(
            moved(None), moved("size", "answers", "missing", "new"), moved("other"))),
    }  # fmt: skip
    return Monitoring(**{**plain, **changes})


EMPTY = report(
    verdict="too_early", triggers=("cusum_fewer",), periods=(), cohorts=(), losses=(), slope=None,
    overall=Balance(period="", deals=0, won=0, expected=0.0), refit=None, intercept_shift=None,
    slow_days=None, drift=InputDrift(reference=12, current=3, fields=()),
    refresh=Refresh(due=False, reasons=(), learned_deals=90, new_deals=0, age_days=3),
    charts=tuple(Chart(odds_ratio=r, deals=0, path=(), limits=(), alarm_deal=None, alarm_on=None)
                 for r in (0.5, 2.0)),
)  # fmt: skip
