"""A worker knows a new or a closed key within a second, and a damaged file opens nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from serving.keys.keyring import Keyring
from serving.keys.principal import Scope
from serving.keys.store import KeysError, KeyStore

NOW = datetime(2026, 12, 1, tzinfo=UTC)


class Clock:
    """A clock that a test moves."""

    def __init__(self):
        self.seconds = 0.0

    def ticks(self):
        return self.seconds

    def now(self):
        return NOW + timedelta(seconds=self.seconds)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path):
    return KeyStore(tmp_path)


@pytest.fixture
def keyring(store, clock):
    return lambda: Keyring(store.file, now=clock.now, ticks=clock.ticks)


def test_who_asks_is_known_by_the_token_alone(store, keyring):
    crm, token = store.create("crm", [Scope.SCORE], now=NOW)
    _, other = store.create("erp", [Scope.READ], now=NOW)
    ring = keyring()
    assert ring.principal_of(token) == crm.principal
    mixed = token[:16] + other[16:]
    for wrong in (
        "",
        "qf",
        token[:-1],
        token + "0",
        token.upper(),
        mixed,
        other[:3] + token[3:15],
    ):
        assert ring.principal_of(wrong) is None, wrong


def test_keys_are_read_again_within_a_second_and_not_more_often(
    store, keyring, clock, monkeypatch
):
    ring = keyring()
    assert ring.is_empty
    key, token = store.create("crm", [Scope.SCORE], now=NOW)
    assert ring.principal_of(token) is None
    clock.seconds = 1.0
    assert ring.principal_of(token) == key.principal
    assert not ring.is_empty
    store.revoke(key.id, now=NOW)
    assert ring.principal_of(token) == key.principal  # the second is not over
    clock.seconds = 2.0
    assert ring.principal_of(token) is None
    assert not ring.is_empty  # a closed key does not open loopback again
    looks: list[object] = []
    monkeypatch.setattr("serving.keys.keyring._mark_of", looks.append)
    for _ in range(1000):
        ring.principal_of(token)
    assert not looks


def test_a_key_expires_by_the_clock_without_a_change_of_the_file(store, keyring, clock):
    _, token = store.create("crm", [Scope.SCORE], now=NOW, expires_at=NOW + timedelta(seconds=10))
    ring = keyring()
    assert ring.principal_of(token)
    clock.seconds = 10
    assert ring.principal_of(token) is None


def test_a_file_that_goes_away_or_is_damaged_opens_nothing(store, keyring, clock, caplog):
    key, token = store.create("crm", [Scope.SCORE], now=NOW)
    ring = keyring()
    good = store.file.read_bytes()
    for seconds, spoil in enumerate((store.file.unlink, lambda: store.file.write_text("{")), 1):
        spoil()
        clock.seconds = 2.0 * seconds
        assert ring.principal_of(token) == key.principal
        assert not ring.is_empty
    assert "gone" in caplog.text
    assert "damaged" in caplog.text
    with pytest.raises(KeysError):
        keyring()
    store.file.write_bytes(good)
    store.revoke(key.id, now=NOW)
    clock.seconds = 6.0
    assert ring.principal_of(token) is None
