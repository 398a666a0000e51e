"""What follows from what: nothing below 50 outcomes, one number before a model, refresh said."""

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.win_model import Provenance
from reports.monitoring import EXIT_CODES, Balance, Chart, Cohort, Slope, Trigger
from training.monitoring.verdict import is_off, refresh_of, triggers_of, verdict_of

TRIGGERS = st.lists(st.sampled_from(get_args(Trigger)), unique=True)


def chart(ratio, alarm):
    return Chart(odds_ratio=ratio, deals=9, path=(), limits=(), alarm_deal=alarm, alarm_on=None)


def cohort(off, mature):
    return Cohort(period="2025-01", decided=9, closed=9, open=0, won=1, expected=0.5, lowest=0.1,
                  highest=0.1, mature=mature, off=off)  # fmt: skip


def period(off):
    return Balance(period="2025-01", deals=9, won=1, expected=4.5, off=off)


@given(TRIGGERS, st.integers(0, 49))
def test_too_few_outcomes_conclude_nothing(triggers, n):
    assert verdict_of(triggers, n) == "too_early"


@given(TRIGGERS, st.integers(50, 10_000))
def test_each_verdict_has_its_cause(triggers, n):
    verdict = verdict_of(triggers, n)
    assert (verdict == "steady") == (not triggers)
    assert (verdict == "retrain") == ("slope" in triggers)
    assert EXIT_CODES[verdict] == (1 if triggers else 0)


def test_triggers_are_told_in_a_fixed_order():
    bad = Slope(value=0.2, low=0.0, high=0.4, n=300)
    charts = [chart(0.5, 12), chart(2.0, None)]
    cohorts = [cohort("fewer", True), cohort("fewer", True), cohort(None, False)]
    found = triggers_of(charts, [period("fewer")] * 2, cohorts, bad)
    assert found == ("cusum_fewer", "periods_fewer", "cohorts_fewer", "slope")
    assert triggers_of([chart(2.0, 3)], [period("more")] * 2, [], None) == (
        "cusum_more", "periods_more",
    )  # fmt: skip
    assert triggers_of([], [period("fewer"), period("more")], [cohort("more", True)], None) == ()


@pytest.mark.parametrize(
    ("low", "high", "off"),
    [(0.1, 0.69, True), (0.1, 0.7, False), (1.41, 3, True), (0.9, 9, False)],
)
def test_a_slope_is_off_when_its_whole_interval_is(low, high, off):
    assert is_off(Slope(value=(low + high) / 2, low=low, high=high, n=99)) == off


@pytest.mark.parametrize(
    ("new", "seen", "policy", "reasons"),
    [
        (249, date(2024, 3, 31), "p", ()),
        (250, date(2024, 3, 31), "p", ("more_deals",)),
        (0, date(2024, 4, 1), "p", ("age",)),
        (900, date(2024, 4, 1), "q", ("more_deals", "age", "policy_changed")),
    ],
)
def test_a_refresh_is_due_for_its_reasons(new, seen, policy, reasons):
    origin = Provenance(n_won=400, n_lost=600, data_fingerprint="d", policy_fingerprint="p",
                        trained_on="2024-01-01", metrics={})  # fmt: skip
    found = refresh_of(
        origin, trained_on=date(2024, 1, 1), seen_until=seen, new_deals=new, policy=policy
    )
    assert found.reasons == reasons
    assert found.due == bool(reasons)
