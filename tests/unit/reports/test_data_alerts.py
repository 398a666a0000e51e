"""Each alert comes when it should, says its numbers, and those that stop come first."""

import pytest

from features.texts import LANGUAGES
from reports.data_alerts import alerts, stopping_leaks
from reports.data_report import Drift, LeftOutBecause, Lifetimes, TwinCount
from reports.findings import Severity
from tests.unit.reports.data_reports import ends, leak, make_report, missing_ends, rate, use

QUIET = {"leaks": (), "columns": (), "bulk": ()}


def codes(**changes):
    return [alert.code for alert in alerts(make_report(**(QUIET | changes)))]


def test_a_good_file_has_no_alert():
    assert codes() == []


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("too_few", {"base": rate("all", 9, 500)}),
        ("few", {"base": rate("all", 30, 500)}),
        ("suspects", {"leaks": (leak(severity=Severity.SUSPECT),)}),
        ("leaks", {"leaks": (leak(),), "columns": (use("Tags", LeftOutBecause.LEAK),)}),
        ("early", {"truncation": ends(early_p=0.001)}),
        ("recent", {"truncation": ends(recent_p=0.001)}),
        ("recent", {"truncation": ends(recent_open=101)}),
        ("stale", {"truncation": ends(stale=5)}),
        ("drift", {"drift": Drift(quarters=(rate("2024Q1", 90, 100), rate("2024Q2", 9, 90)),
                                  p=0.001)}),
        ("unrecorded", {"unrecorded": missing_ends(rising=True)}),
        ("twins", {"twins": TwinCount(twins=83, alike=102, largest=5, ignored=())}),
        ("bulk", {"bulk": make_report().bulk}),
        ("short", {"lifetimes": Lifetimes(short=90, deals=1200, short_won=5)}),
    ],
)  # fmt: skip
def test_each_alert_has_its_cause(code, changes):
    assert codes(**changes) == [code]


@pytest.mark.parametrize(
    "changes",
    [
        {"truncation": ends(early_p=0.001, early=rate("early", 10, 100))},
        {"truncation": ends(stale=4)},
        {"truncation": None, "drift": None, "lifetimes": None},
        {"drift": Drift(quarters=(rate("2024Q1", 9, 100),), p=None)},
        {"leaks": (leak(),)},
    ],
)
def test_what_is_usual_or_harmless_raises_no_alert(changes):
    """Early deals that did worse are no survivors; a leak in a column left out stops nobody."""
    assert codes(**changes) == []


def test_what_stops_training_comes_first_and_names_the_columns():
    found = alerts(make_report(base=rate("all", 30, 500)))
    assert [alert.stops for alert in found] == [True, False, False, False]
    assert "Tags" in found[0].text.en
    assert "Tags" in found[0].text.fr
    assert [one.column for one in stopping_leaks(make_report())] == ["Tags"]


def test_drift_names_the_quarters_that_stand_out_as_people_write_them():
    quarters = (rate("2024Q1", 82, 100, 0.001), rate("2024Q2", 10, 100, 0.2),
                rate("2024Q3", 30, 100, 0.01))  # fmt: skip
    (alert,) = alerts(make_report(**QUIET, drift=Drift(quarters=quarters, p=0.0)))
    assert "30% (Q3 2024) to 82% (Q1 2024)" in alert.text.en
    assert "T1 2024" in alert.text.fr


def test_numbers_are_in_both_languages():
    for alert in alerts(make_report(base=rate("all", 30, 500), truncation=ends(stale=1500))):
        for language in LANGUAGES:
            assert "{" not in alert.text.in_(language)
        assert alert.title.en != alert.title.fr
