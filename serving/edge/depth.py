"""How deep a JSON text is nested, found without parsing it."""

import numpy as np

_OTHERS = bytes(set(range(256)) - set(b"[]{}"))
_STEPS = np.zeros(256, dtype=np.int8)
_STEPS[list(b"[{")] = 1
_STEPS[list(b"]}")] = -1


def is_deeper(body: bytes, most: int) -> bool:
    """Return whether a JSON text is nested deeper than ``most``.

    Brackets within texts are not counted. What is not JSON at all gets some answer; the parser
    refuses it.

    >>> is_deeper(b'[["]]]"]]', 2), is_deeper(b"[[[]]]", 2)
    (False, True)
    """
    if body.count(b"[") + body.count(b"{") <= most:
        return False  # nearly every request ends here
    brackets = _outside_texts(body).translate(None, _OTHERS)
    steps = _STEPS[np.frombuffer(brackets, dtype=np.uint8)]
    return bool(steps.size) and int(np.cumsum(steps, dtype=np.int32).max()) > most


def _outside_texts(body: bytes) -> bytes:
    """Return what stands outside the texts: pairs of backslashes go first, then escaped quotes."""
    if b"\\" in body:
        body = body.replace(b"\\\\", b"").replace(b'\\"', b"")
    return b"".join(body.split(b'"')[::2])
