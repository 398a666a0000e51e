"""What this code writes is the head of the migrations; a file that stands there is not touched."""

import subprocess
import sys

import pytest
from alembic.script import ScriptDirectory

from serving.decision_log.database import open_database
from serving.decision_log.errors import LogError
from serving.decision_log.migration import STEPS, migrate
from serving.decision_log.standing import require_newest, step_of
from serving.decision_log.steps import NEWEST

OPENING = """
import sys
from serving.decision_log.log import DecisionLog
from serving.decision_log.settings import LogSettings
DecisionLog.open(LogSettings(url=sys.argv[1])).close()
print("alembic" in sys.modules)
"""


def test_the_newest_step_is_the_head_of_the_migrations():
    assert ScriptDirectory(str(STEPS)).get_current_head() == NEWEST


def test_only_a_file_that_has_to_be_moved_loads_alembic(tmp_path):
    url = f"sqlite:///{tmp_path / 'decisions.db'}"

    def loads_alembic():
        done = [sys.executable, "-c", OPENING, url]
        return subprocess.run(done, capture_output=True, text=True, check=True).stdout.strip()

    assert (loads_alembic(), loads_alembic()) == ("True", "False")


def test_a_step_from_the_future_is_refused(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'decisions.db'}")
    migrate(database.writing)
    assert step_of(database.reading) == NEWEST
    with database.writing.begin() as connection:
        connection.exec_driver_sql("UPDATE qualifox_log_version SET version_num = '9999'")
    with pytest.raises(LogError, match="9999"):
        require_newest(database)
    database.close()
