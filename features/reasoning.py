"""What is proven of conditions: that no deal meets one, or every deal, or that it implies another.

Exact for the facts that somebody gives: every combination of the answers worth trying
(:mod:`features.domains`) is looked at, branch by branch, and a branch ends where the facts
known so far settle the condition. Where that would take too long, nothing is proven, and nothing
is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from math import prod

from features.conditions import All, AnyOf, Condition, Known, Not, missing_facts
from features.domains import Domains, domains_of
from features.fields import PolicyField

MOST_STEPS = 10_000
"""Partial deals looked at before giving up; two rules over four fields take a few dozen."""


@dataclass(slots=True)
class Reasoning:
    """Proofs about conditions on the fields of one policy; each is looked for once.

    >>> from features.conditions import Comparison
    >>> from features.fields import NumberField
    >>> reasoning = Reasoning({"size": NumberField(type="number", min=0)})
    >>> reasoning.implies(Comparison("size", "above", 5.0), Comparison("size", "at_least", 2.0))
    True
    >>> reasoning.is_impossible(Comparison("size", "below", 0.0))
    True
    """

    fields: Mapping[str, PolicyField]
    most_steps: int = MOST_STEPS
    _found: dict[Condition, bool | None] = field(default_factory=dict, repr=False)

    def can_hold(self, condition: Condition) -> bool | None:
        """Return whether some deal meets a condition; None where that takes too long to see."""
        if condition not in self._found:
            self._found[condition] = self._searched(condition)
        return self._found[condition]

    def is_impossible(self, condition: Condition) -> bool:
        """Return whether it is proven that no deal can meet a condition."""
        return self.can_hold(condition) is False

    def is_certain(self, condition: Condition) -> bool:
        """Return whether it is proven that every deal meets it, once its facts are known."""
        return self.is_impossible(Not(condition))

    def implies(self, one: Condition, other: Condition) -> bool:
        """Return whether it is proven that every deal which meets one meets the other."""
        return self.is_impossible(All((one, Not(other))))

    def are_equal(self, one: Condition, other: Condition) -> bool:
        """Return whether it is proven that the same deals meet both."""
        return one == other or (self.implies(one, other) and self.implies(other, one))

    def settles(self, one: Condition, other: Condition) -> bool:
        """Return whether it is proven that one holds only where the other is known to hold.

        That is more than :meth:`implies`, which looks at deals of which everything is known: here
        every fact may be unknown too, and one may not wait for facts where the other says no.
        """
        whole = All((one, other))
        domains = domains_of(whole, self.fields)
        if prod(len(facts) + 1 for facts in domains.values()) > self.most_steps:
            return False
        for facts in product(*((None, *domain) for domain in domains.values())):
            known = {
                name: fact for name, fact in zip(domains, facts, strict=True) if fact is not None
            }
            first, second = one.holds(known), other.holds(known)
            if (first and not second) or (first is None and second is False):
                return False
        return True

    def cover_all(self, conditions: tuple[Condition, ...]) -> bool:
        """Return whether it is proven that every deal meets one of the conditions."""
        return bool(conditions) and self.is_certain(AnyOf(conditions))

    def _searched(self, condition: Condition) -> bool | None:
        domains = domains_of(condition, self.fields)
        if not all(domains.values()):  # a field whose range is empty has its own finding
            return None
        try:
            return _Search(condition, domains, self.most_steps).finds({})
        except _TooLongError:
            return None


class _TooLongError(Exception):
    """The search has taken its steps."""


@dataclass(slots=True)
class _Search:
    condition: Condition
    domains: Domains
    steps: int

    def finds(self, known: Known) -> bool:
        """Return whether some deal with these facts meets the condition."""
        self.steps -= 1
        if self.steps < 0:
            raise _TooLongError
        holds = self.condition.holds(known)
        if holds is not None:
            return holds
        open_ = missing_facts(self.condition, known)
        name = min(open_, key=lambda one: (len(self.domains[one]), one))
        return any(self.finds({**known, name: fact}) for fact in self.domains[name])
