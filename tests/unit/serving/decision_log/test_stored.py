"""A decision out of the log as plain data, whole and erased."""

import json
from dataclasses import replace

import pytest

from serving.decision_log.log import DecisionLog
from serving.decision_log.settings import LogSettings
from serving.decision_log.stored import StoredDecision
from tests.log_checks import append
from tests.logged import FACTS, MOMENT, asker, decided


@pytest.fixture
def log(tmp_path):
    log = DecisionLog.open(LogSettings(url=f"sqlite:///{tmp_path}/d.db"))
    yield log
    log.close()


def test_it_is_json_with_every_part_and_no_idempotency_key(log):
    record = decided(who=asker("k", idempotency_key="secret word", request_hash="h"))
    append(log, replace(record, batch_id=record.id, batch_row=0))
    (stored,) = log.reader.decisions_of("D-7")
    assert isinstance(stored, StoredDecision)
    data = stored.to_data()
    assert "secret word" not in json.dumps(data)
    assert (data["facts"], data["versions"]) == (FACTS, data["answer"]["versions"])
    assert (data["batch"], data["erased"]) == ([record.id, 0], None)
    log.upkeep.erase_deal("D-7", why="w", at=MOMENT)
    erased = log.reader.decisions_of("D-7")[0].to_data()
    assert (erased["facts"], erased["answer"]) == (None, None)
    assert erased["erased"] == {"at": MOMENT.isoformat(), "why": "w"}
