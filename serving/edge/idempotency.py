"""The header ``Idempotency-Key``: its syntax; `serving.decision_log` says what it does."""

from features.errors import Problem
from features.phrase import Phrase
from serving.edge.problem import RefusedError

HEADER = b"idempotency-key"
LONGEST = 200
_FIRST, _LAST = 0x21, 0x7E


def idempotency_key_of(headers: list[tuple[bytes, bytes]]) -> str | None:
    """Return the key of a request with these headers, None where it has none.

    Raises
    ------
    RefusedError
        400 where it is not one printable ASCII text of up to 200 characters.

    Examples
    --------
    >>> idempotency_key_of([(b"idempotency-key", b"crm-17")])
    'crm-17'
    """
    given = [value.strip(b" \t") for name, value in headers if name == HEADER]
    if not given:
        return None
    key = given[0]
    fine = all(_FIRST <= one <= _LAST or one == ord(" ") for one in key)
    if len(given) > 1 or not 0 < len(key) <= LONGEST or not fine:
        hint = Phrase("one printable ASCII text of up to {most} characters", most=LONGEST)
        problem = Problem(where="idempotency-key", what="is no key", hint=hint)
        raise RefusedError(400, "The request is not readable", [problem])
    return key.decode("ascii")
