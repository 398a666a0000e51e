"""Champion and challenger on the same decisions, and on the outcomes that have arrived.

The outcomes are judged as promotion judges them (`training.promotion.compare`): both on the same
deals, in bootstrap draws of whole customers, so that the difference has an interval of its own.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from features.shadowed_deal import ShadowedDeal
from models.prior_model import POLICY_ONLY
from reports.shadow.report import Interval, Loss, OtherAnswers, ShadowPair, ShadowReport
from training.outcomes.outcome import Outcome
from training.promotion.compare import group_means, log_losses, mean_of

Vector = NDArray[np.float64]
Pair = tuple[str, str]
Losses = Callable[[Vector, Vector], Vector]

FEWEST_GROUPS = 20
"""Customers, or deals of unknown ones; with fewer an interval would promise too much."""


def shadow_report(
    deals: Iterable[ShadowedDeal], *, accounts: Mapping[str, str] | None = None, seed: int = 0
) -> ShadowReport:
    """Return how each challenger would have answered, beside what was answered.

    Parameters
    ----------
    deals
        By time; see :func:`serving.decision_log.shadows.shadowed_deals`.
    accounts
        The customer of each deal, by its id; a deal without one is a customer of its own.
    """
    pairs: dict[Pair, list[ShadowedDeal]] = {}
    for deal in deals:
        pair = (deal.champion or POLICY_ONLY, deal.challenger or POLICY_ONLY)
        pairs.setdefault(pair, []).append(deal)
    latest = sorted(pairs, key=lambda pair: pairs[pair][-1].decided_at, reverse=True)
    return ShadowReport(
        pairs=tuple(_pair(pair, pairs[pair], accounts or {}, seed) for pair in latest)
    )


def _pair(
    versions: Pair, deals: Sequence[ShadowedDeal], accounts: Mapping[str, str], seed: int
) -> ShadowPair:
    both = [deal for deal in deals if deal.said is not None]
    others = Counter((deal.answered, str(deal.said)) for deal in both)
    agreed = sum(n for (answered, said), n in others.items() if answered == said)
    estimated = [deal for deal in both if None not in {deal.answered_p_win, deal.said_p_win}]
    closed = _closed(estimated)
    won = np.array([deal.outcome == Outcome.WON for deal in closed], dtype=np.float64)
    return ShadowPair(
        champion=versions[0],
        challenger=versions[1],
        since=deals[0].decided_at.date().isoformat(),
        until=deals[-1].decided_at.date().isoformat(),
        decisions=len(both),
        deals=len({deal.deal_id or deal.decision_id for deal in both}),
        unreadable=len(deals) - len(both),
        agreed=agreed,
        others=tuple(
            OtherAnswers(answered=answered, said=said, decisions=n)
            for (answered, said), n in others.most_common()
            if answered != said
        ),
        p_win=_difference(estimated, accounts, seed),
        closed=len(closed),
        won=int(won.sum()),
        log_loss=_loss(log_losses, closed, won, accounts, seed),
        brier=_loss(_squares, closed, won, accounts, seed),
    )


def _closed(deals: Iterable[ShadowedDeal]) -> list[ShadowedDeal]:
    """Return the deals that ended after they were decided, each as it was first decided."""
    first: dict[str, ShadowedDeal] = {}
    for deal in deals:
        if deal.deal_id is not None:
            first.setdefault(deal.deal_id, deal)
    return [deal for deal in first.values() if _teaches(deal)]


def _teaches(deal: ShadowedDeal) -> bool:
    if deal.outcome is None or deal.closed_on is None or not Outcome(deal.outcome).teaches:
        return False
    return deal.decided_at.date() < deal.closed_on


def _difference(
    deals: Sequence[ShadowedDeal], accounts: Mapping[str, str], seed: int
) -> Interval | None:
    if not deals:
        return None
    champion, challenger = _p_wins(deals)
    difference = challenger - champion
    return _intervals(difference[:, None], _groups(deals, accounts), seed)[0]


def _loss(
    losses: Losses,
    deals: Sequence[ShadowedDeal],
    won: Vector,
    accounts: Mapping[str, str],
    seed: int,
) -> Loss | None:
    if not deals:
        return None
    champion, challenger = (losses(p_win, won) for p_win in _p_wins(deals))
    values = np.column_stack([champion, challenger, challenger - champion])
    told = _intervals(values, _groups(deals, accounts), seed)
    return Loss(champion=told[0], challenger=told[1], difference=told[2])


def _intervals(values: Vector, groups: NDArray[np.intp], seed: int) -> list[Interval]:
    """Return the mean of each column, with its interval where there are groups enough."""
    if len(np.unique(groups)) < FEWEST_GROUPS:
        return [Interval(value=float(mean)) for mean in values.mean(axis=0)]
    draws = group_means(values, groups, seed=seed)
    means = [mean_of(values[:, place], draws[:, place]) for place in range(values.shape[1])]
    return [Interval(value=mean.value, low=mean.low, high=mean.high) for mean in means]


def _p_wins(deals: Sequence[ShadowedDeal]) -> tuple[Vector, Vector]:
    pairs = np.array([(deal.answered_p_win, deal.said_p_win) for deal in deals], dtype=np.float64)
    return pairs[:, 0], pairs[:, 1]


def _groups(deals: Sequence[ShadowedDeal], accounts: Mapping[str, str]) -> NDArray[np.intp]:
    """Return the number of each decision's customer: decisions about one deal belong together."""
    names = []
    for deal in deals:
        account = accounts.get(deal.deal_id) if deal.deal_id is not None else None
        own = ("deal", deal.deal_id or deal.decision_id)
        names.append(f"{own}" if not account else f"account {account}")
    return np.unique(names, return_inverse=True)[1].astype(np.intp)


def _squares(p_win: Vector, won: Vector) -> Vector:
    """Return the loss of each deal after Brier (1950)."""
    squares: Vector = (p_win - won) ** 2
    return squares
