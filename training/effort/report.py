"""The effort report: where pursuit hours went, and how many went to deals not to be won."""

from collections.abc import Mapping
from datetime import date
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from features.policy import Policy
from reports.effort.report import (
    Apart,
    ApartKind,
    Band,
    Effort,
    Group,
    Quarter,
    Reason,
    Spent,
    Unwinnable,
)
from reports.replay.report import ProbabilitySource
from training.deals_on_file import DealsOnFile
from training.effort.bands import bands_of
from training.effort.groups import GroupOfDeals, groups_of
from training.effort.pursuits import Pursuits, pursuits_of
from training.effort.quarters import quarters_of
from training.effort.sums import Key, Part, spent_on
from training.effort.unwinnable import reasons_of, wins_of

Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]
PURSUED: Key = ("pursued", 0)
UNWINNABLE: Key = ("unwinnable", 0)


def effort_of(
    on_file: DealsOnFile,
    policy: Policy,
    p_win: Vector,
    *,
    as_of: date,
    source: ProbabilitySource | None = None,
    by_seller: bool = False,
    seed: int = 0,
) -> Effort:
    """Return where the hours of past pursuits went.

    Parameters
    ----------
    p_win
        The probability of each deal by a model that had not seen it, NaN where no model could
        know; shape (n_deals,).
    as_of
        The day to pretend to be; what was decided later is not there.
    source
        Where the probabilities come from, as the report tells it.
    by_seller
        Whether to tell sellers apart; teams always are, where the file names them.
    seed
        Of the draws that the intervals come from.

    Raises
    ------
    EvidenceError
        When neither the file nor the policy says anything of hours, or how the deals ended.
    """
    deals = pursuits_of(on_file, policy, p_win, as_of=as_of)
    return _Groups(deals, policy, by_seller=by_seller).report(source, seed)


class _Groups:
    """All groups of deals that the report tells of."""

    def __init__(self, deals: Pursuits, policy: Policy, *, by_seller: bool) -> None:
        self.deals, self.policy, self.pursued = deals, policy, deals.pursued
        self.threshold = policy.decision.go_at.p_win if deals.expected is None else None
        self.bands = bands_of(deals)
        self.reasons = reasons_of(deals, self.threshold)
        self.unwinnable = np.logical_or.reduce(list(self.reasons.values()))
        self.quarters = quarters_of(deals.decided_on, self.pursued)
        self.teams = self._by(deals.teams)
        self.sellers = self._by(deals.sellers) if by_seller else None

    def report(self, source: ProbabilitySource | None, seed: int) -> Effort:
        told = spent_on(self.deals, self._parts(), seed=seed)
        days = self.deals.decided_on[self.pursued & ~np.isnat(self.deals.decided_on)]
        return Effort(
            policy=self.policy.name,
            title=self.policy.title,
            currency=self.policy.economics.currency,
            first_day=str(days.min()) if len(days) else None,
            last_day=str(days.max()) if len(days) else None,
            hours_from=self.deals.hours_from,
            bands_by="p_win" if self.deals.expected is None else "value",
            threshold=self.threshold,
            source=source,
            accounts=len(np.unique(self.deals.cluster[self.pursued])),
            pursued=told[PURSUED],
            bands=self._told_bands(told),
            unwinnable=self._told_unwinnable(told),
            teams=_told_groups("team", self.teams, told),
            sellers=_told_groups("seller", self.sellers, told),
            quarters=self._told_quarters(told),
            apart=tuple(self._apart(kind) for kind in get_args(ApartKind)),
        )

    def _by(self, names: NDArray[np.object_] | None) -> tuple[GroupOfDeals, ...] | None:
        return None if names is None else groups_of(names, self.pursued)

    def _parts(self) -> dict[Key, Part]:
        """Return all groups under their names, each with whose hours it has a share of."""
        masks = {
            "band": [one.rows for one in self.bands],
            "reason": list(self.reasons.values()),
            "team": [one.rows for one in self.teams or ()],
            "seller": [one.rows for one in self.sellers or ()],
        }
        parts = {PURSUED: Part(self.pursued, self.pursued)}
        parts[UNWINNABLE] = Part(self.unwinnable, self.pursued)
        for name, lot in masks.items():
            parts |= {(name, n): Part(rows, self.pursued) for n, rows in enumerate(lot)}
        for n, one in enumerate(self.quarters):
            parts["quarter", n] = Part(one.rows, self.pursued)
            parts["in quarter", n] = Part(one.rows & self.unwinnable, one.rows)
        return parts

    def _told_bands(self, told: Mapping[Key, Spent]) -> tuple[Band, ...]:
        return tuple(
            Band(name=one.name, least=one.least, most=one.most, spent=told["band", n])
            for n, one in enumerate(self.bands)
        )

    def _told_unwinnable(self, told: Mapping[Key, Spent]) -> Unwinnable:
        return Unwinnable(
            spent=told[UNWINNABLE],
            reasons=tuple(
                Reason(why=why, spent=told["reason", n]) for n, why in enumerate(self.reasons)
            ),
            wins=wins_of(self.deals, self.reasons),
        )

    def _told_quarters(self, told: Mapping[Key, Spent]) -> tuple[Quarter, ...]:
        return tuple(
            Quarter(
                period=one.period,
                pursued=told["quarter", n],
                unwinnable=told["in quarter", n],
            )
            for n, one in enumerate(self.quarters)
        )

    def _apart(self, kind: ApartKind) -> Apart:
        hours = self.deals.hours[self.deals.apart(kind)]
        return Apart(
            kind=kind,
            deals=len(hours),
            hours=float(np.nansum(hours)),
            unknown_hours=int(np.isnan(hours).sum()),
        )


def _told_groups(
    kind: str, groups: tuple[GroupOfDeals, ...] | None, told: Mapping[Key, Spent]
) -> tuple[Group, ...] | None:
    if groups is None:
        return None
    return tuple(
        Group(name=one.name, pooled=one.pooled, spent=told[kind, n])
        for n, one in enumerate(groups)
    )
