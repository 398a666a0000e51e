"""Swaps under load over a real service with two workers, with damaged versions among them."""

import json

from benchmarks.swaps.judge import MOST_AT_FIRST, Seen, judge
from benchmarks.swaps.versions import expected, make_version


def test_no_request_fails_and_no_answer_is_mixed(tmp_path):
    outcome = judge(tmp_path / "home", swaps=6, workers=2, callers=3)
    assert outcome.seen.failed == []
    assert outcome.seen.mixed == []
    assert outcome.wrongly_taken == 0
    assert outcome.deaths == 0
    assert outcome.refused == 2 * MOST_AT_FIRST
    assert outcome.rolled_back == 1
    assert len(outcome.seen.versions) == 3
    assert outcome.seen.answers > 100
    assert outcome.holds


def test_the_judge_would_see_a_mixed_answer_and_a_failed_request(tmp_path):
    one, two = (make_version(tmp_path, seed) for seed in range(2))
    table = {each.version: expected(each) for each in (one, two)}
    mixed = {**table[one.version], "versions": table[two.version]["versions"]}
    seen = Seen(table)
    seen.note(200, json.dumps(table[one.version]).encode())
    assert not seen.mixed
    seen.note(200, json.dumps(mixed).encode())
    seen.note(503, b"")
    assert (len(seen.mixed), len(seen.failed)) == (1, 1)
