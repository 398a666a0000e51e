"""A body that would fill the memory once it is read is refused before."""

import pytest

from serving.messages import RequestError
from serving.routes.deals_body import MOST_DEALS, MOST_OBJECTS, read_deals


@pytest.mark.parametrize("one", [b"{}", b"[]"])
def test_what_would_fill_the_memory_is_refused_before_it_is_read(one):
    body = b'{"deals": [' + (one + b",") * MOST_OBJECTS + one + b"]}"
    with pytest.raises(RequestError) as refused:
        read_deals(body)
    assert refused.value.status == 413


def test_a_whole_batch_of_told_facts_is_read():
    fact = b'{"value": 1, "observed_on": "2026-01-05"}'
    facts = b",".join(b'"f%d": %s' % (n, fact) for n in range(50))
    body = b'{"deals": [' + b",".join([b'{"facts": {' + facts + b"}}"] * 1_000) + b"]}"
    assert len(read_deals(body).deals) == 1_000
    assert MOST_DEALS * 52 < MOST_OBJECTS
