"""What every route asks of a request."""

import pytest
from starlette.requests import Request

from serving.messages import RequestError
from serving.routes.asked import MOST_PROBLEMS, only_keys, require_query, yes_or_no


def asked(query):
    return Request({"type": "http", "query_string": query, "headers": []})


def test_a_query_is_read_whole_or_refused_with_every_problem():
    require_query(asked(b"as_of=1"), ("as_of",))
    with pytest.raises(RequestError) as wrong:
        require_query(asked(b"as_of=1&as_of=2&asof=3&%00=4"), ("as_of",))
    assert [one.where for one in wrong.value.problems] == ["as_of", "asof", "\\x00"]
    many = "&".join(f"a{n}=1" for n in range(500)).encode()
    with pytest.raises(RequestError) as wrong:
        require_query(asked(many), ())
    assert len(wrong.value.problems) == MOST_PROBLEMS


def test_yes_or_no():
    assert yes_or_no(asked(b""), "stream", default=True)
    assert not yes_or_no(asked(b"stream=false"), "stream", default=True)
    with pytest.raises(RequestError):
        yes_or_no(asked(b"stream=1"), "stream", default=True)


def test_what_is_not_read_has_a_hint():
    (problem,) = only_keys(["deals", "deal"], ("deals",))
    assert (problem.where, problem.hint) == ("deal", "did you mean 'deals'?")
