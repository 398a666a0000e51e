"""Which way is better: what a policy says of single facts, for the win model to respect.

A field may say it itself (``better``). A criterion says it by its points, unless its direction is
``free``: by what it earns for each answer, or for numbers in rising bands. What a field says, or a
criterion with ``direction: as_points``, is firm; what the points of others say is expected, and
the past may contradict it. Only criteria that look
at one fact speak; where two contradict each other, neither is heard.
"""

from features.conditions import Comparison, Condition, IsOneOf
from features.fields import CategoryField, DateField, TextField
from features.matrix_column import Directions, Way
from features.policy.criteria import Criterion
from features.policy.policy import Policy

_SIGN = {"higher": 1, "lower": -1}


def directions_of(policy: Policy) -> Directions:
    """Return the signs that a policy gives, by field and level; 0 is left out."""
    said: dict[tuple[str, str | None], set[int]] = {}
    firm: set[tuple[str, str | None]] = set()
    for criterion in policy.criteria:
        if criterion.direction != "free":
            for key, sign in _said_by(criterion, policy).items():
                said.setdefault(key, set()).add(sign)
                firm |= {key} if criterion.direction == "as_points" else set()
    agreed = {
        key: Way(signs.pop(), firm=key in firm) for key, signs in said.items() if len(signs) == 1
    }
    of_fields = {
        (name, None): Way(_SIGN[str(field.better)], firm=True)
        for name, field in policy.fields.items()
        if not isinstance(field, DateField | TextField) and field.better is not None
    }
    return {key: way for key, way in (agreed | of_fields).items() if way.sign}


def _said_by(criterion: Criterion, policy: Policy) -> dict[tuple[str, str | None], int]:
    names = criterion.fields()
    if len(names) != 1:
        return {}
    (name,) = names
    field = policy.fields[name]
    if isinstance(field, CategoryField):
        if field.ordered and field.better is None:
            return {}
        return _of_answers(criterion, name)
    if field.type == "boolean":
        return _of_yes(criterion, name)
    return _of_bands(criterion, name)


def _of_answers(criterion: Criterion, name: str) -> dict[tuple[str, str | None], int]:
    """Return the sign of every answer that earns more, or less, than the rest does."""
    found: dict[tuple[str, str | None], int] = {}
    for case in criterion.cases:
        if not isinstance(case.when, IsOneOf):
            return {}
        others = [one.points for one in criterion.cases if one is not case]
        rest = [criterion.otherwise, *others]
        sign = (case.points >= max(rest)) - (case.points <= min(rest))
        found |= {(name, str(value)): sign for value in case.when.values}
    return found


def _of_yes(criterion: Criterion, name: str) -> dict[tuple[str, str | None], int]:
    points = {True: criterion.otherwise, False: criterion.otherwise}
    for case in criterion.cases:
        if not isinstance(case.when, IsOneOf):
            return {}
        points |= {bool(value): case.points for value in case.when.values}
    return {(name, None): (points[True] > points[False]) - (points[True] < points[False])}


def _of_bands(criterion: Criterion, name: str) -> dict[tuple[str, str | None], int]:
    """Return the sign of a number whose bands only rise or only fall.

    One threshold says nothing of the numbers on either side of it, so it gives no sign.
    """
    if len(criterion.cases) == 1 or any(_mixes(case.when) for case in criterion.cases):
        return {}
    points = [case.points for case in criterion.cases]
    points += [] if criterion.complete else [criterion.otherwise]
    rising, falling = points == sorted(points), points == sorted(points, reverse=True)
    return {(name, None): int(rising) - int(falling)}


def _mixes(condition: Condition) -> bool:
    """Return whether a condition is not a band of numbers."""
    return not isinstance(condition, Comparison) and not all(
        isinstance(part, Comparison) for part in condition.parts
    )
