"""The outcomes of real files, with no hint given: which column says it, and how many ended how."""

import os
from pathlib import Path

import pytest

from training.mapping.deal_mapping import map_deals
from training.outcomes.reading import read_outcomes
from training.sources.location import read_source

ROOT = Path(__file__).parent.parent.parent
DATA = Path(os.environ.get("QUALIFOX_DATA", ROOT.parent / "shared" / "data"))
SETS = {
    "maven_crm/sales_pipeline.csv": ("maven", "deal_stage", (4238, 2473, 0, 0, 2089)),
    "ibm_win_loss/sales_win_loss.csv.gz": (None, "Opportunity Result", (17627, 60398, 0, 0, 0)),
    "bohanec_b2b/B2B_dataset.csv": (None, "Status", (227, 221, 0, 0, 0)),
    "x_education/Leads.csv": (None, "Converted", (3561, 5679, 0, 0, 0)),
}

pytestmark = pytest.mark.skipif(
    not all((DATA / name).exists() for name in SETS),
    reason=f"the public data sets are not in {DATA} (see docs/data.md)",
)


@pytest.mark.parametrize("name", SETS)
def test_outcomes_are_found_without_a_hint(name):
    preset, column, counts = SETS[name]
    raw = read_source(DATA / name)
    mapping = map_deals(raw)
    assert (mapping.preset and mapping.preset.preset) == preset
    found = read_outcomes(raw, preset=mapping.preset)
    assert found.columns == (column,)
    assert tuple(found.counts.values()) == counts
