"""New closed deals to a verdict, in one step that may be repeated and interrupted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from features.policy import Policy
from models.boosting import Effort
from models.lock import locked
from models.registry import Published, Registry
from reports.promotion import GateReport, Verdict
from training.progress import Tell, in_silence
from training.promotion.gate import Teaching
from training.promotion.promote import LOCK, promote
from training.sources.location import Location
from training.train import read_teaching, train_on, training_fingerprint

RETRAIN_LOCK = "retrain"
STANDING = frozenset(
    {Verdict.ALREADY_CHAMPION, Verdict.ROLLED_BACK, Verdict.INSUFFICIENT_EVIDENCE}
)
"""Verdicts that are found anew each time, without reading a holdout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrained:
    """What a retraining came to: the version, its verdict, and whether it was trained just now."""

    published: Published
    report: GateReport
    trained: bool
    closed_deals: int
    notes: tuple[str, ...]

    @property
    def is_news(self) -> bool:
        """Whether anything was done that an earlier run had not done."""
        return self.trained or not (self.report.earlier or self.report.verdict in STANDING)


def retrain(
    policy: Policy,
    location: Location,
    open_registry: Callable[[], Registry],
    *,
    as_of: date,
    seed: int = 0,
    effort: Effort = "normal",
    query: str | None = None,
    sheet: str | None = None,
    acknowledged: bool = False,
    tell: Tell = in_silence,
) -> Retrained:
    """Learn from a source's closed deals unless that has been done, and judge what came of it.

    The same deals, policy, seed, effort and code again change nothing. One retraining runs at a
    time; the others wait, and then find it done. Whatever interrupts it, the champion stays as it
    was or is the challenger that earned it, and the next run goes on from there.

    Raises
    ------
    DealsError, EvidenceError
        As :func:`training.train.train` does.
    """
    teaching = read_teaching(
        policy,
        location,
        as_of=as_of,
        seed=seed,
        effort=effort,
        query=query,
        sheet=sheet,
        tell=tell,
    )
    registry = open_registry()
    with locked(registry.home, RETRAIN_LOCK):
        found = _trained_before(registry, teaching)
        if found is None:
            made = train_on(teaching, lambda: registry, tell=tell, acknowledged=acknowledged)
            published, report, notes = made.published, made.report, made.notes
        else:
            published, notes = found, ()
            report = _judged_again(registry, found, teaching, acknowledged=acknowledged)
    return Retrained(
        published=published,
        report=report,
        trained=found is None,
        closed_deals=len(teaching.deals),
        notes=notes,
    )


def _trained_before(registry: Registry, teaching: Teaching) -> Published | None:
    wanted = training_fingerprint(teaching)
    versions = registry.versions(teaching.policy.name)
    return next((one for one in versions if one.training == wanted), None)


def _judged_again(
    registry: Registry, found: Published, teaching: Teaching, *, acknowledged: bool
) -> GateReport:
    """Return the verdict on a version, given now if the run that made it could not."""
    with locked(registry.home, LOCK):
        present = registry.find(found.name, "challenger")
        if present is None or int(present.number) < int(found.number):
            registry.name_it(found, "challenger")
        return promote(registry, found, teaching, acknowledged=acknowledged)
