"""Yes and no; a blank is unknown, and never no."""

import numpy as np
import pyarrow as pa
import pytest

from features.crm.words import NO, YES
from training.readers.booleans import read_booleans


def column(*values):
    return pa.chunked_array([pa.array(values)])


@pytest.mark.parametrize("word", [*YES, *NO, "OUI", "False", "Checked"])
def test_the_words_of_two_languages_are_read(word):
    assert read_booleans(column(word)).values[0] == (word.lower() in YES)


def test_blanks_are_unknown_and_other_words_wrong():
    found = read_booleans(column(None, "x", "yes", "maybe", "x"))
    assert np.isnan(found.values[[0, 1, 3, 4]]).all()
    assert [(wrong.row, wrong.n_deals) for wrong in found.wrong] == [(1, 2), (3, 1)]


def test_types_of_the_source_are_believed():
    assert read_booleans(column(True, False)).values.tolist() == [1.0, 0.0]
    assert read_booleans(column(1.0, 0.0)).values.tolist() == [1.0, 0.0]
