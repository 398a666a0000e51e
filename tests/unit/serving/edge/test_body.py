"""A body is read whole, counted as it arrives, and given again."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import ClientDisconnect

from serving.edge.body import DRAINED, given_again, read_body
from serving.edge.problem import RefusedError
from serving.edge.visit import Visit


def gives(*chunks):
    left = list(chunks)

    async def receive():
        if not left:
            return {"type": "http.disconnect"}
        chunk = left.pop(0)
        return {"type": "http.request", "body": chunk, "more_body": bool(left)}

    return receive, left


def read(*chunks, largest=20, headers=None):
    receive, left = gives(*chunks)
    visit = Visit.of("r1", "POST")
    body = asyncio.run(read_body(receive, headers or {}, visit, largest=largest, deepest=9))
    return body, visit, left


@given(chunks=st.lists(st.binary(max_size=9), min_size=1, max_size=6))
def test_however_it_is_cut_it_is_the_same_body_or_too_large(chunks):
    whole = b"".join(chunks)
    if len(whole) > 20:
        with pytest.raises(RefusedError) as refused:
            read(*chunks)
        assert refused.value.status == 413
    else:
        body, visit, _ = read(*chunks)
        assert body == whole
        assert visit.body_bytes == len(whole)
        assert not visit.is_reading


def test_too_much_is_thrown_away_up_to_a_limit_and_then_the_connection_ends():
    with pytest.raises(RefusedError) as refused:
        read(b"x" * 21, b"x")
    assert "connection" not in refused.value.headers
    with pytest.raises(RefusedError) as refused:
        read(b"x" * 21, b"x", headers={b"content-length": b"%d" % (DRAINED + 1)})
    assert refused.value.headers == {"connection": "close"}


def test_a_header_that_lies_is_not_believed():
    assert read(b"12345", headers={b"content-length": b"99999999999999999999"})[0] == b"12345"


def test_who_goes_away_in_the_middle_is_no_body():
    async def gone():
        return {"type": "http.disconnect"}

    with pytest.raises(ClientDisconnect):
        asyncio.run(read_body(gone, {}, Visit.of("r1", "POST"), largest=9, deepest=9))


def test_it_is_given_again_once():
    async def both():
        receive = given_again(b"body", gives()[0])
        return [await receive(), await receive()]

    first, then = asyncio.run(both())
    assert (first["body"], then["type"]) == (b"body", "http.disconnect")
