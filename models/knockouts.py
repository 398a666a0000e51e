"""Knockouts: what a company decided in advance not to do, judged three-valued.

All that apply are collected, in the policy's order: a deal may be indigestible for several
reasons, and people want to hear them all at once.
"""

from dataclasses import dataclass
from enum import StrEnum

from features.conditions import DealFacts, Facts, deciding_facts, missing_facts
from features.deal import Deal
from features.kleene import Mask, Truth
from features.policy import Knockout, Policy


class KnockoutState(StrEnum):
    """Whether a knockout applies to a deal."""

    FIRED = "fired"
    CLEAR = "clear"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnockoutVerdict:
    """One knockout on one deal, with the facts that decided it or that it still needs."""

    knockout: Knockout
    state: KnockoutState
    decided_by: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicyVerdict:
    """What all knockouts say together: masks for one deal (bool) or a column (array).

    ``refused``
        some knockout says no-go, or counts its unknown facts as one;
    ``open``
        some knockout must still be found out, and could change the answer;
    ``conditional``
        some knockout allows the deal only under a condition.
    """

    refused: Mask
    open: Mask
    conditional: Mask


def judge_knockouts(policy: Policy, deal: Deal) -> tuple[KnockoutVerdict, ...]:
    """Return every knockout's verdict on one deal, in the policy's order."""
    facts = DealFacts(deal.facts)
    return tuple(_verdict(knockout, facts) for knockout in policy.knockouts)


def _verdict(knockout: Knockout, facts: DealFacts) -> KnockoutVerdict:
    truth = knockout.when.truth(facts)
    state = (
        KnockoutState.FIRED
        if truth.true
        else KnockoutState.CLEAR
        if truth.false
        else KnockoutState.UNKNOWN
    )
    return KnockoutVerdict(
        knockout=knockout,
        state=state,
        decided_by=tuple(sorted(deciding_facts(knockout.when, facts))),
        needs=tuple(sorted(missing_facts(knockout.when, facts))),
    )


def judge_policy(policy: Policy, facts: Facts, nobody: Mask) -> PolicyVerdict:
    """Return what the knockouts say together; ``nobody`` is a mask that is false everywhere."""
    refused = conditional = open_ = nobody
    for knockout in policy.knockouts:
        truth: Truth = knockout.when.truth(facts)
        if knockout.refuses:
            refused = refused | truth.true
        else:
            conditional = conditional | truth.true
        if knockout.on_unknown == "no_go":
            refused = refused | truth.unknown
        elif knockout.on_unknown == "find_out":
            open_ = open_ | truth.unknown
    return PolicyVerdict(refused, open_, conditional)
