"""Reading page by page: every row once, also where many have the same moment."""

from datetime import timedelta

import pytest

from serving.decision_log import reader
from serving.decision_log.log import DecisionLog
from serving.decision_log.reader import Reader
from serving.decision_log.settings import LogSettings
from serving.decision_log.tables import OUTCOMES
from tests.log_checks import append
from tests.logged import MOMENT, asker, decided, ended


@pytest.fixture
def log(tmp_path):
    log = DecisionLog.open(LogSettings(url=f"sqlite:///{tmp_path}/d.db"))
    yield log
    log.close()


@pytest.mark.parametrize("page", [1, 3, 4, 100])
def test_pages_hold_every_row_once(log, monkeypatch, page):
    monkeypatch.setattr(reader, "PAGE", page)
    records = [ended(who=asker(at=MOMENT + timedelta(seconds=n // 5))) for n in range(12)]
    append(log, *records)
    pages = list(Reader(log.database.reading).pages(OUTCOMES))
    assert [len(one) <= page for one in pages] == [True] * len(pages)
    assert sorted(row.id for one in pages for row in one) == sorted(one.id for one in records)


def test_the_latest_decisions_come_first_and_not_too_many(log):
    for hours in range(4):
        append(log, decided(who=asker(at=MOMENT + timedelta(hours=hours))))
    found = log.reader.decisions_of("D-7", most=2)
    assert [(one.at - MOMENT) // timedelta(hours=1) for one in found] == [3, 2]
