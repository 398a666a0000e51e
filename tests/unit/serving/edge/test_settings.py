"""Limits come from the environment, all of them checked at once."""

import pytest

from features.errors import InputError
from serving.edge.settings import EdgeSettings


def test_every_limit_can_be_set():
    environment = {
        "QUALIFOX_LARGEST_BODY": "10", "QUALIFOX_LARGEST_BATCH": "20",
        "QUALIFOX_DEEPEST_JSON": "5",
        "QUALIFOX_TIME_LIMIT": "1.5", "QUALIFOX_SLOW_TIME_LIMIT": "60", "QUALIFOX_BURST": "7",
        "QUALIFOX_REQUESTS_PER_SECOND": "0", "QUALIFOX_LOOPBACK_WITHOUT_KEY": "no",
        "QUALIFOX_LISTENS_ON": "::1",
    }  # fmt: skip
    assert EdgeSettings.of(environment) == EdgeSettings(
        largest_body=10, largest_batch=20, deepest_json=5, time_limit=1.5, slow_time_limit=60,
        requests_per_second=0, burst=7, loopback_without_key=False, listens_on="::1",
    )  # fmt: skip
    assert EdgeSettings.of({"QUALIFOX_BURST": " "}) == EdgeSettings.of({}) == EdgeSettings()


def test_every_setting_that_cannot_be_read_is_told_at_once():
    environment = {
        "QUALIFOX_LARGEST_BODY": "1 MB", "QUALIFOX_LARGEST_BATCH": "0",
        "QUALIFOX_TIME_LIMIT": "nan",
        "QUALIFOX_BURST": "-1", "QUALIFOX_LOOPBACK_WITHOUT_KEY": "maybe",
        "QUALIFOX_DEEPEST_JSON": "٣",
    }  # fmt: skip
    with pytest.raises(InputError) as wrong:
        EdgeSettings.of(environment)
    assert {one.where for one in wrong.value.problems} == set(environment)
