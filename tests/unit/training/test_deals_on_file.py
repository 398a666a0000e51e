"""The deals on file say what they were read from, row by row."""

from datetime import date

import numpy as np

from training.deals_on_file import DealsOnFile
from training.intake import read_deals


def test_kept_are_the_rows_of_the_source_that_became_deals(shop, write, header):
    rows = "7,Won,2025-01-02,2025-03-04,Acme,12.5,Yes,Public,Web,\n8,Lost,,,B,1,no,,,\n"
    deals = read_deals(write(header + rows), shop, as_of=date(2026, 1, 5), needs_outcome=True)
    assert isinstance(deals, DealsOnFile)
    ids = np.array(deals.raw.table["Id"].to_pylist(), dtype=str)[deals.kept]
    assert tuple(ids) == deals.table.ids
    for column in (deals.outcomes, deals.closed_on, deals.accounts):
        assert column is not None
        assert len(column) == len(deals.table)
    assert deals.columns.rule is not None
    assert deals.reading is not None
    assert deals.rewound == ()
