"""However requests come, no more get through than the rate and the burst allow."""

from hypothesis import given
from hypothesis import strategies as st

from serving.edge.buckets import TokenBuckets

GAPS = st.lists(st.tuples(st.floats(0, 2), st.integers(1, 3)), min_size=1, max_size=60)


class Clock:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self):
        return self.now


@given(gaps=GAPS, rate=st.floats(0.5, 5), burst=st.floats(3, 6))
def test_in_any_span_at_most_rate_times_span_and_one_burst_pass(gaps, rate, burst):
    clock, passed = Clock(), []
    buckets = TokenBuckets(rate, burst, clock)
    for gap, cost in gaps:
        clock.now += gap
        if not buckets.seconds_to_wait("crm", cost):
            passed.append((clock.now, cost))
    for first, (start, _) in enumerate(passed):
        total = 0.0
        for moment, cost in passed[first:]:
            total += cost
            assert total <= burst + rate * (moment - start) + 1e-6


@given(rate=st.floats(0.5, 5), spent=st.integers(1, 20))
def test_who_waits_as_long_as_told_gets_through(rate, spent):
    clock = Clock()
    buckets = TokenBuckets(rate, 3, clock)
    for _ in range(spent):
        buckets.seconds_to_wait("crm")
    while not (wait := buckets.seconds_to_wait("crm", 2)):
        pass
    clock.now += wait * (1 + 1e-9)
    assert buckets.seconds_to_wait("crm", 2) < 1e-6


def test_what_costs_more_than_a_bucket_takes_a_full_one_and_no_rate_is_no_limit():
    clock = Clock()
    buckets = TokenBuckets(1, 5, clock)
    assert buckets.seconds_to_wait("crm", 20) == 0
    assert buckets.seconds_to_wait("crm", 20) == 5
    free = TokenBuckets(0, 5, clock)
    assert not any(free.seconds_to_wait("crm") for _ in range(100))
