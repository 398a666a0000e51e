"""What is known of deals that the policy refuses: drawn ones by rule, beside what a model says."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from features.errors import DealsError, Problem
from features.policy import Knockout
from features.texts import Text
from models.decision import Recommendation
from models.economics import value_of
from models.qualifier import Qualifier
from models.refusals import refusals
from models.verdicts import Verdicts
from reports.refused.report import (
    FEWEST_EXPLORED,
    STRESS,
    Population,
    QuarterOfRefusals,
    Rate,
    Refused,
    RefusedDeals,
    Stress,
)
from training.deals_on_file import DealsOnFile
from training.evidence_on_refusals import (
    LOOKS,
    deals_needed,
    highest_rate,
    lowest_rate,
)
from training.overrides import EMPTY, Book
from training.past_deals import Mask, PastDeals, next_quarter, quarter_name
from training.rates import rate_of

Vector = NDArray[np.float64]

ROUNDING = 1e-9
QUARTERS_SHOWN = 12
BELOW_THRESHOLD = Text(en="Below the threshold", fr="Sous le seuil")


def refused_report(
    deals: DealsOnFile, qualifier: Qualifier, *, as_of: date, book: Book = EMPTY
) -> Refused:
    """Return what is known of the deals of a file that each rule refuses.

    Who was let through by somebody is told by the ``book`` of overrides.
    """
    if deals.outcomes is None:
        what, hint = "the deals carry no outcomes", "deals.outcome in the policy names the column"
        raise DealsError([Problem(where=deals.raw.where, what=what, hint=hint)])
    let_through = [one.deal for one in book.latest().values() if one.goes_ahead]
    past = PastDeals.of(
        deals.table, deals.outcomes, deals.closed_on, deals.propensity, let_through
    )
    return RefusedPast(past, qualifier, as_of).report()


@dataclass(frozen=True)
class RefusedPast:
    """Past deals, the policy that refuses some, and the day on which they are looked at."""

    past: PastDeals
    qualifier: Qualifier
    as_of: date

    def report(self) -> Refused:
        """Return what is known of the deals that each rule refuses."""
        policy, block = self.qualifier.policy, self.qualifier.policy.decision.exploration
        model = self.qualifier.model
        last = next_quarter(self.as_of)
        rules = [
            self._rule(one, self._alone[place])
            for place, one in enumerate(policy.knockouts)
            if self.refusing[place].any() or (one.refuses and one.testable)
        ]
        return Refused(
            policy=policy.name,
            title=policy.title,
            model=None if model is None else model.version,
            as_of=self.as_of.isoformat(),
            quarters=tuple(quarter_name(last - back) for back in range(LOOKS, 0, -1)),
            share=None if block is None else block.share,
            population=self._population(),
            base=self.base,
            rules=(*rules, self._rule(None, self._below)),
        )

    @cached_property
    def refusing(self) -> Mask:
        """Which deals each knockout refuses."""
        return refusals(self.qualifier.policy, self.past.table)

    @cached_property
    def refused(self) -> Mask:
        """Which deals are refused, or were when they were decided."""
        return np.asarray(self.refusing.any(axis=0) | self._below, dtype=bool)

    @cached_property
    def drawn(self) -> Mask:
        """Which refused deals were drawn to be worked."""
        return self.past.drawn(self.qualifier.policy) & self.refused

    @cached_property
    def base(self) -> Rate:
        """How many were won of the deals that nothing refuses."""
        return self._rate(self.past.ended & ~self.refused)

    @cached_property
    def _alone(self) -> Mask:
        alone = self.refusing.sum(axis=0) == 1
        return np.asarray(self.refusing & alone, dtype=bool)

    @cached_property
    def _below(self) -> Mask:
        """Which are refused by no knockout, but were refused, or are now and were not worked.

        Of those that were worked, the record decides and not the model of today: it has learned
        from how they ended, and who is refused must not hang on that.
        """
        no_go = self._verdicts.recommendations == Recommendation.NO_GO
        judged = np.asarray(no_go, dtype=bool) & ~self.past.ended
        if self.qualifier.model is None:  # points have learned nothing
            judged = np.asarray(no_go, dtype=bool)
        recorded = (self.past.propensity < 1) | self.past.overridden
        return ~self.refusing.any(axis=0) & (recorded | judged)

    @cached_property
    def _verdicts(self) -> Verdicts:
        return self.qualifier.judge(self.past.table)

    def _rule(self, knockout: Knockout | None, of: Mask) -> RefusedDeals:
        past, drawn = self.past, self.drawn & of
        first = next_quarter(self.as_of) - LOOKS
        ended = drawn & past.ended
        recent = ended & (past.closed_in() >= first) & (past.closed_in() < first + LOOKS)
        chosen = of & past.ended & ~drawn
        found = RefusedDeals(
            id=None if knockout is None else knockout.id,
            kind="threshold" if knockout is None else "knockout",
            label=BELOW_THRESHOLD if knockout is None else knockout.reason,
            testable=knockout is None or knockout.testable,
            refused=int(of.sum()),
            declined=int((of & past.declined & ~drawn).sum()),
            open=int((drawn & ~past.ended & ~past.declined).sum()),
            not_worked=int((drawn & past.declined).sum()),
            explored=self._rate(ended),
            recent=self._rate(recent),
            by_choice=self._rate(chosen),
            overridden=int((chosen & past.overridden).sum()),
            threshold=self._threshold(of),
            proven_low=None,
            proven_high=None,
            naive=self._naive(of),
            verdict="no_evidence",
            needed=None,
            quarters=self._quarters(of, ended),
            stress=(),
        )
        return self._concluded(found)

    def _concluded(self, found: RefusedDeals) -> RefusedDeals:
        """Return what a rule's deals prove, and what those that nobody worked may have brought."""
        at = found.threshold
        more: dict[str, object] = {"stress": tuple(self._stress(found, one) for one in STRESS)}
        if not found.testable:
            more["verdict"] = "not_tested"
        elif at is None:
            more["verdict"] = "no_threshold"
        else:
            low, high = _proven(found.recent, at)
            few = found.recent.effective + ROUNDING < FEWEST_EXPLORED
            more |= {"proven_low": low, "proven_high": high, "needed": deals_needed(at)}
            more["verdict"] = (
                "work_again" if low > at
                else "refusing_is_right" if high < at
                else "no_evidence" if few else "undecided"
            )  # fmt: skip
        return found.model_copy(update=more)

    def _rate(self, of: Mask) -> Rate:
        """Return how many of some ended deals were won, those of small chances weighing more."""
        return rate_of(self.past.won[of], 1 / self.past.propensity[of])

    def _threshold(self, of: Mask) -> float | None:
        """Return the win rate from which on some deals are worth working, all of them together."""
        go_at = self.qualifier.policy.decision.go_at
        found = [] if go_at.p_win is None else [float(go_at.p_win)]
        if go_at.expected_value is not None and of.any():
            table = self.past.table.take(np.flatnonzero(of))
            value = value_of(self.qualifier.policy, table, np.ones(len(table)))
            if value is None or not value.is_known.any():
                return None
            known = value.is_known
            brings = float(value.if_won[known].sum())
            costs = float((value.remaining_cost[known] + go_at.expected_value).sum())
            found.append(min(max(costs / brings, 0.0), 1.0) if brings > 0 else 1.0)
        return max(found) if found else None

    def _naive(self, of: Mask) -> float | None:
        p_win = self._verdicts.p_win
        if self.qualifier.model is None or p_win is None or not of.any():
            return None
        return float(p_win[of].mean())

    def _quarters(self, of: Mask, ended: Mask) -> tuple[QuarterOfRefusals, ...]:
        decided, closed = self.past.decided_in(), self.past.closed_in()
        last = next_quarter(self.as_of)
        return tuple(
            QuarterOfRefusals(
                period=quarter_name(number),
                refused=int((of & (decided == number)).sum()),
                explored=int((ended & (closed == number)).sum()),
                won=int((ended & (closed == number) & self.past.won).sum()),
            )
            for number in range(last - QUARTERS_SHOWN, last)
        )

    def _stress(self, found: RefusedDeals, factor: float) -> Stress:
        rate = min((self.base.rate or 0.0) * factor, 1.0)
        wins = rate * found.declined
        worked = self.past.ended
        overall = (float(self.past.won[worked].sum()) + wins) / max(
            int(worked.sum()) + found.declined, 1
        )
        pays = None if found.threshold is None else rate > found.threshold
        return Stress(factor=factor, rate=rate, wins=wins, overall=overall, pays=pays)

    def _population(self) -> Population:
        past, ended = self.past, self.past.ended
        return Population(
            deals=len(past),
            pursued=int(ended.sum()),
            explored=int((self.drawn & ended).sum()),
            by_choice=int((self.refused & ended & ~self.drawn).sum()),
            declined=int(past.declined.sum()),
            open=int((~ended & ~past.declined).sum()),
        )


def _proven(of: Rate, threshold: float) -> tuple[float, float]:
    """Return what deals prove of a win rate; by effective numbers where their chances differ."""
    deals = floor(of.effective + ROUNDING)
    wins = (of.rate or 0.0) * deals
    low = lowest_rate(floor(wins + ROUNDING), deals, threshold)
    return low, highest_rate(ceil(wins - ROUNDING), deals, threshold)
