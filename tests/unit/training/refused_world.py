"""A company that refuses a segment by a testable rule, with as many drawn deals as wanted."""

from datetime import date

import numpy as np

from features import Deal, DealTable, parse_policy
from models.exploration import place_of
from models.qualifier import Qualifier
from training.outcomes.outcome import Outcome
from training.past_deals import PastDeals
from training.refused import RefusedPast

POLICY = """
policy: refusing
title: {en: Refusing, fr: Refus}
deals: {outcome: {column: Result, won: [Won], lost: [Lost]}}
fields:
  abroad: {type: boolean}
  broke: {type: boolean}
  size: {type: number}
criteria:
  - {id: big, when: {size: {above: 0}}, points: 10, label: {en: Big, fr: Grande}}
knockouts:
  - {id: abroad, when: {abroad: true}, then: no_go, testable: true, on_unknown: ignore, reason: {en: Abroad, fr: "À l'étranger"}}
  - {id: broke, when: {broke: true}, then: no_go, on_unknown: ignore, reason: {en: Broke, fr: Insolvable}}
decision: {go_at: {p_win: 0.2, points: 5}, exploration: {share: 0.4}}
"""  # noqa: E501
AS_OF = date(2026, 12, 31)
ABROAD, HOME, BROKE = ({"abroad": a, "broke": b, "size": 1.0} for a, b in
                       [(True, False), (False, False), (False, True)])  # fmt: skip
SMALL = {**HOME, "size": -1.0}
WON, LOST, DECLINED, OPEN = Outcome.WON, Outcome.LOST, Outcome.DECLINED_BY_US, Outcome.OPEN
PLACES = {f"D{number}": place_of(0, f"D{number}") for number in range(4_000)}
DRAWN = [name for name, place in PLACES.items() if place < 0.4]
NOT_DRAWN = [name for name, place in PLACES.items() if place >= 0.4]


class World:
    """Deals written one by one; each takes an id that was drawn, or one that was not."""

    def __init__(self, text=POLICY):
        self.policy = parse_policy(text.encode())
        self.deals, self.outcomes, self.closed, self.chances = [], [], [], []
        self.drawn, self.rest = iter(DRAWN), iter(NOT_DRAWN)

    def add(self, facts, outcome, *, times=1, closed="2026-08-15", chance=1.0, drawn=None):
        drawn = chance < 1 if drawn is None else drawn
        for _ in range(times):
            name = next(self.drawn if drawn else self.rest)
            self.deals.append(Deal(id=name, as_of=date(2026, 5, 5), facts=facts))
            self.outcomes.append(outcome)
            self.closed.append(closed if outcome.teaches else "NaT")
            self.chances.append(chance)
        return self

    def explored(self, won, lost, *, facts=ABROAD, closed="2026-08-15", chance=0.4):
        self.add(facts, WON, times=won, chance=chance, closed=closed)
        return self.add(facts, LOST, times=lost, chance=chance, closed=closed)

    def past(self, overridden=()):
        return PastDeals.of(
            DealTable.of(self.deals, self.policy.fields),
            np.array(self.outcomes, dtype=object),
            np.array(self.closed, dtype="datetime64[D]"),
            np.array(self.chances),
            overridden,
        )

    def report(self, *, as_of=AS_OF, overridden=(), qualifier=None):
        answering = Qualifier(self.policy) if qualifier is None else qualifier
        return RefusedPast(self.past(overridden), answering, as_of).report()

    def rule(self, name="abroad", **more):
        return next(one for one in self.report(**more).rules if one.id == name)
