"""The first line of a policy file, which tells editors where its JSON Schema is.

The rest of the file is kept byte for byte: it belongs to the people who wrote it.
"""

import re
from codecs import BOM_UTF8
from urllib.parse import quote

_LINE = re.compile(rb"#\s*yaml-language-server:\s*\$schema=[^\r\n]*(?=\r?\n|\r|\Z)")
_LINE_END = re.compile(rb"\r?\n|\r")


def with_schema_line(content: bytes, schema: str) -> bytes:
    r"""Return a policy file whose first line names a schema file beside it.

    A first line that names another one is replaced; the file's byte order mark and line ends stay.

    >>> with_schema_line(b"policy: a\n", "a.schema.json")
    b'# yaml-language-server: $schema=./a.schema.json\npolicy: a\n'
    >>> with_schema_line(_, "a.schema.json") == _
    True
    """
    mark = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
    rest = content[len(mark) :]
    line = f"# yaml-language-server: $schema=./{quote(schema)}".encode()
    found = _LINE.match(rest)
    if found is not None:
        return mark + line + rest[found.end() :]
    end = _LINE_END.search(rest)
    return mark + line + (end.group() if end else b"\n") + rest
