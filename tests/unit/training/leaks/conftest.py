"""Closed and open deals made of a few arrays."""

import numpy as np
import pandas as pd
import pytest

from training.leaks import LabelledDeals

N_CLOSED, N_OPEN = 400, 60


@pytest.fixture
def rng():
    return np.random.default_rng(11)


@pytest.fixture
def won():
    """Who won of 400 closed deals: 160, in no order."""
    return np.random.default_rng(3).permutation(np.arange(N_CLOSED) < 160).astype(float)


@pytest.fixture
def label(won):
    """Return what makes deals of columns: 400 closed ones, then 60 open ones."""

    def make(columns, **days):
        words = np.where(won == 1, "won", "lost").tolist() + ["open"] * N_OPEN
        return LabelledDeals(
            frame=pd.DataFrame(columns), outcome=np.array(words, dtype=object), **days
        )

    return make
