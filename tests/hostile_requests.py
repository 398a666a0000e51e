"""Requests that nobody sends on purpose, made from the OpenAPI document and then spoilt.

Half of what is sent is what the document describes, so that routes are reached; the rest is
hostile: numbers without end, halves of surrogate pairs, keys given twice, NULs, depth, wrong
bytes, wrong types, wrong paths, and now and then 20 MB.
"""

import json
import random
import string
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import unquote

HUGE = 20 << 20
JUNK = (b"\x00", b"\xff", b"\xed\xa0\x80", b"{", b"]", b'"', b"\\", b",", b"\xf0\x9f")
METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "BREW")


class Raw(str):
    """JSON text that stands for itself, whether or not it is JSON."""

    __slots__ = ()


HOSTILE = tuple(
    map(
        Raw,
        (
            "NaN",
            "Infinity", "-Infinity", "1e400", "-1e400", "1e-400", "-0", "9" * 400, "9" * 5000,
            "-" + "9" * 5000, "1." + "3" * 2000, "true", "null", '""', '"\\u0000"', '"a\\u0000b"',
            '"\\ud800"', '"\\udfff\\ud800"', '"\\ud83d\\ude00"', '"\\u202egnirts"', '"2026-02-30"',
            '"9999-12-31"', '"0001-01-01"', '"-0001-01-01"', '"' + "x" * 10_000 + '"', "[]", "{}",
            "[[[[]]]]", "[" * 70 + "]" * 70, "[" * 5000,
            '{"a":' * 60 + "1" + "}" * 60, "'x'", "undefined",
            "01", "+1", ".5", "1.", "0x10", '"\\x"', '"\t"', '"\u2028"', '{"value": null}',
            '{"value": 1e400, "observed_on": "2026-01-05"}', '{"value": 3, "observed_on": 7}',
            '{"not_applicable": true}', '{"not_applicable": 1}', '{"value": {"value": 1}}',
            '{"__proto__": {"a": 1}}', "10000000000000000", "2147483648", "1e308", "0.1e-9",
        ),
    )
)  # fmt: skip
HEADERS = (
    ("content-type", "text/csv"), ("content-type", ""),
    ("content-type", "multipart/form-data"),
    ("content-type", "application/json; charset=utf-16"), ("content-encoding", "gzip"),
    ("content-length", "-1"), ("content-length", "99999999999999999999"),
    ("content-length", "x"),
    ("idempotency-key", ""), ("idempotency-key", "x" * 300), ("idempotency-key", "\x00"),
    ("idempotency-key", "k1"), ("x-request-id", "a\nb"), ("x-request-id", "x" * 9000),
    ("x-request-id", "fine-request-id"), ("authorization", "Bearer \xff"), ("authorization", "B"),
    ("accept-language", ";q=," * 500), ("accept-language", "fr;q=nan"), ("accept-language", "fr"),
    ("accept", "text/html"), ("expect", "100-continue"), ("host", "evil.example"), ("host", ""),
    ("cookie", "a=" + "b" * 5000), ("transfer-encoding", "chunked"), ("x-forwarded-for",
    "1.2.3.4"),
)  # fmt: skip
PATHS = (
    "/v1/nothing", "/v1/score/", "//v1/score", "/v1/score%00", "/v1/score%0a", "/v1/../v1/score",
    "/v1/decisions/%2e%2e", "/v1/decisions/" + "x" * 5000, "/v1/decisions/%ff", "/docs.json",
    "/schema.json", "/static_content/x", "/v1/decisions/17", "/%", "*", "/metrics/",
    "/favicon.ico",
)  # fmt: skip
QUERIES = (
    "as_of=2026-01-05", "as_of=tomorrow", "as_of=9999-12-31", "as_of=", "deal=%00", "deal=D-7",
    "deal=" + "x" * 300, "reasons=false", "reasons=2", "stream=true", "stream=true&reasons=false",
    "stream=", "a=b", "as_of=2026-01-05&as_of=2026-01-06", "deal=%ff", "&&&===", "%ud800=1",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One request, as a server hands it on."""

    method: str
    path: str
    query: bytes = b""
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    chunks: tuple[bytes, ...] = (b"",)


def facts_of(policy):
    """Return what each field of a policy may be told."""
    told = {
        "number": (0, 1, 12.5, 300_000, None),
        "boolean": (True, False, None),
        "date": ("2025-06-30", None),
    }
    return {
        name: (*(getattr(one, "values", None) or told.get(one.kind, ("some", None))), None)
        for name, one in policy.asked.items()
    }


class HostileRequests:
    """Makes requests from a document, the same ones for the same seed.

    ``facts`` says for each field what it may be told; ``paths`` are asked, by default all.
    """

    def __init__(self, document, facts, seed, paths=None):
        self.schemas = document["components"]["schemas"]
        self.operations = [
            (method.upper(), path, operation)
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
            if paths is None or path in paths
        ]
        self.facts, self.rng = facts, random.Random(seed)

    def one(self):
        """Return the next request."""
        rng = self.rng
        method, path, operation = rng.choice(self.operations)
        body, path = self._body(operation), path.replace("{id}", f"{rng.getrandbits(64):x}")
        headers = {"host": "127.0.0.1:3000", "content-type": "application/json"}
        for spoil in rng.sample(
            ("method", "path", "header", "bytes"), rng.choice((0, 0, 0, 1, 2))
        ):
            method = rng.choice(METHODS) if spoil == "method" else method
            path = rng.choice(PATHS) if spoil == "path" else path
            if spoil == "header":
                headers |= [rng.choice(HEADERS)]
            if spoil == "bytes":
                body = self._spoilt(body)
        encoded = [(k.encode(), v.encode("latin-1")) for k, v in headers.items()]
        query = rng.choice(QUERIES) if rng.random() < 0.3 else ""
        return Asked(
            method=method, path=unquote(path, errors="replace"), query=query.encode(),
            headers=encoded, chunks=self._chunks(body),
        )  # fmt: skip

    def huge(self, kind):
        """Return a request of 20 MB, of some kind."""
        kinds = {
            "spaces": b" " * HUGE,
            "open": b"[" * HUGE,
            "text": b'{"deals": ["' + b"x" * HUGE + b'"]}',
            "objects": b'{"deals": [' + b"{}," * (HUGE // 3) + b"{}]}",
            "quotes": b'"\\\\\\"' * (HUGE // 5),
            "keys": b"{" + b'"a":1,' * (HUGE // 6) + b'"a":1}',
        }
        headers = [(b"host", b"127.0.0.1:3000"), (b"content-type", b"application/json")]
        body, size = kinds[kind], 1 << 16
        chunks = tuple(body[at : at + size] for at in range(0, len(body), size))
        return Asked(
            "POST", self.rng.choice(("/v1/score", "/v1/score/batch")), b"", headers, chunks
        )

    def _body(self, operation):
        if "requestBody" not in operation:
            return self.rng.choice((b"", b"", b"{}", b"x" * 100))
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        return self._text(self._value(schema, 0)).encode("utf-8", "surrogatepass")

    def _value(self, schema, depth):
        """Return a value of a schema, or now and then one that is not."""
        rng = self.rng
        if rng.random() < 0.015:
            return rng.choice(HOSTILE)
        if "$ref" in schema:
            return self._value(self.schemas[schema["$ref"].rpartition("/")[2]], depth)
        if "anyOf" in schema:
            return self._value(rng.choice(schema["anyOf"]), depth)
        return rng.choice(schema["enum"]) if "enum" in schema else self._typed(schema, depth)

    def _typed(self, schema, depth):
        rng = self.rng
        kind = schema.get("type", "null")
        kind = rng.choice(kind) if isinstance(kind, list) else kind
        if kind == "object":
            return self._object(schema, depth)
        if kind == "array":
            n = rng.randint(schema.get("minItems", 0), 4)
            return [self._value(schema["items"], depth + 1) for _ in range(n)]
        return self._scalar(kind, schema)

    def _object(self, schema, depth):
        rng, found = self.rng, {}
        required = schema.get("required", ())
        for name, inner in schema.get("properties", {}).items():
            if name in required or rng.random() < 0.4:
                found[name] = self._value(inner, depth + 1)
        more = schema.get("additionalProperties")
        if isinstance(more, dict):
            for name in rng.sample(list(self.facts), min(len(self.facts), rng.randint(0, 5))):
                found[name] = (
                    rng.choice(self.facts[name])
                    if rng.random() < 0.9
                    else self._value(more, depth + 1)
                )
        if rng.random() < 0.02:
            found[rng.choice(("nobody", "", "\x00", "\ud800", "facts", "a" * 500))] = 1
        return found

    def _scalar(self, kind, schema):
        rng = self.rng
        if kind == "integer":
            return rng.randint(schema.get("minimum", -5), 50)
        if kind == "number":
            return rng.choice((rng.randint(0, 500), rng.uniform(0, 1e6), -1, 0.1))
        if kind == "boolean":
            return rng.random() < 0.5
        if kind == "string":
            if schema.get("format") == "date":
                return f"{rng.choice((2024, 2025, 2026, 9999))}-{rng.randint(1, 13):02}-01"
            return "".join(rng.choices(string.printable + "éœ\u2028😀\x00", k=rng.randint(0, 12)))
        return None

    def _text(self, value):
        """Return a value as JSON text; an object may have a key twice."""
        if isinstance(value, Raw):
            return str(value)
        if isinstance(value, list):
            return f"[{', '.join(map(self._text, value))}]"
        if not isinstance(value, dict):
            return json.dumps(value, ensure_ascii=self.rng.random() < 0.5)
        pairs = [f"{json.dumps(name)}: {self._text(one)}" for name, one in value.items()]
        if pairs and self.rng.random() < 0.04:
            pairs.append(self.rng.choice(pairs))
        return f"{{{', '.join(pairs)}}}"

    def _spoilt(self, body):
        """Return a body with something wrong in its bytes."""
        rng = self.rng
        at = rng.randint(0, len(body))
        junk = rng.choice(
            (b"\x00", b"\xff", b"\xed\xa0\x80", b"{", b"]", b'"', b"\\", b",", b"\xf0\x9f")
        )
        return rng.choice(
            (
                body[:at], body[at:], body[:at] + junk + body[at:], body + body,
                b"\xef\xbb\xbf" + body, b"[" * rng.choice((100, 50_000)),
                body.decode("utf-8", "replace").encode("utf-16"), body[::-1],
                bytes(rng.getrandbits(8) for _ in range(rng.randint(1, 60))), b"/* x */" + body,
                b"",
            )
        )  # fmt: skip

    def _chunks(self, body):
        parts = self.rng.choice((1, 1, 1, 2, 5))
        cuts = sorted(self.rng.randint(0, len(body)) for _ in range(parts - 1))
        ends = [0, *cuts, len(body)]
        return tuple(body[a:b] for a, b in pairwise(ends))
