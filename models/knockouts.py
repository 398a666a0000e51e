"""Knockouts: what a company decided in advance not to do, judged three-valued.

All that apply are collected, in the policy's order: a deal may be indigestible for several
reasons, and people want to hear them all at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from features.conditions import Known
from features.deal import Deal
from features.kleene import Truth
from features.policy import Knockout, Policy
from features.table import DealTable, TableFacts

Mask = NDArray[np.bool_]


class KnockoutState(StrEnum):
    """Whether a knockout applies to a deal.

    ``clear``
        its facts are known and it does not apply;
    ``cannot_fire``
        some of its facts are unknown, but those that are known settle that it does not apply;
    ``unknown``
        it needs facts;
    ``waived``
        it would have fired or still might, and somebody who may has waived it for this deal.
    """

    FIRED = "fired"
    CLEAR = "clear"
    CANNOT_FIRE = "cannot_fire"
    UNKNOWN = "unknown"
    WAIVED = "waived"


class KnockoutVerdict(NamedTuple):
    """One knockout on one deal, with the facts that decided it or that it still needs."""

    knockout: Knockout
    state: KnockoutState
    decided_by: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicyVerdict:
    """What all knockouts say together, deal by deal; every mask has shape (n_deals,).

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


@dataclass(frozen=True, slots=True)
class KnockoutMasks:
    """What each knockout says of each deal; both masks have shape (n_knockouts, n_deals).

    ``fired`` where it applies, ``unknown`` where it needs facts; in both it is in effect on the
    deal's day and nobody has waived it.
    """

    fired: Mask
    unknown: Mask


def judge_knockouts(policy: Policy, deal: Deal) -> tuple[KnockoutVerdict, ...]:
    """Return the verdict of every knockout in effect on one deal, in the policy's order."""
    known = policy.known(deal)
    return tuple(
        _verdict(knockout, policy, deal, known) for knockout in policy.knockouts_on(deal.as_of)
    )


def _verdict(knockout: Knockout, policy: Policy, deal: Deal, known: Known) -> KnockoutVerdict:
    holds, names = knockout.when.explained(known)
    decided_by: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    if holds is not False and deal.waivers and knockout.is_waived(deal.waivers, deal.as_of):
        state = KnockoutState.WAIVED
    elif holds is None:
        state, needs = KnockoutState.UNKNOWN, policy.asked_for(names, deal.facts)
    elif holds:
        state = KnockoutState.FIRED
    elif known.keys() >= knockout.fields:
        state = KnockoutState.CLEAR
    else:
        state = KnockoutState.CANNOT_FIRE
    if holds is not None:
        decided_by = policy.decided_by(names, deal.facts)
    return KnockoutVerdict(knockout, state, decided_by, needs)


def judge_policy(policy: Policy, table: DealTable) -> PolicyVerdict:
    """Return what the knockouts say together of many deals."""
    verdict = PolicyVerdict(*(np.zeros(len(table), dtype=bool) for _ in range(3)))
    for rows, piece in table.pieces():
        _judge_piece(policy, piece, verdict, rows)
    return verdict


def _judge_piece(policy: Policy, piece: DealTable, verdict: PolicyVerdict, rows: slice) -> None:
    refused, open_, conditional = (
        mask[rows] for mask in (verdict.refused, verdict.open, verdict.conditional)
    )
    for knockout, truth, counts in _truths(policy, piece):
        mask = refused if knockout.refuses else conditional
        mask |= _counting(truth.true, counts)
        if knockout.on_unknown == "ignore":
            continue
        mask = refused if knockout.on_unknown == "no_go" else open_
        mask |= _counting(truth.unknown, counts)


def judge_each_knockout(policy: Policy, table: DealTable) -> KnockoutMasks:
    """Return what each knockout says of many deals, in the policy's order."""
    shape = len(policy.knockouts), len(table)
    masks = KnockoutMasks(np.empty(shape, dtype=bool), np.empty(shape, dtype=bool))
    for rows, piece in table.pieces():
        for place, (_, truth, counts) in enumerate(_truths(policy, piece)):
            masks.fired[place, rows] = _counting(truth.true, counts)
            masks.unknown[place, rows] = _counting(truth.unknown, counts)
    return masks


def _truths(policy: Policy, piece: DealTable) -> Iterator[tuple[Knockout, Truth, Mask | None]]:
    """Yield every knockout with where it holds, and where it counts (None: everywhere)."""
    columns = TableFacts(piece)
    for knockout in policy.knockouts:
        yield knockout, knockout.when.truth(columns), _where_it_counts(knockout, piece)


def _counting(mask: Mask, counts: Mask | None) -> Mask:
    return mask if counts is None else mask & counts


def _where_it_counts(knockout: Knockout, piece: DealTable) -> Mask | None:
    """Return the deals on whose day it is in effect and which have no waiver; None for all."""
    counts = None
    if knockout.in_effect is not None:
        period = knockout.in_effect
        counts = np.ones(len(piece), dtype=bool)
        if period.start is not None:
            counts &= piece.as_of >= np.datetime64(period.start)
        if period.until is not None:
            counts &= piece.as_of <= np.datetime64(period.until)
    for row, waivers in piece.waivers.items():
        if knockout.is_waived(waivers, piece.as_of[row].astype("datetime64[D]").item()):
            counts = np.ones(len(piece), dtype=bool) if counts is None else counts
            counts[row] = False
    return counts
