"""A worker starts with the limits and the keys of its environment, or not at all."""

from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette

from features.errors import InputError
from serving.edge.composition import edge_of, keys_file
from serving.keys.principal import Scope
from serving.keys.store import KeysError, KeyStore


def test_on_another_address_it_starts_only_with_a_key(tmp_path):
    environment = {"QUALIFOX_HOME": str(tmp_path), "QUALIFOX_LISTENS_ON": "0.0.0.0"}
    with pytest.raises(InputError, match="qualifox keys create"):
        edge_of(Starlette(), environment)
    edge_of(Starlette(), environment | {"QUALIFOX_LISTENS_ON": "127.0.0.1"})
    KeyStore(tmp_path).create("crm", [Scope.SCORE], now=datetime.now(UTC))
    edge_of(Starlette(), environment)


def test_a_damaged_file_of_keys_or_setting_stops_the_start(tmp_path):
    environment = {"QUALIFOX_HOME": str(tmp_path)}
    with pytest.raises(InputError, match="QUALIFOX_BURST"):
        edge_of(Starlette(), environment | {"QUALIFOX_BURST": "x"})
    (tmp_path / "keys.json").write_text("{")
    with pytest.raises(KeysError):
        edge_of(Starlette(), environment)


def test_keys_are_in_the_home_folder(tmp_path):
    assert keys_file({"XDG_DATA_HOME": "/data"}).as_posix() == "/data/qualifox/keys.json"
    assert KeyStore(tmp_path).file == keys_file({"QUALIFOX_HOME": str(tmp_path)})
