"""The error for a source that cannot be read, in one line."""

from features.errors import DealsError, Problem


def refusal(where: str, what: str, hint: str | None = None, line: int | None = None) -> DealsError:
    """Return the error for one thing that is wrong with a source.

    >>> str(refusal("deals.csv", "the file is empty", line=1))
    'deals.csv:1: the file is empty'
    """
    place = where if line is None else f"{where}:{line}"
    return DealsError([Problem(where=place, what=what, hint=hint)])
