"""The short form is a screening: nothing of it is logged, whatever key it comes with."""

from serving.decision_log.log import DecisionLog
from serving.decision_log.settings import LogSettings
from serving.decision_log.upkeep import count_rows

PATH = "/v1/score/batch"


def test_a_screening_is_not_logged_and_has_no_decisions(service, tmp_path):
    log = service.app.state.log = DecisionLog.open(
        LogSettings(url=f"sqlite:///{tmp_path / 'd.db'}")
    )
    deals = {"deals": [{"amount": 5}]}
    for query in ("?reasons=false", "?reasons=false&stream=true"):
        reply = service.post(PATH + query, deals, **{"idempotency-key": "a"})
        assert reply.status_code == 200
        assert '"decision":' not in reply.text
    assert count_rows(log.database)["decisions"] == 0
    assert '"decision":' in service.post(PATH, deals).text
    assert count_rows(log.database)["decisions"] == 1
    log.close()
