"""The gate: which rule applies, which deals judge, and what they say. It knows no registry."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from features.errors import DealsError
from features.policy import Policy
from models.boosting import Effort
from models.economics import value_of
from models.win_model import WinModel
from reports.promotion import Check, CheckCode, GateReport, HoldoutSummary, Rule, Verdict
from training.closed_deals import ClosedDeals
from training.deals_on_file import DealsOnFile
from training.promotion.checks import (
    FEWEST_TO_TELL,
    Money,
    auc,
    checks_of,
    evidence_checks,
    figures_of,
    provisional_checks,
)
from training.promotion.compare import N_DRAWS, Mean, Vector, log_losses
from training.promotion.contender import (
    Contender,
    JudgedRows,
    challenger_of,
    champion_of,
    judge_rows,
)
from training.promotion.fitting import starts_from_policy
from training.promotion.holdout import (
    Holdout,
    fewest_of_an_outcome,
    last_quarter,
    newest_fresh,
)
from training.promotion.specification import rule_of, specification_of
from training.promotion.verdict import OF_EVIDENCE, meanwhile, verdict_of

ChampionAs = Literal["artifact", "specification"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaching:
    """The deals of one training: as they were read, and those that teach."""

    policy: Policy
    on_file: DealsOnFile
    deals: ClosedDeals
    as_of: date
    seed: int
    n_splits: int | None = None
    effort: Effort = "normal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incumbent:
    """The champion: its policy and its model; both None where this code cannot load it.

    ``effort`` is that of its training. It is no part of the specification: a model that only tried
    more or less is a refresh.
    ``provisional`` says that it proved nothing, so that its seat is free; ``learned_until`` is the
    last closing day that anything of it was learned from, its intercept too.
    """

    policy: Policy | None
    model: WinModel | None
    same_code: bool
    provisional: bool = False
    learned_until: date | None = None
    effort: Effort = "normal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What will be asked of a challenger, before its holdout is read."""

    rule: Rule
    holdout: Holdout
    summary: HoldoutSummary
    evidence: tuple[Check, ...]
    fewest: int
    starts_from_policy: bool

    @property
    def can_sit(self) -> bool:
        """Whether too few deals are no reason to leave a free seat empty."""
        return self.rule is Rule.FIRST and self.starts_from_policy and not self.can_judge

    @property
    def can_judge(self) -> bool:
        """Whether there are deals enough; else the holdout stays unread."""
        return all(check.ok for check in self.evidence)


def plan_of(teaching: Teaching, incumbent: Incumbent | None) -> Plan:
    """Return which rule applies to a challenger and which deals judge it.

    A champion that this code cannot load answers nobody, and a provisional one proved nothing:
    their seats are free.
    """
    deals, model = teaching.deals, None if incumbent is None else incumbent.model
    rule = rule_of(
        teaching.policy,
        None if incumbent is None else incumbent.policy,
        same_code=incumbent is not None and incumbent.same_code,
        has_champion=incumbent is not None and model is not None and not incumbent.provisional,
    )
    fresh_since = _fresh_since(rule, teaching, incumbent)
    if fresh_since is not None:
        until = None if incumbent is None else incumbent.learned_until
        holdout = newest_fresh(deals, fresh_since, until)
    else:
        holdout = last_quarter(deals, seed=teaching.seed, n_splits=teaching.n_splits)
    fewest = fewest_of_an_outcome(deals, holdout.rows)
    summary = holdout.summary(deals)
    checks = evidence_checks(summary, fewest, holdout.fresh_learned)
    return Plan(
        rule=rule,
        holdout=holdout,
        summary=summary,
        evidence=tuple(checks),
        fewest=fewest,
        starts_from_policy=starts_from_policy(deals, teaching.policy),
    )


def read_holdout(
    plan: Plan,
    teaching: Teaching,
    incumbent: Incumbent | None,
    *,
    attempts: int,
    acknowledged: bool,
    draft: GateReport,
) -> GateReport:
    """Return the draft of a report with what the holdout says; this is the one reading of it."""
    deals, seed = teaching.deals, teaching.seed
    try:
        champion = _champion(plan, teaching, incumbent)
    except DealsError:
        return draft.model_copy(update={"verdict": Verdict.CHAMPION_UNREADABLE})
    challenger = challenger_of(teaching.policy, deals, teaching.effort)
    judged = judge_rows(deals, plan.holdout.splits, challenger, champion, seed=seed)
    figures = figures_of(judged, seed=seed, money=_money(teaching, judged))
    own = checks_of(judged, figures, plan.rule, attempts=attempts, acknowledged=acknowledged)
    checks = (*plan.evidence, *own)
    update = {
        "checks": checks,
        "verdict": verdict_of(checks),
        "figures": _figures(judged, figures.difference),
        "attempts": attempts,
        "champion_as": _champion_as(champion),
        "draws": N_DRAWS,
    }
    return draft.model_copy(update=update)


