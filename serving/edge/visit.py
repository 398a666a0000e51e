"""What is known of one request while it is answered."""

from dataclasses import dataclass

NOWHERE = "unmatched"
"""The route of a request to a path that there is not."""
WENT_AWAY = 499
"""The status of a request whose client went away before the answer."""
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

    @staticmethod
    def of(request_id: str, method: str) -> "Visit":
        """Return the visit of a request that begins; a method that nobody knows has no name.

        >>> Visit.of("r1", "BREW").method
        'OTHER'
        """
        return Visit(request_id=request_id, method=method if method in METHODS else "OTHER")
