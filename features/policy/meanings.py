"""What a change of a policy means for deals: whether more are refused, fewer, or simply others.

Where one condition surely holds only where the other does, the direction is known; where nobody
can tell, it is said to be "others".
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal, TypeAlias

from features.conditions import Condition
from features.policy.changes import Change
from features.policy.knockouts import Knockout
from features.policy.policy import Policy
from features.reasoning import Reasoning

Meaning: TypeAlias = Literal[
    "refuses_more", "refuses_fewer", "refuses_others", "conditions", "fewer_go", "more_go",
    "points", "money", "asks", "grades", "files", "words",
]  # fmt: skip

_WORDS_ONLY: Mapping[str, frozenset[str]] = {
    "fields": frozenset({"label", "question"}),
    "segments": frozenset({"label"}),
    "criteria": frozenset({"label", "group"}),
    "knockouts": frozenset({"reason", "owner"}),
}
"""Settings by which no deal is decided otherwise."""

_OF_SECTION: Mapping[str, Meaning] = {
    "policy": "words",
    "groups": "words",
    "fields": "asks",
    "criteria": "points",
    "economics": "money",
    "deals": "files",
    "decision": "grades",
}


def meaning_of(change: Change, before: Policy, after: Policy) -> Meaning:
    """Return what a change between two policies means for deals."""
    if change.settings and set(change.settings) <= _WORDS_ONLY.get(change.section, frozenset()):
        return "words"
    if change.section == "knockouts":
        return _of_knockout(change, before, after)
    if change.section == "segments":
        return _of_segment(change.name, before, after)
    if change.section == "go_at":
        asks_more = change.before is None or (
            change.after is not None and change.after > change.before
        )
        return "fewer_go" if asks_more else "more_go"
    return _OF_SECTION[change.section]


def _of_knockout(change: Change, before: Policy, after: Policy) -> Meaning:
    old, new = (
        next((rule for rule in policy.knockouts if rule.id == change.name), None)
        for policy in (before, after)
    )
    if old is None or new is None:
        rule = old or new
        refuses = rule is not None and _may_refuse(rule)
        return _more(old is None) if refuses else "conditions"
    if not _may_refuse(old) and not _may_refuse(new):
        return "conditions"
    found = {_MEANINGS[name](old, new) for name in change.settings if name in _MEANINGS}
    if not _CONDITION.isdisjoint(change.settings):
        found.add(_by_condition(old.when, new.when, before, after))
    found.discard("words")
    if len(found) > 1:
        found.discard("asks")
    if not found:
        return "words"
    return found.pop() if len(found) == 1 else "refuses_others"


def _may_refuse(rule: Knockout) -> bool:
    return rule.refuses or rule.on_unknown == "no_go"


def _more(more: bool) -> Meaning:  # noqa: FBT001 (it is the question itself)
    return "refuses_more" if more else "refuses_fewer"


def _by_condition(old: Condition, new: Condition, before: Policy, after: Policy) -> Meaning:
    wider, narrower = (
        _implies(one, other, before, after) for one, other in ((old, new), (new, old))
    )
    if wider and narrower:
        return "words"
    return _more(wider) if wider or narrower else "refuses_others"


def _implies(one: Condition, other: Condition, before: Policy, after: Policy) -> bool:
    """Return whether one surely holds only where the other does, by the fields of both policies.

    Where a field has become another kind of question, nothing is proven.
    """
    kinds = [
        {name: type(policy.fields.get(name)) for name in one.fields() | other.fields()}
        for policy in (before, after)
    ]
    if any(
        kind is not now and type(None) not in {kind, now}
        for kind, now in zip(kinds[0].values(), kinds[1].values(), strict=True)
    ):
        return False
    sets = ({**after.fields, **before.fields}, {**before.fields, **after.fields})
    return all(Reasoning(fields).implies(one, other) for fields in sets)


def _by_effect(old: Knockout, new: Knockout) -> Meaning:
    return _more(new.refuses) if old.refuses is not new.refuses else "conditions"


def _by_unknown(old: Knockout, new: Knockout) -> Meaning:
    refused, refuses = (rule.on_unknown == "no_go" for rule in (old, new))
    return _more(refuses) if refused is not refuses else "asks"


def _by_days(old: Knockout, new: Knockout) -> Meaning:
    (start, until), (new_start, new_until) = _days(old), _days(new)
    if new_start <= start and until <= new_until:
        return "refuses_more"
    return "refuses_fewer" if start <= new_start and new_until <= until else "refuses_others"


def _days(rule: Knockout) -> tuple[date, date]:
    period = rule.in_effect
    start, until = (None, None) if period is None else (period.start, period.until)
    return start or date.min, until or date.max


def _by_waiver(old: Knockout, new: Knockout) -> Meaning:
    if old.waiver is None or new.waiver is None:
        return _more(new.waiver is None)
    people, now = set(old.waiver.by), set(new.waiver.by)
    if people <= now and old.waiver.days <= new.waiver.days:
        return "refuses_fewer"
    stricter = now <= people and new.waiver.days <= old.waiver.days
    return "refuses_more" if stricter else "refuses_others"


def _by_tests(_old: Knockout, new: Knockout) -> Meaning:
    return _more(not new.testable)


_CONDITION = frozenset({"when", "applies_to"})
_MEANINGS: Mapping[str, Callable[[Knockout, Knockout], Meaning]] = {
    "then": _by_effect,
    "on_unknown": _by_unknown,
    "in_effect": _by_days,
    "waiver": _by_waiver,
    "testable": _by_tests,
}


def _of_segment(name: str, before: Policy, after: Policy) -> Meaning:
    """Return what another segment means for the knockouts that apply to it."""
    rules = [
        rule for policy in (before, after) for rule in policy.knockouts if name in rule.applies_to
    ]
    if not rules:
        return "words"
    if not any(_may_refuse(rule) for rule in rules):
        return "conditions"
    old, new = before.segments.get(name), after.segments.get(name)
    if old is None or new is None:
        return "words"  # the knockouts that name it are told by themselves
    return _by_condition(old.when, new.when, before, after)
