"""The leak alarm on real closed deals, with no hint given: the bars of the data report."""

import os
from pathlib import Path

import numpy as np
import pytest

from reports.findings import Severity
from training.data_report import data_report
from training.labelled_source import labelled_source
from training.leaks import find_leaks
from training.sources.location import read_source
from training.twins import find_twins

ROOT = Path(__file__).parent.parent.parent
DATA = Path(os.environ.get("QUALIFOX_DATA", ROOT.parent / "shared" / "data"))
CERTAIN, SUSPECT = Severity.CERTAIN, Severity.SUSPECT
FILES = {
    "maven": "maven_crm/sales_pipeline.csv",
    "x": "x_education/Leads.csv",
    "ibm": "ibm_win_loss/sales_win_loss.csv.gz",
    "bohanec": "bohanec_b2b/B2B_dataset.csv",
}


pytestmark = pytest.mark.skipif(
    not all((DATA / file).exists() for file in FILES.values()),
    reason=f"the public data sets are not in {DATA} (see docs/data.md)",
)


def deals_of(name):
    return labelled_source(read_source(DATA / FILES[name]))[0]


def severities(name):
    return {one.column: one.severity for one in find_leaks(deals_of(name))}


def test_maven_gives_away_value_date_duration_and_month():
    assert severities("maven") == {
        "close_value": CERTAIN,
        "close_date": CERTAIN,
        "close_date - engage_date": CERTAIN,
        "month(close_date)": CERTAIN,
        "account": SUSPECT,
    }


def test_x_education_was_tagged_by_those_who_knew():
    found = severities("x")
    assert {name for name, one in found.items() if one is CERTAIN} == {"Tags", "Lead Quality"}
    assert set(found) >= {
        "Lead Profile", "Last Activity", "Last Notable Activity", "Lead Origin",
        "Asymmetrique Activity Index", "Asymmetrique Profile Index",
        "Asymmetrique Activity Score", "Asymmetrique Profile Score",
    }  # fmt: skip
    assert set(found) & {"City", "Do Not Email", "TotalVisits", "Country"} == set()


def test_a_column_that_somebody_added_is_the_target():
    """Such a copy of the file is about, with the outcome once more as ``Convertions``."""
    deals = deals_of("x")
    deals.frame["Convertions"] = np.where(deals.outcome == "won", "yes", "no")
    (found,) = [one for one in find_leaks(deals) if one.column == "Convertions"]
    assert (found.kind, found.severity) == ("hidden_target", CERTAIN)


def test_ibm_measured_the_pursuit():
    found = severities("ibm")
    assert {name for name, one in found.items() if one is CERTAIN} == {
        "Total Days Identified Through Closing", "Total Days Identified Through Qualified",
        "Ratio Days Identified To Total Days", "Ratio Days Validated To Total Days",
        "Ratio Days Qualified To Total Days", "Elapsed Days In Sales Stage",
        "Sales Stage Change Count",
    }  # fmt: skip
    assert found["Revenue From Client Past Two Years (USD)"] is SUSPECT


def test_bohanec_is_honest_and_has_83_twins():
    deals = deals_of("bohanec")
    assert find_leaks(deals) == ()
    assert find_twins(deals.frame.assign(outcome=deals.outcome)).n_twins == 83


def test_the_words_none_and_unknown_cost_no_row():
    raw = read_source(DATA / FILES["ibm"])
    deals, source = labelled_source(raw)
    assert len(deals.frame) == len(raw) == 78_025
    assert (deals.frame["Competitor Type"] == "None").sum() > 0
    assert (deals.frame["Competitor Type"] == "Unknown").sum() > 0
    assert deals.filled("Competitor Type").all()
    assert data_report(deals, source).deals == 78_025


def test_spellings_of_one_answer_are_told_and_cost_no_row():
    report = data_report(*labelled_source(read_source(DATA / FILES["x"])))
    assert [(one.column, one.spellings) for one in report.alike] == [
        ("Lead Source", ("Google", "google"))
    ]
    assert report.deals == 9_240
