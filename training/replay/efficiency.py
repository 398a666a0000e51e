"""The efficiency curves: every order of work over the same past deals."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.economics import Value
from reports.replay.efficiency import Curve, Efficiency, OperatingPoint, OrderName, Track
from training.replay.curve import SHARES, Order, cumulated, kept_at, track_of
from training.replay.draws import Drawn
from training.replay.effect import Effects
from training.replay.ledger import DEALS, HOURS, MONEY_UNKNOWN, VALUE, WON, WON_VALUE
from training.replay.money import Money
from training.replay.past_deals import PastDeals
from training.replay.verdicts import Verdicts

Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]
Places = NDArray[np.intp]
Scores = tuple[Vector, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What curves are made of; every array has shape (n_deals,).

    ``hours`` and ``brought`` are NaN where they are unknown, ``brought`` and ``value`` wherever
    some money of the deal is.
    """

    won: Vector
    hours: Vector
    brought: Vector
    value: Vector
    cluster: Places
    seed: int

    def take(self, rows: Places) -> "Work":
        """Return the work of some deals."""
        return replace(
            self,
            won=self.won[rows],
            hours=self.hours[rows],
            brought=self.brought[rows],
            value=self.value[rows],
            cluster=np.unique(self.cluster[rows], return_inverse=True)[1],
        )

    def track(self, scores: Scores | None, *, by_hours: bool, of_value: bool) -> Track | None:
        """Return one track of an order, over the deals of which both of its axes are known."""
        told = np.ones(len(self.won), dtype=bool)
        told &= np.isfinite(self.hours) if by_hours else True
        told &= np.isfinite(self.brought) if of_value else True
        rows = np.flatnonzero(told)
        some = self.take(rows)
        work = some.hours if by_hours else np.ones(len(rows))
        kept = some.brought if of_value else some.won
        best = scores is None
        order = Order.best(work, kept) if best else Order.by(*(one[rows] for one in scores or ()))
        return track_of(order, work, kept, some.cluster, seed=self.seed)

    def net(self, scores: Scores | None) -> tuple[float, ...] | None:
        """Return the money left after each share of the deals, None where none is known."""
        rows = np.flatnonzero(np.isfinite(self.value))
        if not len(rows):
            return None
        value, ones = self.value[rows], np.ones(len(rows))
        order = Order.by(value) if scores is None else Order.by(*(one[rows] for one in scores))
        work = cumulated(order, ones) / len(rows)
        return tuple(kept_at(SHARES, work, cumulated(order, value)).tolist())


def work_of(deals: PastDeals, money: Money, *, seed: int) -> Work:
    """Return what the curves of some past deals are made of."""
    value = money.value
    return Work(
        won=deals.won.astype(np.float64),
        hours=money.hours,
        brought=np.where(np.isfinite(value), money.brought, np.nan),
        value=value,
        cluster=deals.cluster,
        seed=seed,
    )


def compared(verdicts: Verdicts) -> Mask:
    """Return the deals that the curves are over: those with a probability, where any has one.

    So all orders are compared on the same deals.
    """
    told = np.isfinite(verdicts.p_win)
    return told if told.any() else np.ones(len(told), dtype=bool)


def efficiency(verdicts: Verdicts, work: Work, effects: Effects) -> Efficiency | None:
    """Return the curves of one policy; None where no deal was pursued.

    ``effects`` are those of the policy on the deals compared.
    """
    rows = np.flatnonzero(compared(verdicts))
    if_stopped = _stands(effects, effects.kept_if_stopped)
    if_pursued = _stands(effects, effects.kept_if_pursued)
    if if_stopped is None or if_pursued is None:
        return None
    some = work.take(rows)
    orders = [(name, _over(scores, rows)) for name, scores in _orders(verdicts)]
    return Efficiency(
        deals=len(rows),
        hours_deals=int(np.isfinite(some.hours).sum()),
        money_deals=int(np.isfinite(some.value).sum()),
        curves=tuple(_curve(name, scores, some) for name, scores in orders),
        if_stopped=if_stopped,
        if_pursued=if_pursued,
    )


def _over(scores: Scores | None, rows: Places) -> Scores | None:
    return None if scores is None else tuple(one[rows] for one in scores)


def _orders(verdicts: Verdicts) -> Iterator[tuple[OrderName, Scores | None]]:
    """Yield the orders with the scores that they go by, None for the best possible."""
    passed = knockout_level(verdicts)
    yield "pursue_all", (np.zeros(len(passed)),)
    yield "knockouts", (passed,)
    yield "scorecard", (verdicts.points.earned,)
    if np.isfinite(verdicts.p_win).any():
        yield "model", (verdicts.p_win,)
        if verdicts.value is not None:
            yield "expected_value", (value_an_hour(verdicts.value),)
        yield "knockouts_then_model", (passed, verdicts.p_win)
    yield "best_possible", None


def knockout_level(verdicts: Verdicts) -> Vector:
    """Return 2 where no knockout stands against a deal, 1 where one must be found out, else 0."""
    level = np.where(verdicts.questions > 0, 1.0, 2.0)
    return np.where(verdicts.refusals > 0, 0.0, level)


def value_an_hour(value: Value) -> Vector:
    """Return the expected value per hour, or of the deal where no hours are known."""
    return value.per_hour if np.isfinite(value.hours).any() else value.expected


def _curve(name: OrderName, scores: Scores | None, work: Work) -> Curve:
    missing = np.isnan(scores).any(axis=0).sum() if scores is not None else 0
    return Curve(
        order=name,
        wins_by_deals=work.track(scores, by_hours=False, of_value=False),
        wins_by_hours=work.track(scores, by_hours=True, of_value=False),
        value_by_deals=work.track(scores, by_hours=False, of_value=True),
        value_by_hours=work.track(scores, by_hours=True, of_value=True),
        net_by_deals=work.net(scores),
        left_out=int(missing),
    )


def _stands(effects: Effects, kept: Drawn) -> OperatingPoint | None:
    everything = effects.everything
    deals, hours, wins, value = (
        kept.ratio(place, everything, place) if everything.total[place] > 0 else None
        for place in (DEALS, HOURS, WON, WON_VALUE)
    )
    if deals is None:
        return None
    told = everything.total[MONEY_UNKNOWN] < everything.total[DEALS]
    net = kept.figure(VALUE) if effects.ledger.has_money and told else None
    return OperatingPoint(deals=deals, hours=hours, wins=wins, value=value, net=net)
