"""What is known of one request while it is answered."""

from collections.abc import Iterable
from dataclasses import dataclass

from features.texts import Language
from serving.messages import preferred_language

NOWHERE = "unmatched"
"""The route of a request to a path that there is not."""
WENT_AWAY = 499
"""The status of a request whose client went away before the answer."""
LANGUAGE = b"accept-language"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@dataclass(slots=True, kw_only=True)
class Visit:
    """One request: its id, its route as a template, who asks, and how it ended."""

    request_id: str
    method: str
    route: str = NOWHERE
    status: int = WENT_AWAY
    key_id: str | None = None
    body_bytes: int = 0
    is_reading: bool = False
    headers: Iterable[tuple[bytes, bytes]] = ()

    @property
    def language(self) -> Language:
        """What the reader asks for; only errors of the edge are told here, so it is read late."""
        wanted = [value.decode("latin-1") for name, value in self.headers if name == LANGUAGE]
        return preferred_language({"accept-language": ",".join(wanted)})

    @staticmethod
    def of(request_id: str, method: str, headers: Iterable[tuple[bytes, bytes]] = ()) -> "Visit":
        """Return the visit of a request that begins; a method that nobody knows has no name.

        >>> Visit.of("r1", "BREW").method
        'OTHER'
        """
        known = method if method in METHODS else "OTHER"
        return Visit(request_id=request_id, method=known, headers=headers)
