"""What identifies data: the hash of its canonical form."""

import hashlib
import json


def canonical_fingerprint(data: object) -> str:
    """Return the SHA-256 of data in canonical form: sorted keys, no white space, hexadecimal.

    >>> canonical_fingerprint({"a": 1, "b": 2}) == canonical_fingerprint({"b": 2, "a": 1})
    True
    """
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
