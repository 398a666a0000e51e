"""One number learned from what closed since: the champion's intercept, and nothing else.

The cheapest way to keep promises where all odds have moved alike. The new version is the champion
with its log-odds moved, so it needs no comparison of specifications; it has to lower the log-loss
of the newer half of the outcomes, the shift being learned from the older half.
"""

import tempfile
from datetime import date
from pathlib import Path

from features.errors import RegistryError
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
from training.promotion.promote import LOCK
from training.tracking import EVALUATION_FILE, REVIEW_FILE, Tracker
from training.trial import try_in_a_process_of_its_own

MONITORING_FILE = "recalibration/monitoring.json"
RECALIBRATION_FILE = "recalibration/recalibration.json"
TIMES = "recalibrations"


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
    if draft.code is not RecalibrationCode.RECALIBRATED:
        return draft
    with locked(registry.home, LOCK):
        _still_champion(registry, champion)
        with tempfile.TemporaryDirectory() as place:
            return _published(registry, champion, qualifier, found, draft, Path(place))


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


def _published(
    registry: Registry,
    champion: Published,
    qualifier: Qualifier,
    found: Monitoring,
    draft: Recalibration,
    place: Path,
) -> Recalibration:
    """Return what became of it: a version made, tried and crowned, or one that is there already."""
    folder, model = place / FOLDER_NAME, _moved(qualifier, draft)
    artifact = save_artifact(model, qualifier.policy, folder)
    versions = registry.versions(champion.name)
    same = next((one for one in versions if one.artifact == artifact), None)
    if same is not None and same.rolled_back:
        return draft.model_copy(
            update={"code": RecalibrationCode.ROLLED_BACK, "version": same.number}
        )
    if draft.dry_run:
        return draft
    if same is None:  # else it was interrupted before it was crowned
        try_in_a_process_of_its_own(folder)
        registry.sweep(champion.name)
        run_id = _record(registry, champion, qualifier, found, draft)
        tags = _tags(champion, draft)
        same = registry.publish(
            folder, artifact, qualifier.policy, run_id, champion.training, more=tags
        )
    crown(registry, same, provisional=champion.provisional)
    return draft.model_copy(update={"version": same.number})


def _moved(qualifier: Qualifier, draft: Recalibration) -> WinModel:
    model, shift = qualifier.model, draft.shift
    assert model is not None  # noqa: S101 (told to mypy: monitoring had probabilities)
    assert shift is not None  # noqa: S101 (told to mypy: monitoring had outcomes)
    times = model.provenance.metrics.get(TIMES, 0.0) + 1.0
    return model.moved(shift.value, {TIMES: times, **_figures(draft)})


def _figures(draft: Recalibration) -> dict[str, float]:
    shift, refit = draft.shift, draft.refit
    assert shift is not None  # noqa: S101 (told to mypy: the code says so)
    assert refit is not None  # noqa: S101 (told to mypy: the code says so)
    return {
        "recalibration_shift": shift.value,
        "recalibration_shift_se": shift.se,
        "recalibration_deals": float(shift.n),
        "recalibration_log_loss_before": refit.before,
        "recalibration_log_loss_after": refit.after,
    }


def _tags(champion: Published, draft: Recalibration) -> dict[str, str]:
    """Return what a version says of itself; the training is its champion's, and so is the code."""
    return {
        RECALIBRATED_TAG: draft.until or "",
        RECALIBRATED_FROM_TAG: champion.number,
        PROVISIONAL_TAG: YES if champion.provisional else NO,
        CODE_TAG: champion.code,
    }


def _record(
    registry: Registry,
    champion: Published,
    qualifier: Qualifier,
    found: Monitoring,
    draft: Recalibration,
) -> str:
    """Write the run, with what was written about the training that the model comes from."""
    model = qualifier.model
    assert model is not None  # noqa: S101 (told to mypy: monitoring had probabilities)
    texts = {
        MONITORING_FILE: found.model_dump_json(indent=1),
        RECALIBRATION_FILE: draft.model_dump_json(indent=1),
    }
    for name in (REVIEW_FILE, EVALUATION_FILE):
        try:
            texts[name] = registry.run_file(champion, name)
        except RegistryError:  # a model that was registered without them
            continue
    tags = {
        RECALIBRATED_TAG: draft.until or "",
        RECALIBRATED_FROM_TAG: champion.number,
        "qualifox.verdict": draft.code.value,
    }
    return Tracker(registry).record_recalibration(
        qualifier.policy, model.provenance.data_fingerprint, _figures(draft), texts, tags
    )
