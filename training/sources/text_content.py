"""The bytes of a text file as UTF-8: unpacked, and decoded by mark, then UTF-8, then Windows-1252.

gzip is known by its first bytes and unpacked within bounds: a deflate stream can grow a thousand
times, and a file of deals does not.
"""

import codecs
import gzip
import io
import zlib
from pathlib import Path

from training.sources.refusal import refusal

GZIP_MAGIC = b"\x1f\x8b"
LARGEST_FILE = 4_000_000_000
LARGEST_GROWTH = 200
"""How many times its size a gzip file may grow once it is beyond `FREE_BYTES`."""
FREE_BYTES = 64_000_000
_CHUNK = 1 << 24
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def text_content(path: Path) -> tuple[bytes, tuple[str, ...]]:
    """Return the text of a file as UTF-8 without a mark, and what was decided on the way.

    Raises
    ------
    DealsError
        When it cannot be read, is larger than 4 GB, or is not a text.
    """
    where = str(path)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise refusal(where, "the file is larger than 4 GB", "split it")
        content = path.read_bytes()
        if content.startswith(GZIP_MAGIC):
            content = _unpacked(content, where)
    except (OSError, EOFError, zlib.error) as error:
        what = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise refusal(where, what) from None
    return _as_utf8(content, where)


def _unpacked(packed: bytes, where: str) -> bytes:
    largest = min(LARGEST_FILE, max(FREE_BYTES, LARGEST_GROWTH * len(packed)))
    unpacked = io.BytesIO()
    with gzip.open(io.BytesIO(packed)) as stream:
        while chunk := stream.read(_CHUNK):
            unpacked.write(chunk)
            if b"\x00" in chunk and unpacked.getbuffer()[:2] not in _UTF_16_MARKS:
                raise _not_a_text(where)
            if unpacked.tell() > largest:
                what = f"the file grows beyond {largest / 1e6:,.0f} MB when it is unpacked"
                raise refusal(where, what, "unpack it yourself, and look at what it holds")
    return unpacked.getvalue()


def _not_a_text(where: str) -> Exception:
    return refusal(
        where,
        "the file holds NUL bytes, so it is not a text",
        "export it as CSV, Excel or Parquet",
    )


def _as_utf8(content: bytes, where: str) -> tuple[bytes, tuple[str, ...]]:
    notes: tuple[str, ...] = ()
    if content.startswith(_UTF_16_MARKS):
        content = content.decode("utf-16", errors="replace").encode()
        notes = ("read as UTF-16",)
    elif content.startswith(codecs.BOM_UTF8):
        content = content[len(codecs.BOM_UTF8) :]
    if b"\x00" in content:
        raise _not_a_text(where)
    if not _is_utf8(content):
        content = content.decode("cp1252", errors="replace").encode()
        notes = ("read as Windows-1252, because it is not UTF-8",)
    if b"\n" not in content:  # as old Macs ended their lines
        content = content.replace(b"\r", b"\n")
    return content, notes


def _is_utf8(content: bytes) -> bool:
    """Return whether the bytes are UTF-8, a chunk at a time: a text of them would be large."""
    if content.isascii():
        return True
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    view = memoryview(content)
    try:
        for start in range(0, len(content), _CHUNK):
            decoder.decode(view[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
