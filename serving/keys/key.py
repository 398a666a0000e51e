"""One API key: a random secret that is shown once, and what is kept of it."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from serving.keys.principal import Principal, Scope

PREFIX = "qf"
ID_BYTES, SECRET_BYTES = 6, 32
_TOKEN = re.compile(rf"{PREFIX}_([0-9a-f]{{{2 * ID_BYTES}}})_([0-9a-f]{{{2 * SECRET_BYTES}}})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What is kept of a key; ``digest`` is the SHA-256 of its secret, in hex.

    Moments are in UTC. A secret of 256 random bits cannot be guessed, so a plain hash is enough:
    slow ones are for passwords.
    """

    id: str
    name: str
    scopes: frozenset[Scope]
    digest: str
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

    @property
    def principal(self) -> Principal:
        """Who asks with this key."""
        return Principal(self.id, self.scopes)

    def is_live(self, now: datetime) -> bool:
        """Return whether the key may be used at a moment."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)

    def opens_with(self, secret: str) -> bool:
        """Return whether a secret is that of the key; takes as long whatever is wrong."""
        return hmac.compare_digest(self.digest, digest_of(secret))

    def to_data(self) -> dict[str, Any]:
        """Return the key as plain data, for its file; the secret is not in it."""
        return {
            "id": self.id,
            "name": self.name,
            "scopes": sorted(self.scopes),
            "sha256": self.digest,
            "created_at": self.created_at.isoformat(),
            "expires_at": self.expires_at.isoformat() if self.expires_at else None,
            "revoked_at": self.revoked_at.isoformat() if self.revoked_at else None,
        }

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> "Key":
        """Return the key that a file holds.

        Raises
        ------
        KeyError, TypeError, ValueError
            When the data are not those of a key.
        """
        digest = str(data["sha256"])
        if not re.fullmatch("[0-9a-f]{64}", digest):
            raise ValueError("the hash of a key is not a SHA-256")
        created_at = _moment(data["created_at"])
        if created_at is None:
            raise ValueError("a key does not say when it was created")
        return Key(
            id=str(data["id"]),
            name=str(data["name"]),
            scopes=frozenset(map(Scope, data["scopes"])),
            digest=digest,
            created_at=created_at,
            expires_at=_moment(data["expires_at"]),
            revoked_at=_moment(data["revoked_at"]),
        )


def new_key(
    name: str, scopes: Iterable[Scope], *, now: datetime, expires_at: datetime | None = None
) -> tuple[Key, str]:
    """Return a new key, and its token: the only time that anybody sees it."""
    key_id, secret = secrets.token_hex(ID_BYTES), secrets.token_hex(SECRET_BYTES)
    key = Key(
        id=key_id,
        name=name,
        scopes=frozenset(scopes),
        digest=digest_of(secret),
        created_at=now,
        expires_at=expires_at,
    )
    return key, f"{PREFIX}_{key_id}_{secret}"


def parts_of(token: str) -> tuple[str, str] | None:
    """Return the id and the secret of a token, None where it is none.

    >>> parts_of("qf_" + "1" * 12 + "_" + "2" * 64)[0]
    '111111111111'
    >>> parts_of("qf_1_2") is None
    True
    """
    found = _TOKEN.fullmatch(token)
    return None if found is None else (found[1], found[2])


def digest_of(secret: str) -> str:
    """Return the SHA-256 of a secret, in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
