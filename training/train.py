"""The whole of training, from a file of closed deals to a version in the registry."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from features.fingerprint import canonical_fingerprint
from features.policy import Policy
from models.artifact import FORMAT, save_artifact
from models.boosting import Effort
from models.lock import locked
from models.registry import FOLDER_NAME, Published, Registry
from models.version import CODE_VERSION
from models.win_model import WinModel
from reports.promotion import GateReport, Verdict
from reports.review import Review
from training.closed_deals import ClosedDeals, closed_deals
from training.evaluation.plan import evaluate
from training.evaluation.windows import after_burn_in
from training.fit import fit_model
from training.forgetting import forget
from training.intake import read_deals
from training.labelled_source import stop_for_leaks
from training.progress import Tell, in_silence
from training.promotion.gate import Teaching
from training.promotion.promote import LOCK, promote
from training.propensity import told_drawn
from training.review import review_policy
from training.run_record import data_pages, record_run
from training.sources.location import Location
from training.tracking import run_metrics
from training.trial import try_in_a_process_of_its_own
from training.without_twins import without_twins


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """What a training made: the model, its review, and the version it became."""

    model: WinModel
    review: Review
    report: GateReport
    published: Published
    notes: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """Whether it became the champion, or why not."""
        return self.report.verdict

    @property
    def promoted(self) -> bool:
        """Whether it answers from now on."""
        return self.verdict.is_champion


def train(
    policy: Policy,
    location: Location,
    open_registry: Callable[[], Registry],
    *,
    as_of: date,
    seed: int = 0,
    n_splits: int | None = None,
    effort: Effort = "normal",
    query: str | None = None,
    sheet: str | None = None,
    tell: Tell = in_silence,
    acknowledged: bool = False,
) -> Trained:
    """Learn from closed deals, judge, register, and promote what deserves it.

    ``location``, ``query`` and ``sheet`` are those of :func:`training.intake.read_deals`.

    Nothing is written to the registry before the artifact was made and read back by a process of
    its own, so a bad file or a failed fit leaves it as it was.

    Raises
    ------
    DealsError
        When the source cannot be used, with every problem in it; or when a column that the model
        would see certainly gives the outcome away.
    EvidenceError
        When too few deals are closed.
    """
    teaching = read_teaching(
        policy,
        location,
        as_of=as_of,
        seed=seed,
        n_splits=n_splits,
        effort=effort,
        query=query,
        sheet=sheet,
        tell=tell,
    )
    return train_on(teaching, open_registry, tell=tell, acknowledged=acknowledged)


def read_teaching(
    policy: Policy,
    location: Location,
    *,
    as_of: date,
    seed: int = 0,
    n_splits: int | None = None,
    effort: Effort = "normal",
    query: str | None = None,
    sheet: str | None = None,
    tell: Tell = in_silence,
) -> Teaching:
    """Return the deals of a source that teach, refused where a column gives the outcome away.

    Raises
    ------
    DealsError, EvidenceError
        As :func:`train` does.
    """
    tell("read", 0.0)
    on_file = read_deals(
        location, policy, as_of=as_of, needs_outcome=True, query=query, sheet=sheet, tell=tell
    )
    stop_for_leaks(on_file, policy)
    if policy.deals.twins == "collapse":
        on_file = without_twins(on_file)
    deals = closed_deals(on_file, policy)
    return Teaching(
        policy=policy,
        on_file=on_file,
        deals=deals,
        as_of=as_of,
        seed=seed,
        n_splits=n_splits,
        effort=effort,
    )


def train_on(
    teaching: Teaching,
    open_registry: Callable[[], Registry],
    *,
    tell: Tell = in_silence,
    acknowledged: bool = False,
) -> Trained:
    """Learn from deals that were read, judge, register, and promote what deserves it."""
    policy, deals, effort = teaching.policy, teaching.deals, teaching.effort
    model, review = learn(
        policy, deals, seed=teaching.seed, n_splits=teaching.n_splits, effort=effort, tell=tell
    )
    pages = data_pages(teaching)
    tell("register", 0.0)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / FOLDER_NAME
        artifact = save_artifact(model, policy, folder)
        try_in_a_process_of_its_own(folder)
        registry = open_registry()
        run_id = record_run(registry, teaching, model, review, pages)
        with locked(registry.home, LOCK):
            registry.sweep(policy.name)
            training = training_fingerprint(teaching)
            published = registry.publish(
                folder, artifact, policy, run_id, training=training, effort=effort
            )
            registry.name_it(published, "challenger")
            report = promote(registry, published, teaching, acknowledged=acknowledged)
    tell("register", 1.0)
    return Trained(
        model=model,
        review=review,
        report=report,
        published=published,
        notes=(*teaching.on_file.notes, *_told(deals)),
    )


def training_fingerprint(teaching: Teaching) -> str:
    """Return what identifies a training: the same one again would make the same model.

    It names the deals that teach rather than the day of the training, so that a command that runs
    every night finds nothing to do until another deal has closed.
    """
    deals = teaching.deals
    return canonical_fingerprint(
        [
            deals.fingerprint,
            [float(won) for won in deals.won],
            [] if deals.closed_on is None else deals.closed_on.astype(str).tolist(),
            teaching.policy.fingerprint,
            [teaching.seed, teaching.n_splits, teaching.effort],
            [CODE_VERSION, FORMAT],  # an artifact of an older form is one that nobody can read
        ]
    )


def learn(
    policy: Policy,
    deals: ClosedDeals,
    *,
    seed: int,
    n_splits: int | None = None,
    effort: Effort = "normal",
    tell: Tell = in_silence,
) -> tuple[WinModel, Review]:
    """Judge by splits, then learn from all deals but those of the burn-in.

    Return the model and its review.
    """
    teaching = deals.take(after_burn_in(deals))
    forgot = forget(teaching, policy)
    evaluation = evaluate(
        deals,
        policy,
        seed=seed,
        n_splits=n_splits,
        forgetting=forgot.forgetting,
        effort=effort,
        tell=tell,
    )
    summary = evaluation.summary
    tell("fit", 0.0)
    model = fit_model(
        teaching,
        policy,
        seed=seed,
        metrics=run_metrics(summary),
        weights=forgot.weights,
        effort=effort,
        to_serve=True,
    )
    tell("review", 0.0)
    return model, review_policy(deals, policy, model, evaluation.judged, summary, seed=seed)


def _told(deals: ClosedDeals) -> list[str]:
    """Return what drawn deals count, and which fields the model does not see, in sentences."""
    drawn = told_drawn(deals)
    told = [] if drawn is None else [drawn]
    if not deals.kept_out:
        return told
    names = ", ".join(deals.kept_out)
    way = "deals.history turns them back; deals.keep lets a column stay, with the reason"
    why = "kept out of the model, since they change while a deal is worked"
    return [*told, f"{why}: {names} ({way})"]
