"""Companies whose true probabilities are the model, so that any alarm is a false one."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.special import expit, logit

from features.columns import NumericColumn
from features.table import DealTable
from models.win_model import Provenance
from training.monitoring.watched import WatchedDeals

START = np.datetime64("2021-01-01", "D")
TRAINED, SEEN = date(2023, 1, 1), date(2024, 7, 1)


def make_watched(p_win, won, decided, closed, *, seen=SEEN, accounts=None, columns=None):
    n = len(p_win)
    return WatchedDeals(
        table=DealTable(ids=(None,) * n, as_of=decided, columns=columns or {}),
        p_win=p_win,
        won=np.asarray(won, dtype=np.float64),
        decided_on=decided,
        closed_on=closed,
        accounts=np.arange(n) if accounts is None else accounts,
        seen_until=seen,
    )


def make_company(
    seed, a_month=60, *, shift=0.0, shift_from=None, slope=1.0, begins=START, seen_until=SEEN
):
    """Return four years of deals: wins take longer than losses, and a fifth of losses very long.

    From ``shift_from`` on, the log-odds of deals *closing* move by ``shift``.
    """
    random = np.random.default_rng(seed)
    n_days = int((np.datetime64("2025-01-01") - START) / np.timedelta64(1, "D"))
    day = np.sort(random.integers(0, n_days, a_month * 48))
    p = expit(random.normal(-0.5, 1.0, len(day)))
    moved = np.zeros(len(day)) if shift_from is None else shift * (
        START + day >= np.datetime64(shift_from)
    )  # fmt: skip
    won = random.random(len(day)) < expit(slope * logit(p) + moved)
    days = np.where(won, 90, 45) * random.lognormal(0, 0.6, len(day))
    forgotten = ~won & (random.random(len(day)) < 0.2)
    days = np.where(forgotten, 330 * random.lognormal(0, 0.3, len(day)), days)
    decided, closed = START + day, START + day + np.ceil(days).astype(int)
    seen = np.datetime64(seen_until, "D")
    on_file = (decided <= seen) & (decided >= begins)
    is_open = closed > seen
    size = random.normal(size=len(day))
    return make_watched(
        p[on_file],
        np.where(is_open, np.nan, won)[on_file],
        decided[on_file],
        np.where(is_open, np.datetime64("NaT"), closed)[on_file],
        seen=seen_until,
        columns={"size": NumericColumn(size[on_file])},
    )


@pytest.fixture(scope="session")
def company():
    return make_company


@pytest.fixture(scope="session")
def watched():
    return make_watched


@pytest.fixture(scope="session")
def model():
    """Return what the report asks of a model: its version, its provenance, and its fields."""
    provenance = Provenance(
        n_won=400, n_lost=600, data_fingerprint="d", policy_fingerprint="p",
        trained_on=TRAINED.isoformat(), metrics={},
    )  # fmt: skip
    schema = SimpleNamespace(fields=lambda: ("size",))
    return SimpleNamespace(version="v", provenance=provenance, schema=schema)
