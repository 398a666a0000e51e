"""Without a key the service listens on loopback only."""

import pytest

from features.errors import InputError
from serving.keys.bind import is_loopback, require_keys


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost", "::ffff:127.0.0.1"]
)
def test_loopback_is_open_while_there_is_no_key_unless_a_setting_closes_it(host):
    assert is_loopback(host)
    require_keys(host, has_keys=False)
    with pytest.raises(InputError, match="qualifox keys create"):
        require_keys(host, has_keys=False, is_open=False)


@pytest.mark.parametrize(
    "host",
    ["0.0.0.0", "::", "10.0.0.1", "crm.example", "", "127.0.0.1.evil.example", "::ffff:10.0.0.1"],
)
def test_every_other_address_needs_a_key(host):
    assert not is_loopback(host)
    with pytest.raises(InputError, match="qualifox keys create"):
        require_keys(host, has_keys=False)
    require_keys(host, has_keys=True)
