"""From a registered challenger to its verdict, and to the champion's seat where it earned it.

Every step can be done again: a verdict once given is found, an alias once set is set again to the
same version. Whoever calls holds the lock under which versions are made.
"""

from datetime import date
from pathlib import Path

from features.errors import ArtifactError, PolicyError, RegistryError
from features.policy import Policy, load_policy
from models.artifact import POLICY, load_artifact
from models.champions import crown
from models.registry import Published, Registry
from models.version import CODE_VERSION
from reports.promotion import GateReport, Rule, Verdict
from training.promotion.gate import (
    Incumbent,
    Teaching,
    acknowledge,
    plan_of,
    read_holdout,
    take_a_free_seat,
)
from training.promotion.on_record import (
    earlier_report,
    keep_report,
    latest_report,
    readings_of,
)
from training.promotion.readings import attempts_on

LOCK = "promotion"


def promote(
    registry: Registry,
    challenger: Published,
    teaching: Teaching,
    *,
    acknowledged: bool = False,
    dry_run: bool = False,
) -> GateReport:
    """Judge a registered challenger, and make it the champion where it earned that.

    Parameters
    ----------
    teaching
        The deals that judge, read under the challenger's policy.
    acknowledged
        Whether a person answers for figures that look too good to be true.
    dry_run
        Leave the aliases alone. The holdout has been read all the same, and the reading counts.
    """
    champion = registry.find(challenger.name)
    report = _settled(registry, challenger, champion)
    if report is None:
        report = _judged(registry, challenger, champion, teaching, acknowledged=acknowledged)
    return _seated(registry, challenger, report, dry_run=dry_run)


def promote_as_judged(
    registry: Registry, challenger: Published, *, acknowledged: bool, dry_run: bool
) -> GateReport | None:
    """Act on the last verdict of a challenger beside this champion; None where there is none."""
    champion = registry.find(challenger.name)
    report = _settled(registry, challenger, champion)
    if report is None:
        report = latest_report(registry, challenger, champion)
        if report is None:
            return None
        report = _answered_for(registry, challenger, champion, report, acknowledged=acknowledged)
    return _seated(registry, challenger, report, dry_run=dry_run)


def incumbent_of(registry: Registry, champion: Published | None) -> Incumbent | None:
    """Return the champion as it is judged, None where there is none."""
    if champion is None:
        return None
    try:
        folder = registry.fetch(champion)
    except RegistryError:
        return Incumbent(policy=None, model=None, same_code=False)
    try:
        qualifier = load_artifact(folder)
    except ArtifactError:
        return Incumbent(policy=_policy_in(folder), model=None, same_code=False)
    model = qualifier.model
    learned = None if model is None else model.provenance.trained_on
    return Incumbent(
        policy=qualifier.policy,
        model=model,
        same_code=champion.code in {"", CODE_VERSION},
        provisional=champion.provisional,
        learned_until=champion.learned_until(date.fromisoformat(learned) if learned else None),
        effort=champion.effort,
    )


def _policy_in(folder: Path) -> Policy | None:
    try:
        return load_policy(folder / POLICY)
    except (PolicyError, OSError):
        return None


def _settled(
    registry: Registry, challenger: Published, champion: Published | None
) -> GateReport | None:
    """Return a report where nothing has to be judged."""
    verdict: Verdict | None = None
    if champion is not None and challenger.artifact == champion.artifact:
        verdict = Verdict.ALREADY_CHAMPION
    elif any(
        one.rolled_back
        for one in registry.versions(challenger.name)
        if one.artifact == challenger.artifact
    ):
        verdict = Verdict.ROLLED_BACK
    if verdict is None:
        return None
    return GateReport(
        model=challenger.name,
        challenger=challenger.number,
        champion=None if champion is None else champion.number,
        rule=Rule.FIRST if champion is None else Rule.REFRESH,
        verdict=verdict,
    )


def _judged(
    registry: Registry,
    challenger: Published,
    champion: Published | None,
    teaching: Teaching,
    *,
    acknowledged: bool,
) -> GateReport:
    incumbent = incumbent_of(registry, champion)
    plan = plan_of(teaching, incumbent)
    earlier = earlier_report(registry, challenger, champion, plan.summary.fingerprint)
    if earlier is not None:
        return _answered_for(registry, challenger, champion, earlier, acknowledged=acknowledged)
    draft = GateReport(
        model=challenger.name,
        challenger=challenger.number,
        champion=None if champion is None else champion.number,
        rule=plan.rule,
        verdict=Verdict.INSUFFICIENT_EVIDENCE,
        checks=plan.evidence,
        holdout=plan.summary,
        closed_deals=len(teaching.deals),
        seed=teaching.seed,
    )
    report = draft
    if plan.can_judge:
        readings = readings_of(registry, challenger.name)
        attempts = attempts_on(plan.summary, readings, challenger.artifact)
        report = read_holdout(
            plan, teaching, incumbent, attempts=attempts, acknowledged=acknowledged, draft=draft
        )
    elif plan.can_sit:
        report = take_a_free_seat(plan, teaching, acknowledged=acknowledged, draft=draft)
    keep_report(registry, challenger, champion, report)
    return report


def _answered_for(
    registry: Registry,
    challenger: Published,
    champion: Published | None,
    report: GateReport,
    *,
    acknowledged: bool,
) -> GateReport:
    """Return an earlier report, with what a person answers for now."""
    if not acknowledged or report.verdict is not Verdict.SUSPECT_LEAK:
        return report
    answered = acknowledge(report)
    keep_report(registry, challenger, champion, answered)
    return answered


def _seated(
    registry: Registry, challenger: Published, report: GateReport, *, dry_run: bool
) -> GateReport:
    if report.verdict.takes_the_seat and not dry_run:
        crown(registry, challenger, provisional=report.verdict is Verdict.PROVISIONAL)
    return report
