"""The id of a request: the caller's own where it is sane, else a new one. Always set."""

import re

from serving.random_ids import RANDOM

HEADER = b"x-request-id"
_SANE = re.compile(rb"(?!qf_)[A-Za-z0-9._-]{8,64}")  # never something that looks like a key


def request_id_of(headers: list[tuple[bytes, bytes]]) -> str:
    r"""Return the id of a request with these headers; two of them are as good as none.

    >>> request_id_of([(b"x-request-id", b"crm-000017")])
    'crm-000017'
    >>> len(request_id_of([(b"x-request-id", b"forged\nline")]))
    32
    """
    given = [value for name, value in headers if name == HEADER]
    if len(given) == 1 and _SANE.fullmatch(given[0]):
        return given[0].decode("ascii")
    return RANDOM.hex(16)
