"""What a policy would have kept and saved of what was pursued, each figure with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.recommended import CONDITIONAL_GO, FIND_OUT, GO, NO_GO
from reports.replay.report import Effect, Side
from training.replay.draws import Drawn, Matrix, Places
from training.replay.ledger import (
    COST,
    DEALS,
    FIGURES,
    HOURS,
    HOURS_UNKNOWN,
    LOST,
    MONEY_UNKNOWN,
    N_KINDS,
    NO_DECISION,
    VALUE,
    WON,
    WON_VALUE,
    Ledger,
)

N_FIGURES = len(FIGURES)


def by_account(ledger: Ledger, recommendations: Places, cluster: Places) -> Matrix:
    """Return the sums by account and recommendation, shape (n_accounts, 4 x n_figures)."""
    n_accounts = int(cluster.max(initial=-1)) + 1
    sums = ledger.by(cluster * N_KINDS + recommendations, n_accounts * N_KINDS)
    return sums.reshape(n_accounts, N_KINDS * N_FIGURES)


@dataclass(frozen=True, slots=True)
class Effects:
    """The sums of one policy by recommendation, drawn as :func:`by_account` gives them."""

    ledger: Ledger
    sums: Drawn

    def of(self, kinds: Sequence[int]) -> Drawn:
        """Return the sums over the deals with some recommendations."""
        found = self.sums[0:N_FIGURES] - self.sums[0:N_FIGURES]
        for kind in kinds:
            found = found + self.sums[kind * N_FIGURES : (kind + 1) * N_FIGURES]
        return found

    @property
    def everything(self) -> Drawn:
        """The sums over all deals."""
        return self.of(range(N_KINDS))

    @property
    def kept_if_stopped(self) -> Drawn:
        """The sums over the deals kept where those to find out first are stopped."""
        return self.of((GO, CONDITIONAL_GO))

    @property
    def kept_if_pursued(self) -> Drawn:
        """The sums over the deals kept where those to find out first are pursued."""
        return self.of((GO, CONDITIONAL_GO, FIND_OUT))

    @property
    def stopped(self) -> Drawn:
        """The sums over the deals that are no-go."""
        return self.of((NO_GO,))

    def side(self, sums: Drawn) -> Side:
        """Return sums as a side."""
        has_hours, has_money = self.ledger.has_hours, self.ledger.has_money
        return Side(
            deals=sums.figure(DEALS),
            won=sums.figure(WON),
            lost=sums.figure(LOST),
            no_decision=sums.figure(NO_DECISION),
            hours=sums.figure(HOURS) if has_hours else None,
            hours_unknown=round(sums.total[HOURS_UNKNOWN]) if has_hours else 0,
            cost=sums.figure(COST) if has_money else None,
            value=sums.figure(VALUE) if has_money else None,
            money_unknown=round(sums.total[MONEY_UNKNOWN]) if has_money else 0,
        )

    def effect(self, kept: Drawn) -> Effect:
        """Return what is kept and, of all the rest, saved."""
        everything = self.everything
        saved = everything - kept
        has_hours, has_money = self.ledger.has_hours, self.ledger.has_money
        return Effect(
            kept=self.side(kept),
            saved=self.side(saved),
            deals_saved_share=saved.ratio(DEALS, everything, DEALS),
            hours_saved_share=saved.ratio(HOURS, everything, HOURS) if has_hours else None,
            wins_kept_share=kept.ratio(WON, everything, WON),
            won_value_kept_share=kept.ratio(WON_VALUE, everything, WON_VALUE)
            if has_money
            else None,
            win_rate=kept.ratio(WON, kept, DEALS),
        )


def best_value_by_account(ledger: Ledger, cluster: Places) -> Matrix:
    """Return the values above zero by account: what who knew the end would have kept."""
    values = np.maximum(ledger.figures[:, VALUE], 0.0)
    n_accounts = int(cluster.max(initial=-1)) + 1
    sums = np.bincount(cluster, weights=values, minlength=n_accounts)
    return np.asarray(sums[:, None], dtype=np.float64)
