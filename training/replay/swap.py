"""The swap set: what moves where one policy takes the place of another."""

import numpy as np

from models.recommended import NO_GO
from reports.replay.report import Figure, SwapSet
from training.replay.draws import Drawn
from training.replay.effect import Effects
from training.replay.ledger import DEALS, HOURS, N_KINDS, VALUE, WON, Ledger, moves_of
from training.replay.money import Money
from training.replay.named import named_deals
from training.replay.past_deals import PastDeals
from training.replay.verdicts import Verdicts


def swap_set(
    deals: PastDeals,
    money: Money,
    ledger: Ledger,
    *,
    after: tuple[Verdicts, Effects],
    before: tuple[Verdicts, Effects],
) -> SwapSet:
    """Return the swap set of two policies over the same deals.

    The effects of both are drawn together, so that their difference has its own interval.
    """
    new, old = after[0].recommendations, before[0].recommendations
    cells = ledger.by(old * N_KINDS + new, N_KINDS**2)
    four = cells.reshape(N_KINDS, N_KINDS, -1)
    lost = np.flatnonzero(deals.won & (new == NO_GO) & (old != NO_GO))
    back = np.flatnonzero(deals.won & (new != NO_GO) & (old == NO_GO))
    kept = after[1].kept_if_pursued - before[1].kept_if_pursued
    stopped = after[1].stopped - before[1].stopped
    return SwapSet(
        cells=moves_of(ledger, cells, all_of_them=True),
        kept_by_both=ledger.count(four[:NO_GO, :NO_GO].sum(axis=(0, 1))),
        newly_stopped=ledger.count(four[:NO_GO, NO_GO].sum(axis=0)),
        newly_kept=ledger.count(four[NO_GO, :NO_GO].sum(axis=0)),
        stopped_by_both=ledger.count(four[NO_GO, NO_GO]),
        wins_lost=named_deals(deals, money, after[0], lost, before=before[0]),
        wins_back=named_deals(deals, money, after[0], back, before=before[0]),
        stopped_gain=stopped.figure(DEALS),
        wins_kept_gain=kept.figure(WON),
        hours_saved_gain=_gain(stopped, HOURS, told=ledger.has_hours),
        net_benefit_gain=_gain(kept, VALUE, told=ledger.has_money),
    )


def _gain(sums: Drawn, place: int, *, told: bool) -> Figure | None:
    return sums.figure(place) if told else None
