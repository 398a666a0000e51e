"""Dates written on closing, and what can be computed from them."""

import numpy as np
import pandas as pd
import pytest

from reports.findings import Severity
from tests.unit.training.leaks.conftest import N_CLOSED, N_OPEN
from training.leaks.closing import find_closing

N = N_CLOSED + N_OPEN
START = np.datetime64("2024-01-01")


def later(days, by):
    return days + np.asarray(by).astype(int).astype("timedelta64[D]")


@pytest.fixture
def days(won, rng):
    """When each deal began and ended; won deals take longer."""
    began = later(START, rng.integers(0, 700, N))
    took = np.r_[20 + 30 * won, np.zeros(N_OPEN)] * rng.uniform(0.5, 1.5, N)
    ended = later(began, took)
    ended[N_CLOSED:] = np.datetime64("NaT")
    return began, ended


def column(days):
    return pd.Series(days.astype("datetime64[s]"))


def closing_of(label, days, columns, *, given=True):
    began, ended = days
    roles = {"created_on": began, "closed_on": ended} if given else {}
    return find_closing(label(columns, **roles), set())


@pytest.mark.parametrize(("share", "severity"), [(0.8, Severity.CERTAIN), (0.3, Severity.SUSPECT)])
def test_a_date_at_closing_is_found(label, days, rng, share, severity):
    began, ended = days
    at = rng.random(N) < share
    written = np.where(at & ~np.isnat(ended), ended, later(began, rng.integers(2, 5, N)))
    clue = closing_of(label, days, {"cf": column(written)}).date_clue("cf")
    assert clue is not None
    assert clue.severity is severity
    assert clue.numbers["share"] == pytest.approx(share, abs=0.1)


def test_a_date_never_before_closing_is_certain_unless_it_lies_ahead(label, days, rng):
    """The last change lies before the export; a delivery that was planned does not."""
    ended = np.where(np.isnat(days[1]), START, days[1])
    changed = np.minimum(later(ended, rng.integers(3, 60, N)), days[1][:N_CLOSED].max())
    planned = later(ended, rng.integers(30, 400, N))
    for written, severity in ((changed, Severity.CERTAIN), (planned, Severity.SUSPECT)):
        clue = closing_of(label, days, {"cf": column(written)}).date_clue("cf")
        assert clue is not None
        assert clue.severity is severity


def test_honest_dates_are_no_leak(label, days, rng):
    deadline = later(days[0], rng.integers(1, 90, N))
    closing = closing_of(label, days, {"deadline": column(deadline), "n": np.ones(N)})
    assert closing.date_clue("deadline") is None
    assert closing.date_clue("n") is None


@pytest.mark.parametrize(
    ("noise", "severity"), [(0.02, Severity.CERTAIN), (0.5, Severity.SUSPECT)]
)
def test_a_number_that_goes_with_the_length_is_found(label, days, rng, noise, severity):
    took = (days[1] - days[0]) / np.timedelta64(1, "D")
    columns = {"cf": took * rng.lognormal(0, noise, N), "other": rng.random(N)}
    closing = closing_of(label, days, columns)
    clue = closing.length_clue("cf")
    assert clue is not None
    assert clue.severity is severity
    assert closing.length_clue("other") is None


def test_the_closing_date_in_the_file_gives_durations_away(label, days):
    began, ended = days
    columns = {"began": column(began), "ended": column(ended)}
    closing = closing_of(label, days, columns)
    assert closing.column == "ended"
    derived = {clue.column: made_of for clue, made_of in closing.derived(2)}
    assert derived["ended - began"] == ("ended", "began")
    assert "ended - created_on" not in derived


def test_without_a_word_the_date_of_closed_deals_is_the_closing_date(label, days):
    began, ended = days
    deals = label({"began": column(began), "cf": column(ended), "x": column(ended)})
    assert find_closing(deals, {"cf"}).column == "cf"
    assert find_closing(deals, set()).column is None
    assert find_closing(label({"n": np.ones(N)}), {"n"}).closed_on is None


def test_without_open_deals_the_name_says_which_is_the_closing_date(days):
    from training.leaks import LabelledDeals

    frame = pd.DataFrame({"Créée le": column(days[0]), "Date de clôture": column(days[1])})
    outcome = np.array(["won", "lost"] * (N_CLOSED // 2), dtype=object)
    deals = LabelledDeals(frame=frame[:N_CLOSED], outcome=outcome)
    assert find_closing(deals, set()).column == "Date de clôture"
