"""What a policy says, found out by walking what people wrote, with no code of the product."""

from datetime import date
from typing import Any

from features.deal import NOT_APPLICABLE, Fact
from tests.property.strategies import DAY, DAY_WORDS, RANKS, Data, Facts

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
