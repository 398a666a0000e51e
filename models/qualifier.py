"""From deals to decisions: the policy first, then what the past says, then the recommendation.

There is one road. A batch walks it as columns, and one deal is a batch of one; so the file, the
service and the report cannot disagree.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from features.deal import Deal, Fact
from features.errors import ArtifactError
from features.fields import PolicyField
from features.one_row import OneRow
from features.policy import Policy
from features.table import DealTable
from models.deal_worth import worths_of
from models.decision import (
    Decision,
    Estimate,
    Exploration,
    Recommendation,
    ScorecardVerdict,
    Versions,
    Worth,
    decides,
)
from models.economics import Value, ends_of, hours_of, value_of
from models.estimates import estimates_of
from models.evidence import EvidenceLevel
from models.exploration import Selection, as_worked, explore
from models.knockouts import PolicyVerdict, judge_each_knockout, judge_policy
from models.one_deal import Rules, fields_of_value
from models.prior_model import prior_model
from models.reasons import reasons_for
from models.recommended import RECOMMENDATIONS, recommended
from models.scorecard import (
    MOST_UNDECIDED,
    CriterionState,
    Points,
    add_points,
    best_points,
)
from models.screened import Screened
from models.strongest import strongest_of
from models.verdicts import Verdicts
from models.version import CODE_VERSION
from models.win_model import Odds, WinModel

FEW_DEALS = 2
"""So few are decided one by one: columns of so few cost more than they save."""


@dataclass(frozen=True)
class Qualifier:
    """A policy, and a model where there is one."""

    policy: Policy
    model: WinModel | None = None

    def __post_init__(self) -> None:
        if self.model is None:
            return
        gone = set(self.model.fields()) - set(self.policy.fields)
        if gone:
            raise ArtifactError(f"the model uses fields that the policy lacks: {sorted(gone)}")

    @cached_property
    def estimating(self) -> WinModel | None:
        """What estimates: the model, or the points of the policy; None where it has neither."""
        return prior_model(self.policy) if self.model is None else self.model

    @property
    def evidence_level(self) -> EvidenceLevel:
        """How much there was to learn from."""
        return "none" if self.model is None else self.model.provenance.evidence_level

    def judge(self, table: DealTable) -> Verdicts:
        """Return what is concluded about many deals, without the reasons."""
        return self._judge(table, self._odds(table))

    def screen(self, table: DealTable, *, reasons: bool) -> Screened:
        """Return what is concluded about many deals, and the strongest reasons where asked for."""
        model = self.estimating
        odds = None if model is None else model.odds_of(model.matrix(table), of_winning=True)
        verdicts = self._judge(table, odds)
        if not reasons:
            return Screened(verdicts)
        strongest = None
        if model is not None and odds is not None and model.provenance.n_deals:
            strongest = strongest_of(model.contributions_by_owner(odds), self.policy.criteria)
        return Screened(verdicts, judge_each_knockout(self.policy, table).fired, strongest)

    def decide(self, deals: Sequence[Deal]) -> list[Decision]:
        """Return the whole answer about each deal."""
        rows = self._rows
        if rows is not None and len(deals) <= FEW_DEALS:
            return [self._decide_one(deal, rows) for deal in deals]
        table = DealTable.of(deals, self.policy.fields)
        odds = self._odds(table)
        verdicts = self._judge(table, odds)
        estimates: Sequence[Estimate | None] = [None] * len(table)
        if self.estimating is not None and odds is not None:
            estimates = estimates_of(self.estimating, table.fact, odds)
        worths = worths_of(self.policy, deals, verdicts.value)
        past = zip(estimates, worths, strict=True)
        return [
            self._decision(deal, row, verdicts, of_the_past, Rules.of(self.policy, deal))
            for row, (deal, of_the_past) in enumerate(zip(deals, past, strict=True))
        ]

    def _decide_one(self, deal: Deal, rows: OneRow) -> Decision:
        """Return the answer that a batch would give, with less ado for one deal."""
        model, rules = cast("WinModel", self.estimating), Rules.of(self.policy, deal)
        odds = model.odds_of(rows.matrix(self.policy.known(deal)))
        money = DealTable.of([deal], self._fields_of_value)

        def whole() -> DealTable:
            return DealTable.of([deal], self.policy.fields)

        def fact_of(name: str, row: int) -> Fact | None:
            return whole().fact(name, row)

        verdicts = self._judged(money, odds, rules.policy_verdict(), rules.points(), whole)
        (estimate,) = estimates_of(model, fact_of, odds)
        (worth,) = worths_of(self.policy, [deal], verdicts.value)
        return self._decision(deal, 0, verdicts, (estimate, worth), rules)

    @cached_property
    def _rows(self) -> OneRow | None:
        """What makes the row of one deal; None where there is none, or it needs the table."""
        model = self.estimating
        if model is None or not OneRow.possible(model.schema):
            return None
        return OneRow(model.schema, self.policy.fields, model.criteria)

    @cached_property
    def _fields_of_value(self) -> Mapping[str, PolicyField]:
        return fields_of_value(self.policy)

    @cached_property
    def _best_points(self) -> float:
        return best_points(self.policy)

    def versions(self) -> Versions:
        """Return what exactly answers."""
        return self._versions

    @cached_property
    def _versions(self) -> Versions:
        return Versions(
            qualifox=CODE_VERSION,
            policy=self.policy.fingerprint,
            policy_version=self.policy.version,
            model=self.estimating.version if self.estimating else None,
            matrix_schema=self.estimating.schema.fingerprint if self.estimating else None,
        )

    def _odds(self, table: DealTable) -> Odds | None:
        return None if self.estimating is None else self.estimating.odds(table)

    def _judge(self, table: DealTable, odds: Odds | None) -> Verdicts:
        policy, points = judge_policy(self.policy, table), add_points(self.policy, table)
        return self._judged(table, odds, policy, points, lambda: table)

    def _judged(
        self,
        money: DealTable,
        odds: Odds | None,
        policy: PolicyVerdict,
        points: Points,
        whole: Callable[[], DealTable],
    ) -> Verdicts:
        """Return what follows from what the policy and the past say of many deals.

        ``money`` has the fields of their value; ``whole`` makes the table with all of them.
        """
        deciding = odds.p_win if odds is not None and decides(self.evidence_level) else None
        value = None if deciding is None else value_of(self.policy, money, deciding)
        worth, hopeless = self.thresholds(points, deciding, value)
        recommendations = RECOMMENDATIONS[recommended(policy, worth, hopeless)]
        selection = self._explored(recommendations, money, value, whole)
        return Verdicts(
            recommendations=recommendations,
            selection=selection,
            worked=as_worked(recommendations, selection, policy.conditional),
            worth=worth,
            hopeless=hopeless,
            policy=policy,
            points=points,
            p_win=None if odds is None else odds.p_win,
            p_lost=None if odds is None else odds.p_lost,
            p_no_decision=None if odds is None else odds.p_no_decision,
            level=self.evidence_level,
            value=value,
            unseen=() if odds is None else odds.matrix.unseen,
        )

    def _explored(
        self,
        recommendations: NDArray[np.object_],
        money: DealTable,
        value: Value | None,
        whole: Callable[[], DealTable],
    ) -> Selection:
        """Return which refused deals are worked all the same; most often there are none."""
        exploring = self.policy.decision.exploration is not None
        if not exploring or not (recommendations == Recommendation.NO_GO).any():
            return explore(self.policy, money, recommendations)
        hours = hours_of(self.policy, money) if value is None else value.hours
        return explore(self.policy, whole(), recommendations, hours)

    def thresholds(
        self, points: Points, p_win: NDArray[np.float64] | None, value: Value | None
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Return where deals are worth their effort, and where they cannot be.

        ``p_win`` are probabilities that decide, wherever they come from; None lets the points
        decide.
        """
        worth, hopeless = self._worth(points, p_win, value)
        return np.asarray(worth, dtype=bool), np.asarray(hopeless, dtype=bool)

    def _worth(
        self, points: Points, p_win: NDArray[np.float64] | None, value: Value | None
    ) -> tuple[Any, Any]:
        """Return where a deal is worth its effort, and where it is not; elsewhere nobody knows."""
        go_at = self.policy.decision.go_at
        if p_win is not None:
            told = points.undecided <= MOST_UNDECIDED
            worth, hopeless = told.copy(), np.zeros_like(told)
            if go_at.p_win is not None:
                worth &= p_win >= go_at.p_win
                hopeless |= p_win < go_at.p_win
            if go_at.expected_value is not None:
                lowest, highest = ends_of(value, p_win)  # between them nobody knows
                worth &= lowest >= go_at.expected_value
                hopeless |= highest < go_at.expected_value
            return worth, told & hopeless
        if go_at.points is None:
            return points.undecided <= MOST_UNDECIDED, np.zeros_like(points.earned, bool)
        return points.lowest >= go_at.points, points.highest < go_at.points

    def _decision(
        self,
        deal: Deal,
        row: int,
        verdicts: Verdicts,
        of_the_past: tuple[Estimate | None, Worth | None],
        rules: Rules,
    ) -> Decision:
        estimate, worth = of_the_past
        knockouts, criteria = rules.knockouts, rules.criteria
        asked = [v.needs for v in knockouts if v.knockout.on_unknown != "ignore"]
        asked += [v.needs for v in criteria if v.state is CriterionState.TO_COMPLETE]
        scorecard = ScorecardVerdict(
            criteria=criteria,
            points=float(verdicts.points.earned[row]),
            lowest=float(verdicts.points.lowest[row]),
            highest=float(verdicts.points.highest[row]),
            best=self._best_points,
        )
        asked += [worth.needs] if worth is not None else []
        p_win = estimate.p_win if estimate is not None and estimate.decides else None
        block = self.policy.decision
        explored = bool(verdicts.selection.explored[row])
        return Decision(
            deal_id=deal.id,
            as_of=deal.as_of,
            recommendation=verdicts.worked[row],
            exploration=Exploration(
                explored=explored, propensity=float(verdicts.selection.propensity[row])
            ),
            knockouts=knockouts,
            scorecard=scorecard,
            estimate=estimate,
            worth=worth,
            grade=block.grade_at(p_win, scorecard.points),
            expired=deal.expired,
            waivers=deal.waivers,
            reasons=reasons_for(
                self.policy.known(deal),
                knockouts=knockouts,
                scorecard=scorecard,
                estimate=estimate,
                worth=worth,
                go_at=block.go_at,
                explored_share=block.exploration.share if explored and block.exploration else None,
            ),
            find_out=tuple(dict.fromkeys(name for needs in asked for name in needs)),
            versions=self._versions,
        )
