"""Verdicts on record: kept with the challenger's run, counted with the model, in MLflow.

The report is written first and the reading last: a reading that is counted always has its report.
"""

from features.errors import RegistryError
from models.registry import Published, Registry
from reports.promotion import GateReport
from training.promotion.readings import Reading, reading_key

READING = "qualifox.reading."
VERDICT_TAG, RULE_TAG = "qualifox.verdict", "qualifox.rule"
LATEST = "promotion/verdict.json"


def readings_of(registry: Registry, name: str) -> list[Reading]:
    """Return every reading of a holdout by a model's candidates."""
    notes = registry.notes(name)
    return [Reading.from_text(text) for key, text in notes.items() if key.startswith(READING)]


def earlier_report(
    registry: Registry, challenger: Published, champion: Published | None, holdout: str
) -> GateReport | None:
    """Return the report on a candidate that this holdout has judged; None if it has not.

    The candidate is the artifact: trained again to the same bytes, it is the same one.
    """
    key = _key(challenger, champion, holdout)
    readings = readings_of(registry, challenger.name)
    reading = next((one for one in readings if one.key == key), None)
    return None if reading is None else _kept(registry, challenger, reading)


def latest_report(
    registry: Registry, challenger: Published, champion: Published | None
) -> GateReport | None:
    """Return the last report on a candidate beside this champion, None if there is none."""
    found = [
        one
        for one in readings_of(registry, challenger.name)
        if (one.candidate, one.champion) == (challenger.artifact, _artifact(champion))
    ]
    newest = max(found, key=lambda one: (one.until or "", one.run_id), default=None)
    return None if newest is None else _kept(registry, challenger, newest)


def keep_report(
    registry: Registry, challenger: Published, champion: Published | None, report: GateReport
) -> None:
    """Write a report to its run; count the reading where its holdout was read."""
    text = report.model_dump_json(indent=1)
    texts, metrics = {LATEST: text}, _metrics(report)
    read = report.holdout is not None and bool(report.figures)
    key = _key(challenger, champion, report.holdout.fingerprint) if report.holdout else ""
    if read:
        texts[_file(key)] = text
    registry.keep_with_run(challenger, texts, metrics)
    registry.mark(challenger, VERDICT_TAG, report.verdict.value)
    registry.mark(challenger, RULE_TAG, report.rule.value)
    if read and report.holdout is not None:
        reading = Reading(
            candidate=challenger.artifact,
            champion=_artifact(champion),
            holdout=report.holdout.fingerprint,
            since=report.holdout.since,
            until=report.holdout.until,
            verdict=report.verdict.value,
            run_id=challenger.run_id,
            counts=report.attempts > 0,
        )
        registry.note(challenger.name, READING + key, reading.to_text())


def _kept(registry: Registry, challenger: Published, reading: Reading) -> GateReport | None:
    key = reading.key
    try:
        text = registry.text_of_run(reading.run_id, _file(key))
    except RegistryError:  # the run was deleted: the candidate is judged again
        return None
    report = GateReport.model_validate_json(text)
    return report.model_copy(update={"earlier": True, "challenger": challenger.number})


def _metrics(report: GateReport) -> dict[str, float]:
    found = {f"promotion_{name}": value for name, value in report.figures.items()}
    for check in report.checks:
        found[f"promotion_check_{check.code.value}"] = check.figure
    if report.holdout is not None:
        found["promotion_held_out_deals"] = float(report.holdout.deals)
    return found | {"promotion_attempts": float(report.attempts)}


def _key(challenger: Published, champion: Published | None, holdout: str) -> str:
    return reading_key(challenger.artifact, _artifact(champion), holdout)


def _artifact(champion: Published | None) -> str:
    return "" if champion is None else champion.artifact


def _file(key: str) -> str:
    return f"promotion/{key}.json"
