"""Which deals teach, and which are open."""

import numpy as np
import pandas as pd
import pytest

from training.leaks.labelled_deals import LabelledDeals
from training.outcomes.outcome import Outcome

ENDINGS = ["won", "lost", "no_decision", "declined_by_us", "open"]


def test_only_pursued_deals_are_closed_and_the_rest_is_neither_won_nor_lost():
    deals = LabelledDeals(
        frame=pd.DataFrame({"a": ["x", None, "y", "z", "x"]}),
        outcome=np.array(ENDINGS, dtype=object),
    )
    assert deals.closed.tolist() == [True, True, True, False, False]
    assert deals.won.tolist() == [1.0, 0.0, 0.0]
    assert deals.open.tolist() == [False] * 4 + [True]
    assert deals.rarer == 1
    assert deals.filled("a").tolist() == [True, False, True, True, True]


def test_words_of_the_enum_are_the_same_words():
    members = LabelledDeals(
        frame=pd.DataFrame(index=range(5)), outcome=np.array(list(Outcome), dtype=object)
    )
    assert members.closed.sum() == 3
    assert members.won.sum() == 1
    assert members.open.sum() == 1


def test_arrays_of_another_length_are_refused():
    with pytest.raises(ValueError, match="outcome has 1 deals, the frame 2"):
        LabelledDeals(
            frame=pd.DataFrame({"a": [1.0, 2.0]}), outcome=np.array(["won"], dtype=object)
        )
