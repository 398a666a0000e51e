"""Which deals of a source are watched, and from when on."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from features import parse_policy
from features.errors import EvidenceError
from tests.unit.training.conftest import HEADER, POLICY
from training.intake import read_deals
from training.monitoring.report import monitor
from training.monitoring.watched import watched_deals

DEALS = """1,Won,2025-01-02,2025-03-01,A,10,yes,Public,x,
2,Lost,2025-01-05,2025-02-01,A,20,no,Private,x,
3,We no,2025-01-06,2025-01-07,B,30,no,Private,x,
4,Open,2025-02-01,,,40,no,Private,x,
5,Nobody,2025-02-03,,C,40,no,Private,x,
6,Won,2025-09-01,2025-10-01,C,40,no,Private,x,
7,Lost,2025-02-03,2025-09-01,C,40,no,Private,x,
"""
AS_OF = date(2025, 6, 30)


class Half:
    """A model that gives every deal an even chance."""

    track_record = None

    def p_win(self, table):
        return np.full(len(table), 0.5), ()


@pytest.fixture
def on_file(write):
    policy = parse_policy(POLICY.encode())
    return read_deals(write(HEADER + DEALS), policy, as_of=AS_OF, needs_outcome=True)


@pytest.fixture
def shop():
    return parse_policy(POLICY.encode())


@pytest.fixture
def answering():
    return SimpleNamespace(model=Half())


def test_pursued_and_open_deals_are_watched_and_declined_or_future_ones_not(
    on_file, shop, answering
):
    deals = watched_deals(on_file, answering, shop, AS_OF)
    assert deals.table.ids == ("1", "2", "4", "5", "7")
    assert deals.is_closed.tolist() == [True, True, False, True, False]
    assert deals.won[[0, 1, 3]].tolist() == [1.0, 0.0, 0.0]
    assert deals.seen_until == date(2025, 3, 1)
    assert len(np.unique(deals.accounts)) == 3


def test_outcomes_come_in_order_of_closing_and_without_a_day_they_do_not(on_file, shop, answering):
    deals = watched_deals(on_file, answering, shop, AS_OF)
    assert deals.outcomes_after(date(2025, 1, 1)).table.ids == ("2", "1")
    assert deals.outcomes_after(date(2025, 2, 1)).table.ids == ("1",)
    assert deals.decided_after(date(2025, 1, 31)).table.ids == ("4", "5", "7")
    assert deals.decided_until(date(2025, 1, 5)).table.ids == ("1", "2")


def test_closings_count_when_the_records_are_complete(on_file, shop, answering):
    deals = watched_deals(on_file, answering, shop, AS_OF)
    assert deals.counts_from(20.5) == date(2025, 2, 13)
    assert deals.counts_from(np.nan) is None


@pytest.mark.parametrize("lacking", ["closed_on", "outcomes"])
def test_without_days_or_outcomes_there_is_nothing_to_watch(on_file, shop, answering, lacking):
    with pytest.raises(EvidenceError, match=r"deals\.closed_on"):
        watched_deals(replace(on_file, **{lacking: None}), answering, shop, AS_OF)


def test_a_champion_that_does_not_know_until_when_it_learned_is_refused(on_file, shop):
    model = SimpleNamespace(provenance=SimpleNamespace(trained_on=None))
    champion: Any = SimpleNamespace(model=model)
    with pytest.raises(EvidenceError, match="train again"):
        monitor(on_file, champion, shop, as_of=AS_OF)
