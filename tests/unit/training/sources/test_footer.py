"""Footers are told from deals."""

import pyarrow as pa
import pytest

from training.sources.footer import MOST_LINES, n_footer_rows

DEAL = ["1", "Acme", "Won"]


def rows_of(*rows):
    return pa.table({str(n): pa.array(cells) for n, cells in enumerate(zip(*rows, strict=True))})


@pytest.mark.parametrize(
    "row",
    [
        ["Grand Totals (5700 records)", None, None], ["Total", None, None],
        ["Total général", "12", "30"], [None, "Grand Total", "12"], ["Note", None, None],
        ["Confidential Information - Do Not Distribute", None, None],
        ["Copyright (c) 2000-2026 salesforce.com", None, None], [None, None, None],
    ],
)  # fmt: skip
def test_what_reports_write_below_is_a_footer(row):
    assert n_footer_rows(rows_of(DEAL, DEAL, row)) == 1
    assert n_footer_rows(rows_of(DEAL, row, DEAL)) == 0


@pytest.mark.parametrize(
    "row", [DEAL, ["2", None, "Lost"], ["Total", "x", "Won"], [None, "x", "y"]]
)
def test_a_deal_is_none(row):
    assert n_footer_rows(rows_of(DEAL, DEAL, row)) == 0


def test_a_column_that_is_mostly_alone_is_no_footer():
    assert n_footer_rows(rows_of(DEAL, *[["x", None, None]] * (MOST_LINES + 5))) == 0
