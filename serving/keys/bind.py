"""Where the service may listen without a key: on loopback, while there is none."""

import ipaddress
from functools import lru_cache

from features.errors import InputError, Problem


@lru_cache(maxsize=1024)
def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach an address.

    >>> [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "crm")]
    [True, True, True, False, False]
    """
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def require_keys(host: str, *, has_keys: bool, is_open: bool = True) -> None:
    """Refuse to listen where somebody could ask without a key.

    ``is_open`` is the setting that opens loopback while there is no key.

    Raises
    ------
    InputError
        When there is no key, and the address is not loopback or loopback is not open either.
    """
    if has_keys or (is_open and is_loopback(host)):
        return
    what = f"there is no key yet, and '{host}' is open to others"
    if is_loopback(host):
        what = "there is no key yet, and loopback needs one too"
    hint = "create one: qualifox keys create --name crm --scope score"
    raise InputError([Problem(where="--host", what=what, hint=hint)])
