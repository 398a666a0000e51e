"""Who asks, and what they may do."""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What a key may do; no scope includes another.

    ``score`` asks about deals, ``read`` looks at what is kept, ``outcome`` tells how deals ended
    and who decided otherwise, ``admin`` changes the champion and what is kept.
    """

    SCORE = "score"
    READ = "read"
    OUTCOME = "outcome"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks: the id of a key, or None on loopback while there is no key.

    >>> Principal("1a2b", frozenset({Scope.READ})).may(Scope.ADMIN)
    False
    """

    key_id: str | None
    scopes: frozenset[Scope]

    def may(self, scope: Scope) -> bool:
        """Return whether a scope is among those of the key."""
        return scope in self.scopes


NOBODY = Principal(None, frozenset())
"""Asks what everybody may: whether the service lives."""
LOCAL = Principal(None, frozenset(Scope))
"""Asks on loopback while there is no key, and may do everything."""
