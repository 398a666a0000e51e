import numpy as np
import pyarrow as pa
import pytest

from training.readers.conventions import Conventions
from training.shares import shares_of


def shares(values):
    table = pa.table({"p": pa.chunked_array([values])})
    return shares_of(table.column("p"), Conventions(table))


@pytest.mark.parametrize(
    "values", [["0.4", None, "1"], ["40", None, "100"], ["40 %", "", "100 %"]]
)
def test_shares_are_read_in_every_form(values):
    np.testing.assert_allclose(shares(values), [0.4, np.nan, 1.0])


def test_a_percentage_is_told_by_the_column_not_by_the_cell():
    np.testing.assert_allclose(shares(["1", "80"]), [0.01, 0.8])
    np.testing.assert_allclose(shares(["1", "0.8"]), [1.0, 0.8])


@pytest.mark.parametrize("values", [["", None], ["-5", "20"], ["20", "400"]])
def test_what_cannot_be_shares_is_none(values):
    assert shares(values) is None
