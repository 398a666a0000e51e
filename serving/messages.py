"""From the bytes of a request to facts, strictly, and the one shape of an error.

What an answer holds is said in docs/answer.md, and made in `reports.answer`.
"""

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from features.errors import Problem
from features.phrase import Phrase
from features.texts import Language

EXAMPLE = 'send the facts of one deal, like {"authority": "High"}'
PROBLEM_JSON = "application/problem+json"
BROKEN = (
    "Expecting value",
    "Expecting property name enclosed in double quotes",
    "Expecting ':' delimiter",
    "Expecting ',' delimiter",
    "Unterminated string starting at",
    "Invalid control character at",
    "Invalid \\escape",
    "Invalid \\uXXXX escape",
    "Extra data",
)
"""What Python's reader of JSON has to say; each has its French."""


class RequestError(Exception):
    """A request that cannot be answered, with its HTTP status and every problem in it."""

    def __init__(self, status: int, title: str, problems: Sequence[Problem] = ()) -> None:
        self.status, self.title, self.problems = status, title, tuple(problems)
        super().__init__(title)


def read_object(body: bytes) -> dict[str, Any]:
    """Return the JSON object of a request.

    Raises
    ------
    RequestError
        When the body is not one JSON object, or gives a fact twice.
    """
    if not body.strip():
        raise _unreadable("the body is empty", EXAMPLE)
    twice: list[str] = []
    data = _parsed(body, twice)
    if not isinstance(data, dict):
        raise _unreadable("the body is not a JSON object", EXAMPLE)
    _require_text(data)
    if twice:
        hint = "send each fact once"
        problems = [Problem(where=key[:60], what="is given twice", hint=hint) for key in twice]
        raise RequestError(422, "The facts cannot be used", problems)
    return data


def _require_text(data: dict[str, Any]) -> None:
    """Refuse halves of surrogate pairs: JSON may spell them, but no text can hold them."""
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise _unreadable("a text holds half of a surrogate pair", None) from None


def _parsed(body: bytes, twice: list[str]) -> object:
    """Return the JSON value, noting the keys that an object has more than once."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        counts = Counter(key for key, _ in pairs)
        twice.extend(sorted(key for key, count in counts.items() if count > 1))
        return dict(pairs)

    try:
        return json.loads(body.decode(), object_pairs_hook=once, parse_constant=_constant)
    except UnicodeDecodeError:
        raise _unreadable("the body is not UTF-8", None) from None
    except json.JSONDecodeError as error:
        raise _unreadable(broken_json(error), None) from None
    except (RecursionError, ValueError):
        what = "not readable as JSON: nested too deep, or a number too long"
        raise _unreadable(what, None) from None


def broken_json(error: json.JSONDecodeError) -> Phrase:
    """Return where a text stops being JSON, and why."""
    why = Phrase(error.msg) if error.msg in BROKEN else Phrase("something else is expected")
    template = "not readable as JSON at line {line}, column {column}: {why}"
    return Phrase(template, line=error.lineno, column=error.colno, why=why)


def _constant(word: str) -> float:
    """Let NaN and the infinities through, so that the field can name its own problem."""
    return {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}[word]


def _unreadable(what: str, hint: str | None) -> RequestError:
    problems = [Problem(where="body", what=what, hint=hint)]
    return RequestError(400, "The request is not readable", problems)


def problem_body(status: int, title: str, problems: Sequence[Problem] = ()) -> dict[str, Any]:
    """Return an error as RFC 9457 problem details, with every problem, its field and a hint."""
    return {
        "type": "about:blank",
        "title": title,
        "status": status,
        "problems": [
            {"field": problem.where, "message": problem.what, "hint": problem.hint}
            for problem in problems
        ],
    }


def preferred_language(headers: Mapping[str, str]) -> Language:
    """Return "fr" where the reader asks for French before English, else "en".

    >>> preferred_language({"accept-language": "fr-CA, en;q=0.5"})
    'fr'
    """
    wanted: list[tuple[float, int, str]] = []
    for place, part in enumerate(headers.get("accept-language", "").split(",")[:20]):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        wanted.append((-weight, place, tag.strip()[:2].lower()))
    known = [tag for _, _, tag in sorted(wanted) if tag in {"en", "fr"}]
    return "fr" if known[:1] == ["fr"] else "en"
