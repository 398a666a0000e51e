"""A moment is the same moment in every zone and in both databases; without a zone it is none."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects import postgresql, sqlite

from serving.decision_log.columns import Moment

PARIS = timezone(timedelta(hours=1))


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()])
def test_a_moment_comes_back_in_utc(dialect):
    moment, column = datetime(2026, 3, 2, 0, 30, tzinfo=PARIS), Moment()
    kept = column.process_bind_param(moment, dialect)
    back = column.process_result_value(kept, dialect)
    assert back == moment
    assert back is not None
    assert back.tzinfo is UTC
    assert column.process_bind_param(None, dialect) is None
    assert column.process_result_value(None, dialect) is None
    with pytest.raises(ValueError, match="without a zone"):
        column.process_bind_param(datetime(2026, 3, 2), dialect)  # noqa: DTZ001 (what it is about)
