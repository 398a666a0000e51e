"""Why something could not be kept, in the statuses of HTTP.

::

    RequestError
    ├── OverloadedError       503: too much waits to be written
    ├── UnavailableError      503: the database did not take it in time
    ├── UnreadableError       503: the database does not say what is kept
    ├── KeyUsedTwiceError     409: another request had the same idempotency key
    └── RecordRefusedError    500: the database will never take this record
"""

from features.errors import Problem, QualifoxError
from serving.messages import RequestError

AGAIN_AFTER_S = 2


class LogError(QualifoxError):
    """The decision log cannot be opened as it is."""


class LaterError(RequestError):
    """Ask again in a while; nothing was answered, and with the same key nothing counts twice."""

    title = "The decision cannot be kept now, so it is not answered"

    def __init__(self, what: str) -> None:
        hint = "send the same request again, with the same Idempotency-Key"
        problem = Problem(where="decision log", what=what, hint=hint)
        super().__init__(503, self.title, [problem])
        self.headers = {"retry-after": str(AGAIN_AFTER_S)}


class OverloadedError(LaterError):
    """As much as may wait to be written waits already."""

    def __init__(self) -> None:
        super().__init__("too many decisions wait to be written")


class UnavailableError(LaterError):
    """The database did not take the record in time."""

    def __init__(self) -> None:
        super().__init__("the database did not answer in time")


class UnreadableError(LaterError):
    """The database does not say what is kept."""

    title = "The decision log cannot be read now"

    def __init__(self) -> None:
        super().__init__("the database did not answer")


class KeyUsedTwiceError(RequestError):
    """An idempotency key was used for another request before."""

    def __init__(self) -> None:
        what = "was sent before, with another request"
        hint = "take a new key for a new request; repeat the request as it was for the same answer"
        problem = Problem(where="idempotency-key", what=what, hint=hint)
        super().__init__(409, "The idempotency key belongs to another request", [problem])


class RecordRefusedError(RequestError):
    """The database will not take the record, however often it is asked."""

    def __init__(self) -> None:
        super().__init__(500, "The decision could not be kept, so it is not answered")
