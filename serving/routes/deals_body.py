"""Many deals in one body, each read by itself: what is wrong with one does not spoil the rest."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from features.deal import Deal
from features.errors import FactsError, Problem, printable
from features.phrase import Phrase
from features.policy import Policy
from serving.crm_record import Refused
from serving.envelope import deal_of
from serving.messages import RequestError, broken_json
from serving.routes.asked import MOST_PROBLEMS, only_keys

MOST_DEALS = 10_000
LONGEST_NUMBER = 400
"""Digits of a whole number; a floating one has 309 at most."""
EXAMPLE = 'send {"deals": [{"facts": {"authority": "High"}, "id": "D-1"}]}'
Problems = tuple[Problem, ...]


class Twice(dict[str, Any]):
    """An object in which keys were given twice; ``keys_twice`` names them."""

    keys_twice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DealsBody:
    """The deals of a body as JSON, and what stands beside them."""

    deals: Sequence[object]
    beside: Mapping[str, Any]

    def read(
        self, policy: Policy, query: Mapping[str, str], *, today: date
    ) -> list[Deal | Problems]:
        """Return each deal, or what is wrong with it."""
        return [_read(one, policy, query, today) for one in self.deals]


def read_deals(body: bytes, beside: Sequence[str] = ()) -> DealsBody:
    """Return the deals of a body.

    Raises
    ------
    RequestError
        400 for what is not JSON, 422 where there is no list of deals or something else beside it.
    """
    data = _parsed(body)
    known = ("deals", *beside)
    problems = only_keys(data, known) + _twice_in(data)
    deals = data.get("deals")
    if not isinstance(deals, list) or not 0 < len(deals) <= MOST_DEALS:
        what = Phrase("is not a list of 1 to {most:,} deals", most=MOST_DEALS)
        problems.append(Problem(where="deals", what=what, hint=EXAMPLE))
        deals = []
    if problems:
        raise RequestError(422, "The request cannot be used", problems[:MOST_PROBLEMS])
    return DealsBody(deals, {name: data[name] for name in beside if name in data})


def _read(value: object, policy: Policy, query: Mapping[str, str], today: date) -> Deal | Problems:
    if isinstance(value, Refused):
        return value.problems
    if not isinstance(value, dict):
        return (Problem(where="", what="is not an object", hint=EXAMPLE),)
    if problems := untold(value):
        return problems
    try:
        return deal_of(value, query, policy, today=today)
    except FactsError as error:
        return error.problems


def untold(value: Mapping[str, Any]) -> Problems:
    """Return what no deal may hold: a key twice, or half of a surrogate pair."""
    if twice := _all_twice(value):
        return tuple(twice)
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        what = "a text holds half of a surrogate pair"
        return (Problem(where="", what=what, hint=None),)
    return ()


def _all_twice(value: object) -> list[Problem]:
    """Return the keys given twice, at any depth; the edge has seen to it that there is an end."""
    if isinstance(value, list):
        return [problem for one in value for problem in _all_twice(one)]
    if isinstance(value, dict):
        inner = [problem for one in value.values() for problem in _all_twice(one)]
        return [*_twice_in(value), *inner]
    return []


def _twice_in(value: Mapping[str, Any]) -> list[Problem]:
    names = value.keys_twice if isinstance(value, Twice) else ()
    return [
        Problem(where=printable(name), what="is given twice", hint="send it once")
        for name in names
    ]


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    marked, seen = Twice(found), set()
    twice = []
    for name, _ in pairs:
        if name in seen:
            twice.append(name)
        seen.add(name)
    marked.keys_twice = tuple(dict.fromkeys(twice))
    return marked


def _constant(word: str) -> float:
    """Let NaN and the infinities through, so that the field can name its own problem."""
    return {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}[word]


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        text = body.decode()
        try:
            data = _loaded(text, int)
        except ValueError as error:
            if isinstance(error, json.JSONDecodeError):
                raise
            data = _loaded(text, _whole)  # some number is so long that Python does not read it
    except UnicodeDecodeError:
        raise _unreadable("the body is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise _unreadable(broken_json(error)) from None
    except RecursionError:
        raise _unreadable("not readable as JSON: nested too deep") from None
    if not isinstance(data, dict):
        raise _unreadable("the body is not a JSON object")
    return data


def _loaded(text: str, whole: Callable[[str], float]) -> Any:
    return json.loads(text, object_pairs_hook=_pairs, parse_constant=_constant, parse_int=whole)


def _whole(digits: str) -> float:
    """Return a whole number; one that no field could hold is infinite, and its field says so."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else math.inf


def _unreadable(what: str) -> RequestError:
    problems = [Problem(where="body", what=what, hint=EXAMPLE)]
    return RequestError(400, "The request is not readable", problems)
