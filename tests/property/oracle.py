"""What a policy says, found out by walking what people wrote, with no code of the product."""

import math
from collections.abc import Iterator
from datetime import date
from typing import Any

from features.deal import NOT_APPLICABLE, Deal, Fact
from tests.property.strategies import (
    DAY,
    DAY_WORDS,
    OPEN_ANSWERS,
    OPTIONAL,
    RANKS,
    VALUES_OF,
    Data,
    Facts,
)

SIGNS = {"above": {1}, "at_least": {0, 1}, "below": {-1}, "at_most": {-1, 0}}


def holds(condition: Data, facts: Facts, as_of: date = DAY) -> bool | None:
    """Return whether a written condition holds, None when that is unknown."""
    return _holds(condition, with_derived(facts, as_of))


def with_derived(facts: Facts, as_of: date = DAY) -> dict[str, Fact]:
    """Return the facts with the ratio r1 = n1 / n4, and the days t1 from the decision to d2."""
    known = dict(facts)
    n1, n4, d2 = (facts.get(name) for name in ("n1", "n4", "d2"))
    if NOT_APPLICABLE in (n1, n4):
        known["r1"] = NOT_APPLICABLE
    elif isinstance(n1, float) and isinstance(n4, float) and n4:
        known["r1"] = n1 / n4
    if d2 is NOT_APPLICABLE:
        known["t1"] = NOT_APPLICABLE
    elif isinstance(d2, date):
        known["t1"] = float((d2 - as_of).days)
    return known


def knockout_truth(knockout: Data, policy: Data, deal: Deal) -> bool | None:
    """Return whether a written knockout applies, inside of its segments."""
    names = knockout.get("applies_to", [])
    conditions = [policy["segments"][name]["when"] for name in names]
    scope = some(holds(when, deal.facts, deal.as_of) for when in conditions) if names else True
    return every([scope, holds(knockout["when"], deal.facts, deal.as_of)])


def is_in_effect(knockout: Data, day: date) -> bool:
    """Return whether a written knockout counts on a day."""
    period = knockout.get("in_effect", {})
    return bool(period.get("from", "0") <= day.isoformat() <= period.get("until", "9"))


def is_waived(knockout: Data, deal: Deal) -> bool:
    """Return whether a written knockout is waived for a deal, by who may, and for not too long."""
    terms = knockout.get("waiver", {"by": [], "days": 0})
    return any(
        (one.knockout, one.by in terms["by"]) == (knockout["id"], True)
        and one.granted_on <= deal.as_of <= one.until
        and (one.until - one.granted_on).days <= terms["days"]
        for one in deal.waivers
    )


def worths(criterion: Data, deal: Deal) -> set[float]:
    """Return all that a written criterion may be worth, one number where it is decided.

    What an unknown answer may still bring is found out by trying all answers there could be.
    """
    name, otherwise = criterion.get("field"), criterion.get("otherwise", 0)
    if name is None:
        truth = holds(criterion["when"], deal.facts, deal.as_of)
        ways = {True: {criterion["points"]}, False: {otherwise}}
        return {criterion["points"], otherwise} if truth is None else ways[truth]
    known = with_derived(deal.facts, deal.as_of).get(name)
    answers = [*_possible_answers(name)] if known is None else [known]
    return {_worth_of(criterion, answer, otherwise) for answer in answers}


def _possible_answers(name: str) -> Iterator[Fact]:
    yield from {"c2": (*OPEN_ANSWERS, "Something else")}.get(name, VALUES_OF[name])
    if name in OPTIONAL:
        yield NOT_APPLICABLE
    if name[0] in "nrt":
        yield from (-1e9, -0.5, 0.25, 0.75, 1e9)


def _worth_of(criterion: Data, answer: Fact, otherwise: float) -> float:
    if answer is NOT_APPLICABLE:
        return otherwise
    if "values" in criterion:
        word = str(answer).lower() if isinstance(answer, bool) else answer
        return float(criterion["values"].get(word, otherwise))
    for band in criterion["bands"]:
        if answer < band.get("below", math.inf):
            return float(band["points"])
    return otherwise


def every(truths: Any) -> bool | None:
    """Return whether all of some truths hold."""
    answers = list(truths)
    if any(answer is False for answer in answers):
        return False
    return None if any(answer is None for answer in answers) else True


def opposite(truth: bool | None) -> bool | None:
    """Return the opposite of a truth."""
    return None if truth is None else not truth


def some(truths: Any) -> bool | None:
    """Return whether one of some truths holds."""
    return opposite(every(opposite(truth) for truth in truths))


def _holds(condition: Data, facts: Facts) -> bool | None:
    return every(_entry_holds(key, value, facts) for key, value in condition.items())


def _entry_holds(key: str, value: Any, facts: Facts) -> bool | None:
    if key == "not":
        return opposite(_holds(value, facts))
    if key == "all":
        return every(_holds(part, facts) for part in value)
    if key == "any":
        return some(_holds(part, facts) for part in value)
    if not isinstance(value, dict):
        return _is_among(key, value, facts)
    return every(_test_holds(key, test, limit, facts) for test, limit in value.items())


def _test_holds(name: str, test: str, limit: Any, facts: Facts) -> bool | None:
    if test in {"is", "not"}:
        among = _is_among(name, limit, facts)
        return among if test == "is" else opposite(among)
    left = facts.get(name)
    if test == "applies":
        return None if left is None else (left is not NOT_APPLICABLE) is limit
    right = facts.get(limit["field"]) if isinstance(limit, dict) else limit
    if left is None or right is None:
        return None
    if NOT_APPLICABLE in (left, right):
        return False
    left, right = _comparable(left), _comparable(right)
    return (left > right) - (left < right) in SIGNS[DAY_WORDS.get(test, test)]


def _comparable(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return RANKS.index(value) if value in RANKS else value


def _is_among(name: str, values: Any, facts: Facts) -> bool | None:
    known = facts.get(name)
    if known is None:
        return None
    shown = known.isoformat() if isinstance(known, date) else known
    return shown in (values if isinstance(values, list) else [values])
