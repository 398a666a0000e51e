"""How much the edge lets through, as the environment says it, read once at start-up."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields

from features.errors import InputError, Problem, printable

PREFIX = "QUALIFOX_"
MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeSettings:
    """Limits of the edge; each is read from ``QUALIFOX_`` and its name in capitals.

    Bytes and seconds; ``requests_per_second`` and ``burst`` are of one key in one worker, and 0
    requests a second is no limit. ``loopback_without_key`` lets this machine ask without a key
    while there has never been one; ``listens_on`` is the address that the service is bound to.
    """

    largest_body: int = MEBIBYTE
    largest_batch: int = 32 * MEBIBYTE
    deepest_json: int = 64
    time_limit: float = 30.0
    slow_time_limit: float = 300.0
    requests_per_second: float = 500.0
    burst: float = 1000.0
    loopback_without_key: bool = True
    listens_on: str = "127.0.0.1"

    @staticmethod
    def of(environment: Mapping[str, str]) -> "EdgeSettings":
        """Return the settings that an environment holds.

        Raises
        ------
        InputError
            With every setting that cannot be read.

        Examples
        --------
        >>> EdgeSettings.of({"QUALIFOX_LARGEST_BODY": "2048"}).largest_body
        2048
        """
        read: dict[str, int | float | bool | str] = {}
        problems = []
        for field in fields(EdgeSettings):
            name = PREFIX + field.name.upper()
            if not (text := environment.get(name, "").strip()):
                continue
            try:
                read[field.name] = _read(text, field.default)
            except ValueError as error:
                what = f"'{printable(text)}' cannot be read"
                problems.append(Problem(where=name, what=what, hint=str(error)))
        if problems:
            raise InputError(problems)
        return EdgeSettings(**read)  # type: ignore[arg-type]


def _read(text: str, default: object) -> int | float | bool | str:
    """Return a text as what the default is; bool before int, since a bool is one."""
    if isinstance(default, bool):
        if text.lower() not in {"yes", "no", "true", "false", "1", "0"}:
            raise ValueError("yes or no")
        return text.lower() in {"yes", "true", "1"}
    if isinstance(default, int):
        if not text.isascii() or not text.isdigit() or not int(text):
            raise ValueError("a whole number above 0")
        return int(text)
    if isinstance(default, float):
        return _amount(text)
    return text


def _amount(text: str) -> float:
    hint = "a number, 0 or more"
    try:
        amount = float(text)
    except ValueError:
        raise ValueError(hint) from None
    if not 0 <= amount < math.inf:
        raise ValueError(hint)
    return amount
