"""Policies as text, written by the program and read along the road of every policy."""

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from features.policy import Policy, parse_policy


def policy_of(
    name: str,
    deals: Mapping[str, Any],
    fields: Mapping[str, Mapping[str, Any]],
    criteria: Iterable[Mapping[str, Any]] = (),
) -> Policy:
    """Return the policy of a company of the benchmark; nothing in it is decided by points."""
    return written(
        {
            "policy": name,
            "title": {"en": name, "fr": name},
            "deals": dict(deals),
            "fields": {field: dict(one) for field, one in fields.items()},
            "criteria": [dict(one) for one in criteria],
            "decision": {"go_at": {"p_win": 0.5, "points": 0}},
        }
    )


def written(data: Mapping[str, Any]) -> Policy:
    """Return the policy that some data make, once written down and read."""
    text = yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False)
    return parse_policy(text.encode(), f"{data['policy']}.yaml")


def number(column: str | None = None) -> dict[str, Any]:
    """Return a plain field of numbers."""
    return {"type": "number"} | ({} if column is None else {"column": column})


def category(column: str | None = None, **more: Any) -> dict[str, Any]:
    """Return a plain field of answers, whatever they are."""
    return {"type": "category"} | ({} if column is None else {"column": column}) | more


def boolean(column: str | None = None) -> dict[str, Any]:
    """Return a plain field of yes and no."""
    return {"type": "boolean"} | ({} if column is None else {"column": column})
