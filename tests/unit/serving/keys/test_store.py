"""Keys are random, shown once, kept as hashes in a file of their owner, closed for good."""

import json
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from features.errors import InputError
from serving.keys.key import Key, new_key, parts_of
from serving.keys.principal import LOCAL, NOBODY, Principal, Scope
from serving.keys.store import KeysError, KeyStore, read_keys

NOW = datetime(2026, 12, 1, tzinfo=UTC)
CRM = (Scope.SCORE, Scope.OUTCOME)


def damaged(**changes):
    key = new_key("a", CRM, now=NOW)[0].to_data() | changes
    return json.dumps({"format": 1, "keys": [key]})


@pytest.fixture
def store(tmp_path):
    return KeyStore(tmp_path / "home")


def test_a_key_is_shown_once_and_only_its_hash_is_kept(store):
    key, token = store.create("crm", CRM, now=NOW)
    parts = parts_of(token)
    assert parts
    key_id, secret = parts
    assert key_id == key.id
    assert len(bytes.fromhex(secret)) * 8 >= 128
    text = store.file.read_text()
    assert secret not in text
    assert store.kept() == (key,)
    assert key.opens_with(secret)
    assert not key.opens_with(secret[:-1] + ("0" if secret[-1] != "0" else "1"))


def test_the_file_is_for_its_owner_only_and_no_draft_stays(store):
    store.create("crm", CRM, now=NOW)
    assert stat.S_IMODE(store.file.stat().st_mode) == 0o600
    assert {file.name for file in store.home.iterdir()} == {"keys.json", ".keys.lock"}


def test_a_write_that_fails_leaves_the_file_as_it_was(store, monkeypatch):
    store.create("crm", CRM, now=NOW)
    before = store.file.read_bytes()
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        store.create("erp", CRM, now=NOW)
    assert store.file.read_bytes() == before
    assert {file.name for file in store.home.iterdir()} == {"keys.json", ".keys.lock"}


def test_no_two_keys_are_alike():
    tokens = {new_key("a", CRM, now=NOW)[1] for _ in range(200)}
    assert len({token[:20] for token in tokens}) == len({token[20:] for token in tokens}) == 200


def test_a_revoked_key_stays_in_the_file_and_is_closed_for_good(store):
    key, _ = store.create("crm", CRM, now=NOW)
    later = NOW + timedelta(days=1)
    closed = store.revoke(key.id, now=later)
    assert not closed.is_live(later)
    assert store.revoke(key.id, now=later + timedelta(days=1)) == closed
    assert store.kept() == (closed,)


def test_a_key_that_ends_is_live_until_then(store):
    key, _ = store.create("crm", CRM, now=NOW, expires_at=NOW + timedelta(days=2))
    assert key.is_live(NOW + timedelta(days=1))
    assert not key.is_live(NOW + timedelta(days=2))


def test_every_problem_of_a_key_is_told_at_once(store):
    with pytest.raises(InputError) as wrong:
        store.create("a\nb", (), now=NOW, expires_at=NOW)
    assert [one.where for one in wrong.value.problems] == ["--name", "--scope", "--expires"]
    assert all(one.hint for one in wrong.value.problems)
    assert not store.file.exists()
    with pytest.raises(InputError, match="there is no key 'nope'"):
        store.revoke("nope", now=NOW)


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{", '{"format": 2, "keys": []}', '{"format": 1, "keys": [{}]}',
        damaged(scopes=["root"]), damaged(sha256=""), damaged(created_at=None),
        damaged(expires_at="soon"), damaged(scopes=None),
    ],
)  # fmt: skip
def test_a_damaged_file_lets_nobody_in(tmp_path, text):
    (tmp_path / "keys.json").write_text(text)
    with pytest.raises(KeysError, match=r"keys.json"):
        read_keys(tmp_path / "keys.json")


def test_a_key_survives_its_file(store):
    key, _ = store.create("crm", CRM, now=NOW, expires_at=NOW + timedelta(days=2))
    assert Key.from_data(json.loads(json.dumps(key.to_data()))) == key


def test_two_processes_that_create_keys_at_once_lose_none(store):
    script = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path\n"
        "from serving.keys.store import KeyStore; from serving.keys.principal import Scope\n"
        "for _ in range(20):\n"
        "    KeyStore(Path(sys.argv[1])).create('a', [Scope.READ], now=datetime.now(UTC))\n"
    )
    command = [sys.executable, "-c", script, str(store.home)]
    running = [subprocess.Popen(command) for _ in range(2)]
    assert [one.wait(30) for one in running] == [0, 0]
    assert len({key.id for key in store.kept()}) == 40


def test_no_scope_includes_another_and_nobody_has_none():
    assert all(LOCAL.may(scope) and not NOBODY.may(scope) for scope in Scope)
    assert [s for s in Scope if Principal("1", frozenset({Scope.ADMIN})).may(s)] == [Scope.ADMIN]
