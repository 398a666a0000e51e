"""The leak alarm on real closed deals, with no hint given: the bars of the data report."""

import os
from pathlib import Path

import numpy as np
import pytest

from qualifox.plain_source import typed_frame
from reports.findings import Severity
from training.csv_source import read_csv
from training.leaks import LabelledDeals, find_leaks
from training.twins import find_twins

ROOT = Path(__file__).parent.parent.parent
DATA = Path(os.environ.get("QUALIFOX_DATA", ROOT.parent / "shared" / "data"))
CERTAIN, SUSPECT = Severity.CERTAIN, Severity.SUSPECT
FILES = {
    "maven": ("maven_crm/sales_pipeline.csv", "deal_stage", "Won", {"Engaging", "Prospecting"}),
    "x": ("x_education/Leads.csv", "Converted", "1", set()),
    "ibm": ("ibm_win_loss/sales_win_loss.csv.gz", "Opportunity Result", "Won", set()),
    "bohanec": ("bohanec_b2b/B2B_dataset.csv", "Status", "Won", set()),
}

pytestmark = pytest.mark.skipif(
    not all((DATA / file).exists() for file, *_ in FILES.values()),
    reason=f"the public data sets are not in {DATA} (see docs/data.md)",
)


def deals_of(name):
    file, column, won, still_open = FILES[name]
    raw = read_csv(DATA / file)
    words = raw[column].to_numpy(dtype=object)
    ended = np.where(np.isin(words, list(still_open)), "open", "lost")
    outcome = np.where(words == won, "won", ended).astype(object)
    return LabelledDeals(frame=typed_frame(raw.drop(columns=column)), outcome=outcome)


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
