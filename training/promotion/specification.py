"""What a win model is made of, apart from the deals: what of a policy it sees, and the code."""

from collections.abc import Mapping
from typing import Any

from features.fingerprint import canonical_fingerprint
from features.policy import Policy
from reports.promotion import Rule

SEEN = ("deals", "fields", "criteria")
"""The sections that say what is learned; knockouts, money and thresholds are decided by people."""

ONLY_WORDS = frozenset({"label", "question", "help", "reason", "owner", "group", "cost"})


def specification_of(policy: Policy) -> str:
    """Return the fingerprint of all in a policy that a win model can depend on."""
    return canonical_fingerprint({name: _without_words(policy.data[name]) for name in SEEN})


def rule_of(
    policy: Policy, champion: Policy | None, *, same_code: bool, has_champion: bool
) -> Rule:
    """Return what a challenger has to show beside a champion.

    ``champion`` is the policy of the champion, None where it cannot be read.
    """
    if not has_champion:
        return Rule.FIRST
    if champion is None or not same_code:
        return Rule.CHANGE
    if policy.fingerprint == champion.fingerprint:
        return Rule.REFRESH
    same = specification_of(policy) == specification_of(champion)
    return Rule.RULES if same else Rule.CHANGE


def _without_words(data: Any) -> Any:
    """Return data without what only people read, in a form that can be hashed."""
    if isinstance(data, Mapping):
        rest = {str(k): _without_words(v) for k, v in data.items() if k not in ONLY_WORDS}
        return {name: value for name, value in rest.items() if value is not None}
    if isinstance(data, list | tuple):
        return [_without_words(one) for one in data]
    return data if isinstance(data, str | int | float | bool | None) else str(data)
