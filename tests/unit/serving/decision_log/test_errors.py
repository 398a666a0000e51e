"""A log that cannot be asked is told as away."""

import pytest
from sqlalchemy import exc

from serving.decision_log.errors import is_away
from serving.edge.problem import problem_response


@pytest.mark.parametrize(
    "error",
    [
        exc.OperationalError("SELECT", {}, Exception("server closed the connection")),
        exc.TimeoutError("QueuePool limit"),
        exc.InterfaceError("SELECT", {}, Exception("closed"), connection_invalidated=True),
    ],
)
def test_a_log_that_cannot_be_asked_is_told_as_away_and_not_as_our_fault(error):
    """A repeated request is looked up first; a database that is away must not make it a 500."""
    assert is_away(error)
    reply = problem_response(error, instance="r1")
    assert (reply.status_code, reply.headers["retry-after"]) == (503, "2")
    assert b"SELECT" not in reply.body


def test_a_query_that_is_wrong_stays_our_fault():
    error = exc.ProgrammingError("SELEKT", {}, Exception("syntax"))
    assert problem_response(error, instance="r1").status_code == 500
