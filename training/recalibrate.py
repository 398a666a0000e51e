"""One number learned from what closed since: the champion's intercept, and nothing else.

The cheapest way to keep promises where all odds have moved alike. The new version is the champion
with its log-odds moved, so it needs no comparison of specifications; it has to lower the log-loss
of the newer half of the outcomes, the shift being learned from the older half.
"""

import tempfile
from datetime import date
from pathlib import Path
from typing import NamedTuple

from features.errors import RegistryError
from features.policy import Policy
from models.artifact import save_artifact
from models.champions import crown
from models.lock import locked
from models.published import (
    CODE_TAG,
    NO,
    PROVISIONAL_TAG,
    RECALIBRATED_FROM_TAG,
    RECALIBRATED_TAG,
    YES,
)
from models.qualifier import Qualifier
from models.registry import FOLDER_NAME, Published, Registry
from models.win_model import WinModel
from reports.monitoring import Monitoring
from reports.recalibration import Recalibration, RecalibrationCode
from training.promotion.on_record import VERDICT_TAG
from training.promotion.promote import LOCK
from training.tracking import EVALUATION_FILE, REVIEW_FILE, Tracker
from training.trial import try_in_a_process_of_its_own

MONITORING_FILE = "recalibration/monitoring.json"
RECALIBRATION_FILE = "recalibration/recalibration.json"
TIMES = "recalibrations"


class _Case(NamedTuple):
    """Whom it is about, what was found, and what is to be done."""

    registry: Registry
    champion: Published
    policy: Policy
    model: WinModel
    found: Monitoring
    draft: Recalibration

    @property
    def figures(self) -> dict[str, float]:
        """What is told of the shift, for MLflow and for the provenance."""
        shift, refit = self.draft.shift, self.draft.refit
        assert shift is not None  # noqa: S101 (told to mypy: the code says so)
        assert refit is not None  # noqa: S101 (told to mypy: the code says so)
        return {
            "recalibration_shift": shift.value,
            "recalibration_shift_se": shift.se,
            "recalibration_deals": float(shift.n),
            "recalibration_log_loss_before": refit.before,
            "recalibration_log_loss_after": refit.after,
        }

    @property
    def tags(self) -> dict[str, str]:
        """What its version and its run say of themselves."""
        return {
            RECALIBRATED_TAG: self.draft.until or "",
            RECALIBRATED_FROM_TAG: self.champion.number,
        }


def counts_after(champion: Published, since: date | None) -> date | None:
    """Return the day after which outcomes count: those that moved the intercept do not.

    ``since`` is the day that people named, None where they named none.
    """
    return champion.learned_until(since)


def recalibrate(
    registry: Registry,
    champion: Published,
    qualifier: Qualifier,
    found: Monitoring,
    *,
    dry_run: bool = False,
) -> Recalibration:
    """Move the champion's log-odds where monitoring asks for it and the newer outcomes agree.

    Asked again right away it does nothing: what moved the champion counts no longer, so that
    monitoring has nothing to say. Interrupted, the champion is the one before or the one after.

    Parameters
    ----------
    champion, qualifier
        The version that was watched, and what it holds.
    found
        What monitoring says of it, its outcomes counted from `counts_after`.
    dry_run
        Write nothing.

    Raises
    ------
    RegistryError
        When another version has become the champion meanwhile.
    """
    draft = Recalibration(
        model=champion.name,
        champion=champion.number,
        code=_code(found),
        verdict=found.verdict,
        shift=found.intercept_shift,
        refit=found.refit,
        until=found.counted_until,
        dry_run=dry_run,
    )
    if draft.code is not RecalibrationCode.RECALIBRATED or qualifier.model is None:
        return draft
    case = _Case(registry, champion, qualifier.policy, qualifier.model, found, draft)
    with locked(registry.home, LOCK), tempfile.TemporaryDirectory() as place:
        _still_champion(registry, champion)
        return _moved(case, Path(place) / FOLDER_NAME)


def _code(found: Monitoring) -> RecalibrationCode:
    if found.verdict != "recalibrate":
        return RecalibrationCode.NOT_CALLED_FOR
    if found.refit is None or not found.refit.after < found.refit.before:
        return RecalibrationCode.NO_BETTER
    return RecalibrationCode.RECALIBRATED


def _still_champion(registry: Registry, champion: Published) -> None:
    present = registry.get(champion.name)
    if present.number != champion.number:
        raise RegistryError(
            f"version {present.number} of {champion.name} became the champion meanwhile\n"
            "  hint: run the command again"
        )


def _moved(case: _Case, folder: Path) -> Recalibration:
    """Crown the version that the shift makes: a new one, or one whose crowning was interrupted."""
    registry, champion, draft = case.registry, case.champion, case.draft
    artifact = save_artifact(_moved_model(case), case.policy, folder)
    versions = registry.versions(champion.name)
    there = next((one for one in versions if one.artifact == artifact), None)
    if there is not None and there.rolled_back:
        update = {"code": RecalibrationCode.ROLLED_BACK, "version": there.number}
        return draft.model_copy(update=update)
    if draft.dry_run:
        return draft
    version = there or _published(case, folder, artifact)
    crown(registry, version, provisional=champion.provisional)
    return draft.model_copy(update={"version": version.number})


def _moved_model(case: _Case) -> WinModel:
    times = case.model.provenance.metrics.get(TIMES, 0.0) + 1.0
    return case.model.moved(case.figures["recalibration_shift"], {TIMES: times, **case.figures})


def _published(case: _Case, folder: Path, artifact: str) -> Published:
    """Try and register what was made; its training and its code are those of the champion.

    So a retraining on the same deals finds it done, and a new one is a refresh as before.
    """
    registry, champion = case.registry, case.champion
    try_in_a_process_of_its_own(folder)
    registry.sweep(champion.name)
    tags = {
        **case.tags,
        PROVISIONAL_TAG: YES if champion.provisional else NO,
        CODE_TAG: champion.code,
    }
    run_id = _record(case)
    return registry.publish(
        folder,
        artifact,
        case.policy,
        run_id,
        training=champion.training,
        effort=champion.effort,
        more=tags,
    )


def _record(case: _Case) -> str:
    """Write a run, with what was written about the training that the model comes from."""
    texts = {
        MONITORING_FILE: case.found.model_dump_json(indent=1),
        RECALIBRATION_FILE: case.draft.model_dump_json(indent=1),
    }
    for name in (REVIEW_FILE, EVALUATION_FILE):
        try:
            texts[name] = case.registry.run_file(case.champion, name)
        except RegistryError:  # a model that was registered without them
            continue
    tags = {**case.tags, VERDICT_TAG: case.draft.code.value}
    data = case.model.provenance.data_fingerprint
    tracker = Tracker(case.registry)
    return tracker.record_recalibration(case.policy, data, case.figures, texts, tags)
