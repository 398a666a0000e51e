"""The evidence for each criterion and knockout, and for what the policy does not mention."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from features.conditions import Condition
from features.kleene import Truth
from features.policy import Case, Criterion, Knockout, Policy
from features.table import TableFacts
from features.texts import LANGUAGES, Text
from models.evidence import win_rate_interval
from models.win_model import WinModel
from reports.condition_words import condition_in_words
from reports.review import (
    EvaluationSummary,
    FieldReview,
    Importance,
    Review,
    RuleKind,
    RuleReview,
    WinRate,
)
from training.closed_deals import ClosedDeals
from training.conflicts import direction_conflicts
from training.evaluation.judge import JudgedSplit

Vector = NDArray[np.float64]

MOST_SPLITS = 8
MOST_DEALS = 4_000
SHUFFLES = 3
"""Importance is averaged over that many shuffles of that many deals in that many splits: more cost
minutes and change the third digit."""


def review_policy(
    deals: ClosedDeals,
    policy: Policy,
    model: WinModel,
    judged: Sequence[JudgedSplit],
    evaluation: EvaluationSummary,
    *,
    seed: int,
) -> Review:
    """Return the review of a model of closed deals under a policy."""
    reviewer = _Reviewer(deals, policy, model, judged, seed)
    low, high = win_rate_interval(deals.n_won, len(deals))
    return Review(
        policy=policy.name,
        title=policy.title,
        policy_fingerprint=policy.fingerprint,
        closed_deals=len(deals),
        won=deals.n_won,
        twins=deals.n_twins,
        base_rate=deals.n_won / len(deals),
        interval=(low, high),
        rules=(
            *(reviewer.case(rule, case) for rule in policy.criteria for case in rule.cases),
            *(reviewer.knockout(rule) for rule in policy.knockouts),
        ),
        unmentioned=reviewer.unmentioned(),
        left_out=deals.left_out,
        evaluation=evaluation,
        conflicts=direction_conflicts(model, policy),
    )


def win_rate(won: Vector) -> WinRate:
    """Return the win rate of some closed deals with its interval.

    >>> win_rate(np.array([1.0, 0.0, 1.0])).won
    2
    """
    n, n_won = len(won), int(won.sum())
    if not n:
        return WinRate(deals=0, won=0, rate=None, low=None, high=None)
    low, high = win_rate_interval(n_won, n)
    return WinRate(deals=n, won=n_won, rate=n_won / n, low=low, high=high)


class _Reviewer:
    def __init__(
        self,
        deals: ClosedDeals,
        policy: Policy,
        model: WinModel,
        judged: Sequence[JudgedSplit],
        seed: int,
    ) -> None:
        self.deals, self.policy = deals, policy
        self.judged, self.seed = judged[:MOST_SPLITS], seed
        self.facts = TableFacts(deals.table)
        random = np.random.default_rng(seed)
        n_shown = min(len(deals), MOST_DEALS)
        self.shown = np.sort(random.permutation(len(deals))[:n_shown])
        added = model.contributions(deals.table.take(self.shown))
        self.fields, self.shares = added.fields, added.shares()

    def case(self, rule: Criterion, case: Case) -> RuleReview:
        """Return the review of one case of a criterion; where there are several, it says which."""
        label = rule.label
        if len(rule.cases) > 1:
            words = {name: condition_in_words(case.when, self.policy, name) for name in LANGUAGES}
            label = Text(en=f"{label.en} ({words['en']})", fr=f"{label.fr} ({words['fr']})")
        return self._rule(rule.id, "criterion", label, case.when, case.points)

    def knockout(self, rule: Knockout) -> RuleReview:
        """Return the review of a knockout."""
        return self._rule(rule.id, "knockout", rule.reason, rule.when, None)

    def _rule(
        self, ident: str, kind: RuleKind, label: Text, when: Condition, points: float | None
    ) -> RuleReview:
        truth = when.truth(self.facts)
        names = self.policy.decided_by(when.fields())
        return RuleReview(
            id=ident,
            kind=kind,
            label=label,
            points=points,
            fields=names,
            answered=float(1 - truth.unknown.mean()),
            met=win_rate(self.deals.won[truth.true]),
            not_met=win_rate(self.deals.won[truth.false]),
            contribution=self._contribution_where_met(truth, names),
            importance=self._importance(names),
        )

    def unmentioned(self) -> tuple[FieldReview, ...]:
        """Return the fields that no rule looks at, the most important first."""
        mentioned = self.policy.mentioned_fields()
        found = [
            review
            for name in self.fields
            if name not in mentioned and (review := self._field(name)) is not None
        ]
        return tuple(sorted(found, key=lambda review: (-review.importance.mean, review.name)))

    def _shares_of(self, names: Iterable[str]) -> Vector | None:
        """Return what some facts add to p_win, of shape (n_shown,); None where none is used."""
        places = [self.fields.index(name) for name in names if name in self.fields]
        return self.shares[:, places].sum(axis=1) if places else None

    def _field(self, name: str) -> FieldReview | None:
        shares, importance = self._shares_of([name]), self._importance((name,))
        if shares is None or importance is None:
            return None
        field = self.policy.fields[name]
        label = field.label_in(name, "en"), field.label_in(name, "fr")
        return FieldReview.model_validate(
            {
                "name": name,
                "label": {"en": label[0], "fr": label[1]},
                "answered": float(self.deals.table.columns[name].known().mean()),
                "contribution": float(np.abs(shares).mean()),
                "importance": importance,
            }
        )

    def _contribution_where_met(self, truth: Truth, names: tuple[str, ...]) -> float | None:
        shares, met = self._shares_of(names), truth.true[self.shown]
        return float(shares[met].mean()) if shares is not None and met.any() else None

    def _importance(self, names: tuple[str, ...]) -> Importance | None:
        each = (self._loss_without(one, names) for one in self.judged)
        losses = [loss for loss in each if loss is not None]
        if not losses:
            return None
        several = len(losses) > 1
        return Importance(
            mean=float(np.mean(losses)),
            low=min(losses) if several else None,
            high=max(losses) if several else None,
        )

    def _loss_without(self, one: JudgedSplit, names: tuple[str, ...]) -> float | None:
        """Return how much log-loss rises when some facts are shuffled among held-out deals."""
        owners = one.model.owners()
        places = [i for i, fields in enumerate(owners) if not set(fields).isdisjoint(names)]
        if not places:
            return None
        random = np.random.default_rng(self.seed)
        rows = one.split.held_out
        rows = rows[np.sort(random.permutation(len(rows))[:MOST_DEALS])]
        won = self.deals.won[rows]
        values = one.model.matrix(self.deals.table.take(rows)).values
        before = _mean_loss(one.model, values, won)
        rises = []
        for _ in range(SHUFFLES):
            shuffled = values.copy()
            shuffled[:, places] = values[random.permutation(len(rows))][:, places]
            rises.append(_mean_loss(one.model, shuffled, won) - before)
        return float(np.mean(rises))


def _mean_loss(model: WinModel, values: Vector, won: Vector) -> float:
    log_odds = model.estimator.log_odds(values)
    return float((np.logaddexp(0.0, log_odds) - won * log_odds).mean())
