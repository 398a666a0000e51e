"""Requests as bytes on a wire, and all the ways in which they can be framed badly."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

JSON = b"content-type: application/json\r\n"
HOST = b"host: 127.0.0.1\r\n"
WEBSOCKET = b"upgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-key: eA==\r\n"
GOOD = b'{"facts": {}}'


@dataclass(frozen=True, slots=True)
class Sent:
    """What is sent over one connection.

    ``pieces`` go out one by one, with ``pause`` seconds in between; then perhaps nothing more
    (``ends``: this side is shut). ``answers`` is how many answers may be asked for at least;
    where it is 0, an answer or the end of the connection will do.
    """

    name: str
    pieces: tuple[bytes, ...]
    pause: float = 0.0
    ends: bool = False
    answers: int = 0
    heads: tuple[bool, ...] = ()


Way = Callable[[Random, bytes], Sent]


def framed(method: bytes, target: bytes, headers: bytes, body: bytes) -> bytes:
    """Return a request whose length is what it says."""
    length = b"content-length: %d\r\n" % len(body)
    return b"%s %s HTTP/1.1\r\n%s%s\r\n%s" % (method, target, headers, length, body)


def score(body: bytes, more: bytes = b"") -> bytes:
    """Return a sound request to score."""
    return framed(b"POST", b"/v1/score", HOST + JSON + more, body)


def _head(headers: bytes, line: bytes = b"POST /v1/score HTTP/1.1") -> bytes:
    return line + b"\r\n" + HOST + JSON + headers + b"\r\n"


def pipelined(random: Random, body: bytes) -> Sent:
    n = random.randint(2, 8)
    return Sent(
        "pipelined", (b"".join(score(body) for _ in range(n)) + score(GOOD),), answers=n + 1
    )


def too_short(random: Random, body: bytes) -> Sent:
    """The rest of the body is what the server takes for the next request."""
    cut = random.randint(0, len(body))
    return Sent(
        "length too short", (_head(b"content-length: %d\r\n" % cut) + body + GOOD,), ends=True
    )


def too_long(random: Random, body: bytes) -> Sent:
    length = len(body) + random.randint(1, 10_000)
    head = _head(b"content-length: %d\r\n" % length)
    return Sent("length too long", (head + body,), ends=True)


def half(random: Random, body: bytes) -> Sent:
    whole = score(body)
    return Sent("half a request", (whole[: random.randint(0, len(whole))],), ends=True)


def chunked(random: Random, body: bytes) -> Sent:
    size = random.randint(1, 200)
    parts = [body[at : at + size] for at in range(0, len(body), size)][:500]
    told = b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in parts)
    ends = random.choice((b"0\r\n\r\n", b"0\r\nx-trailer: a\r\n\r\n", b"0;a=b\r\n\r\n"))
    return Sent("chunked", (_head(b"transfer-encoding: chunked\r\n") + told + ends,), answers=1)


def bad_chunks(random: Random, body: bytes) -> Sent:
    sizes = (b"zz", b"-1", b"ffffffffffffffffff", b"", b"7;" + b"a" * 9000, b" 7", b"0x7", b"\xb2")
    told = random.choice(sizes) + b"\r\n" + body[:7] + random.choice((b"\r\n", b"", b"\n"))
    told += b"0\r\n\r\n"
    return Sent("bad chunks", (_head(b"transfer-encoding: chunked\r\n") + told,), ends=True)


def two_lengths(random: Random, body: bytes) -> Sent:
    """What lets one request be read as two by a proxy in front."""
    headers = random.choice(
        (
            b"content-length: %d\r\ncontent-length: 3\r\n" % len(body),
            b"content-length: %d\r\ntransfer-encoding: chunked\r\n" % len(body),
            b"transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n",
            b"transfer-encoding: gzip, chunked\r\n", b"transfer-encoding: xchunked\r\n",
            b"content-length: +%d\r\n" % len(body), b"content-length: %d, 3\r\n" % len(body),
            b"content-length: 0x10\r\n", b"content-length: -1\r\n", b"content-length : 5\r\n",
            b"content-length: " + b"9" * 60 + b"\r\n", b"content-length: 1e3\r\n",
            b"content-length:\r\n", b"transfer-encoding : chunked\r\n",
        )
    )  # fmt: skip
    return Sent("two lengths", (_head(headers) + body + b"0\r\n\r\n" + GOOD,), ends=True)


def odd_headers(random: Random, body: bytes) -> Sent:
    header = random.choice(
        (
            b"x: " + b"a" * random.choice((9_000, 70_000, 300_000)) + b"\r\n",
            b"".join(b"x-%d: 1\r\n" % n for n in range(random.choice((200, 5_000)))),
            b"x-nul: a\x00b\r\n", b"x-high: \xff\xfe\r\n", b"x-fold: a\r\n b\r\n", b": empty\r\n",
            b"x-lf: a\nb: c\r\n", b"no colon\r\n", b"x y: 1\r\n", b"x-cr: a\rb\r\n",
            b"\x00: 1\r\n",
            b"x-request-id: a\xffb\r\n", b"authorization: Bearer \xe9\r\n",
            b"authorization: Bearer qf_0_0\r\nauthorization: Bearer qf_1_1\r\n",
            b"host: evil.example\r\n", b"expect: 100-continue\r\n", b"expect: 200-ok\r\n",
            WEBSOCKET + b"sec-websocket-version: 13\r\n", WEBSOCKET,
            b"upgrade: h2c\r\nconnection: upgrade\r\n",
            b"connection: close, keep-alive\r\n", b"connection: \xff\r\n",
            b"idempotency-key: \xff\r\n", b"idempotency-key: a\r\nidempotency-key: b\r\n",
            b"content-type: application/json\r\n" * 2, b"content-encoding: \xff\r\n",
            b"accept-language: " + b"fr," * 3000 + b"\r\n", b"cookie: " + b"=;" * 9000 + b"\r\n",
        )
    )  # fmt: skip
    return Sent("odd headers", (score(body, header) + score(GOOD),), ends=True)


def odd_line(random: Random, body: bytes) -> Sent:
    line = random.choice(
        (
            b"POST /v1/score HTTP/1.0", b"POST /v1/score HTTP/0.9", b"POST /v1/score HTTP/3.7",
            b"POST /v1/score", b"GET", b"", b"\x00\x01", b"POST  /v1/score  HTTP/1.1",
            b"POST http://127.0.0.1/v1/score HTTP/1.1", b"POST //evil/v1/score HTTP/1.1",
            b"POST http:// HTTP/1.1", b"POST http://[ HTTP/1.1", b"GET ? HTTP/1.1",
            b"CONNECT a:1 HTTP/1.1", b"OPTIONS * HTTP/1.1", b"TRACE / HTTP/1.1",
            b"BREW / HTTP/1.1",
            b"PRI * HTTP/2.0", b"post /v1/score HTTP/1.1", b"POST /v1/score\x00 HTTP/1.1",
            b"POST /v1/\xff\xfe HTTP/1.1", b"POST /%ff%fe%00 HTTP/1.1",
            b"POST /v1/score#a HTTP/1.1",
            b"POST /v1/score?%zz=%&=&& HTTP/1.1", b"POST /" + b"a" * 70_000 + b" HTTP/1.1",
            b"GET /v1/decisions?deal=" + b"%00" * 300 + b" HTTP/1.1",
            b"GET /v1/decisions/..%2f..%2fetc%2fpasswd HTTP/1.1",
            b"GET /../../etc/passwd HTTP/1.1",
            b"GET /v1/score?as_of=" + b"9" * 60_000 + b" HTTP/1.1",
            b"\x16\x03\x01\x02\x00\x01\x00",
            b"GET /v1/decisions?deal=\xff HTTP/1.1", b"GET /v1/decisions?deal=%ff%fe HTTP/1.1",
            b"HEAD /v1/policy HTTP/1.1", b"GET /\xe2\x80\xae HTTP/1.1",
            b"POST \t/v1/score HTTP/1.1",
        )
    )  # fmt: skip
    is_head = line.startswith(b"HEAD")
    sent = _head(b"content-length: %d\r\n" % len(body), line) + body
    return Sent("odd line", (sent,), ends=True, heads=(is_head,))


def junk(random: Random, body: bytes) -> Sent:
    del body
    return Sent("junk", (random.randbytes(random.randint(1, 2_000)),), ends=True)


def changed_bytes(random: Random, body: bytes) -> Sent:
    """One to five bytes of a sound request are others."""
    whole = bytearray(score(body))
    for _ in range(random.randint(1, 5)):
        whole[random.randrange(len(whole))] = random.randrange(256)
    return Sent("changed bytes", (bytes(whole),), ends=True)


def drops(random: Random, body: bytes) -> Sent:
    """One by one, with pauses: slow, but it comes."""
    whole = score(body[:400])
    size = max(1, len(whole) // random.randint(2, 8))
    pieces = tuple(whole[at : at + size] for at in range(0, len(whole), size))
    return Sent("drops", pieces, pause=0.01, answers=1)


def answered_while_sending(random: Random, body: bytes) -> Sent:
    """The guard refuses it by its headers, while the body is still on its way."""
    del body
    headers = HOST + b"content-type: text/plain\r\n"
    size = random.choice((1_000, 100_000, 2_000_000))
    sent = framed(b"POST", b"/v1/score", headers, b"x" * size) + score(GOOD)
    pieces = tuple(sent[at : at + 60_000] for at in range(0, len(sent), 60_000))
    return Sent("refused while it comes", pieces, answers=2)


WAYS: tuple[Way, ...] = (
    pipelined, too_short, too_long, half, chunked, bad_chunks, two_lengths, odd_headers, odd_line,
    junk, changed_bytes, drops, answered_while_sending,
)  # fmt: skip
