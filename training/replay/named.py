"""Past deals by name, with what stopped them."""

import numpy as np
from numpy.typing import NDArray

from features.policy import Policy
from models.recommended import NO_GO
from models.scorecard import MOST_UNDECIDED
from reports.replay.report import RECOMMENDATIONS, NamedDeal, StoppedBy
from training.replay.money import Money
from training.replay.past_deals import PastDeals
from training.replay.verdicts import Verdicts

Vector = NDArray[np.float64]
Places = NDArray[np.intp]


def named_deals(
    deals: PastDeals,
    money: Money,
    verdicts: Verdicts,
    rows: Places,
    *,
    before: Verdicts | None = None,
) -> tuple[NamedDeal, ...]:
    """Return some deals by name, those that left most first; unknown values come last."""
    order = np.lexsort((rows, -np.nan_to_num(money.value[rows], nan=-np.inf)))
    return tuple(_named(deals, money, verdicts, int(row), before) for row in rows[order])


def _named(
    deals: PastDeals, money: Money, verdicts: Verdicts, row: int, before: Verdicts | None
) -> NamedDeal:
    other = None if before is None else RECOMMENDATIONS[before.recommendations[row]]
    return NamedDeal(
        id=deals.table.ids[row],
        name=deals.names[row],
        account=deals.accounts[row],
        revenue=number(money.revenue, row),
        value=number(money.value, row),
        hours=number(money.hours, row),
        p_win=number(verdicts.p_win, row),
        recommendation=RECOMMENDATIONS[verdicts.recommendations[row]],
        before=other,
        stopped_by=stopped_by(verdicts, row),
        as_of=_day(deals.decided_on[row]),
        closed_on=_day(deals.closed_on[row]),
        where=deals.raw.place(int(deals.raw_rows[row])),
    )


def _day(day: np.datetime64) -> str | None:
    return None if np.isnat(day) else str(day.astype("datetime64[D]"))


def number(values: Vector, row: int) -> float | None:
    """Return one number, None where it is unknown."""
    return float(values[row]) if np.isfinite(values[row]) else None


def stopped_by(verdicts: Verdicts, row: int) -> tuple[StoppedBy, ...]:
    """Return all that stops one deal, in the policy's order, or else what must be found out."""
    holding = "no_go" if verdicts.recommendations[row] == NO_GO else "find_out"
    found = []
    for place, one in enumerate(verdicts.policy.knockouts):
        if verdicts.masks.fired[place, row] and one.refuses:
            found.append(StoppedBy(kind="knockout", id=one.id, label=one.reason))
        elif verdicts.masks.unknown[place, row] and one.on_unknown == holding:
            found.append(StoppedBy(kind="unknown_knockout", id=one.id, label=one.reason))
    if verdicts.hopeless[row]:
        found += _missed(verdicts.policy, verdicts, row)
    elif not verdicts.worth[row] and holding == "find_out":
        few = verdicts.points.undecided[row] > MOST_UNDECIDED
        found.append(StoppedBy(kind="too_little_known" if few else "open_figure", id="go_at"))
    return tuple(found)


def _missed(policy: Policy, verdicts: Verdicts, row: int) -> list[StoppedBy]:
    """Return the thresholds that a deal misses whatever the unknown facts may be."""
    go_at, p_win = policy.decision.go_at, number(verdicts.p_win, row)
    if p_win is None:
        reached = float(verdicts.points.highest[row])
        return [StoppedBy(kind="points", id="go_at", reached=reached, threshold=go_at.points)]
    found = []
    if go_at.p_win is not None and p_win < go_at.p_win:
        found.append(StoppedBy(kind="p_win", id="go_at", reached=p_win, threshold=go_at.p_win))
    least, value = go_at.expected_value, verdicts.value
    if least is not None and value is not None and value.highest[row] < least:
        worth = number(value.expected, row)
        found.append(StoppedBy(kind="expected_value", id="go_at", reached=worth, threshold=least))
    return found
