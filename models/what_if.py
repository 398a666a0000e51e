"""The same answer for changed facts: what would be said of the deal. Nothing is written down."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from features.deal import Deal, Fact
from models.decision import Decision
from models.qualifier import Qualifier


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """The answer about a deal as it is, and about the same deal with some facts changed.

    ``deal`` is the one as it is, ``other`` the one with the changes; ``changed`` names the facts
    that differ.
    """

    before: Decision
    after: Decision
    changed: tuple[str, ...]
    deal: Deal
    other: Deal


def what_if(qualifier: Qualifier, deal: Deal, changes: Mapping[str, Fact | None]) -> WhatIf:
    """Return both answers; a change to None makes the fact unknown.

    Raises
    ------
    KeyError
        When a change is of a fact that the policy does not ask for.
    """
    strangers = sorted(set(changes) - set(qualifier.policy.asked))
    if strangers:
        raise KeyError(f"the policy asks for no {', '.join(strangers)}")
    other = changed_deal(deal, changes)
    before, after = qualifier.decide([deal, other])
    return WhatIf(
        before=before,
        after=after,
        changed=tuple(name for name in changes if deal.facts.get(name) != other.facts.get(name)),
        deal=deal,
        other=other,
    )


def changed_deal(deal: Deal, changes: Mapping[str, Fact | None]) -> Deal:
    """Return a deal with some facts changed; one that is changed has not expired any more.

    >>> from datetime import date
    >>> deal = Deal(as_of=date(2026, 1, 5), facts={"budget": True, "size": 3.0})
    >>> dict(changed_deal(deal, {"budget": None, "size": 4.0}).facts)
    {'size': 4.0}
    """
    facts = {**deal.facts, **changes}
    known = {name: fact for name, fact in facts.items() if fact is not None}
    expired = tuple(name for name in deal.expired if name not in changes)
    return replace(deal, facts=known, expired=expired)
