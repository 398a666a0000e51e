"""How deep a JSON text is nested, found without parsing it."""

import numpy as np

_OTHERS = bytes(set(range(256)) - set(b'[]{}"'))
_STEPS = np.zeros(256, dtype=np.int8)
_STEPS[list(b"[{")] = 1
_STEPS[list(b"]}")] = -1
_BACKSLASH, _QUOTE = b'\\"'
SMALL = 64 << 10
"""Bytes up to which counting brackets costs less than looking at them."""


def is_deeper(body: bytes, most: int) -> bool:
    """Return whether a JSON text is nested deeper than ``most``.

    Brackets within texts are not counted. What is not JSON at all gets some answer; the parser
    refuses it.

    >>> is_deeper(b'[["]]]"]]', 2), is_deeper(b"[[[]]]", 2)
    (False, True)
    """
    if len(body) < SMALL and body.count(b"[") + body.count(b"{") <= most:
        return False  # nearly every request ends here
    steps = _STEPS[np.frombuffer(_brackets(body), dtype=np.uint8)]
    return bool(steps.size) and int(np.cumsum(steps, dtype=np.int32).max()) > most


def _brackets(body: bytes) -> bytes:
    """Return the brackets that stand outside the texts.

    Pairs of backslashes go first, then escaped quotes. Two quotes side by side then open and
    close, or close and open: without them what stands within texts is still within.
    """
    if b"\\" in body and _escapes_quotes(body):
        body = body.replace(b"\\\\", b"").replace(b'\\"', b"")
    told = body.translate(None, _OTHERS).replace(b'""', b"")
    return b"".join(told.split(b'"')[::2])


def _escapes_quotes(body: bytes) -> bool:
    """Return whether a backslash stands before a quote or before another; most are of letters."""
    text = np.frombuffer(body, dtype=np.uint8)
    after = text[np.flatnonzero(text[:-1] == _BACKSLASH) + 1]
    return bool(((after == _BACKSLASH) | (after == _QUOTE)).any())