def take_a_free_seat(
    plan: Plan, teaching: Teaching, *, acknowledged: bool, draft: GateReport
) -> GateReport:
    """Return the draft of a report on who sits meanwhile: too few deals judge, none speak against.

    No candidate is chosen by this reading, so it is no attempt.
    """
    if plan.fewest < FEWEST_TO_TELL:
        return draft.model_copy(update={"verdict": meanwhile(plan.evidence)})
    deals, seed = teaching.deals, teaching.seed
    own = challenger_of(teaching.policy, deals)
    judged = judge_rows(deals, plan.holdout.splits, own, None, seed=seed)
    figures = figures_of(judged, seed=seed)
    found = provisional_checks(judged, figures, plan.fewest, acknowledged=acknowledged)
    checks = (*plan.evidence, *found)
    update = {
        "checks": checks,
        "verdict": meanwhile(checks),
        "figures": _figures(judged, None),
        "draws": N_DRAWS,
    }
    return draft.model_copy(update=update)


def acknowledge(report: GateReport) -> GateReport:
    """Return a report whose suspicious figures a person answers for; nothing is read again."""
    suspicious = {CheckCode.AUC_BELIEVABLE, CheckCode.SKILL_BELIEVABLE}
    checks = tuple(
        check.model_copy(update={"acknowledged": not check.ok})
        if check.code in suspicious
        else check
        for check in report.checks
    )
    if report.verdict is not Verdict.SUSPECT_LEAK:
        return report
    judged = all(check.ok for check in checks if check.code in OF_EVIDENCE)
    verdict = verdict_of(checks) if judged else meanwhile(checks)
    return report.model_copy(update={"checks": checks, "verdict": verdict})


def _fresh_since(rule: Rule, teaching: Teaching, incumbent: Incumbent | None) -> date | None:
    """Return the last day that the champion learned from, where only later deals may judge.

    That is where both have one specification: learned again on the same deals, they are equal.
    """
    if rule in {Rule.FIRST, Rule.RULES} or incumbent is None:
        return None
    policy, model = incumbent.policy, incumbent.model
    if policy is None or model is None or model.provenance.trained_on is None:
        return None
    same = specification_of(policy) == specification_of(teaching.policy)
    dated = teaching.deals.closed_on is not None
    return date.fromisoformat(model.provenance.trained_on) if same and dated else None


def _champion(plan: Plan, teaching: Teaching, incumbent: Incumbent | None) -> Contender | None:
    """Return who the challenger is compared with, None where there is nobody to compare with."""
    if plan.rule in {Rule.FIRST, Rule.RULES} or incumbent is None:
        return None
    policy, model = incumbent.policy, incumbent.model
    if policy is None or model is None:
        return None
    if plan.holdout.fresh_learned is not None:
        own = challenger_of(teaching.policy, teaching.deals)
        return Contender(policy=policy, deals=own.deals, places=own.places, model=model)
    if plan.rule is Rule.REFRESH:  # without dates: the same specification on the same deals
        return None
    learned_until, cut = incumbent.learned_until, plan.holdout.cut
    never_saw = learned_until is not None and cut is not None and learned_until < cut
    return champion_of(
        policy,
        model if never_saw else None,
        teaching.deals,
        teaching.on_file,
        teaching.as_of,
        effort=incumbent.effort,
    )


def _champion_as(champion: Contender | None) -> ChampionAs | None:
    if champion is None:
        return None
    return "specification" if champion.model is None else "artifact"


def _money(teaching: Teaching, judged: JudgedRows) -> Money | None:
    if judged.champion is None:
        return None
    ours = _brought(teaching, judged, judged.challenger)
    theirs = _brought(teaching, judged, judged.champion)
    return None if ours is None or theirs is None else Money(ours, theirs)


def _brought(teaching: Teaching, judged: JudgedRows, p_win: Vector) -> Vector | None:
    """Return what each deal brought where its expected value said pursue; unknown is zero."""
    value = value_of(teaching.policy, teaching.deals.table.take(judged.rows), p_win)
    if value is None:
        return None
    brought = judged.won * value.if_won - value.remaining_cost
    return np.nan_to_num(np.where(value.expected > 0, brought, 0.0))


def _figures(judged: JudgedRows, difference: Mean | None) -> dict[str, float]:
    """Return what MLflow compares runs by, all on the same held-out deals."""
    losses = log_losses(judged.challenger, judged.won)
    base = log_losses(judged.base, judged.won)
    found = {
        "log_loss": float(losses.mean()),
        "base_rate_log_loss": float(base.mean()),
        "skill": float(1 - losses.mean() / base.mean()),
        "auc": auc(judged.challenger, judged.won),
    }
    if judged.champion is None or difference is None:
        return found
    return found | {
        "champion_log_loss": float(log_losses(judged.champion, judged.won).mean()),
        "difference": difference.value,
        "difference_low": difference.low,
        "difference_high": difference.high,
        "difference_upper": difference.upper,
        "share_of_draws_better": difference.p_below,
    }
