"""A recalibration in a sentence, in French and in English."""

from features.texts import LANGUAGES, Language, Text
from reports.monitoring_words import VERDICTS
from reports.numbers import NOTHING, decimal, whole
from reports.recalibration import Recalibration, RecalibrationCode
from reports.typography import day, pair

SENTENCES = {
    RecalibrationCode.RECALIBRATED: pair(
        "recalibrated: {shift} added to all log-odds (standard error {error}; {n} outcomes, the "
        "last of {until}); out of sample, log-loss {before} became {after}; version {version} "
        "answers from now on, qualifox rollback undoes it",
        "recalé : {shift} ajouté à tous les logits (erreur type {error} ; {n} issues, la dernière "
        "du {until}) ; hors échantillon, la log-loss passe de {before} à {after} ; la version "
        "{version} répond désormais, qualifox rollback l'annule",
    ),
    RecalibrationCode.NOT_CALLED_FOR: pair(
        "not recalibrated: the verdict “{verdict}” does not ask for it",
        "non recalé : le verdict « {verdict} » ne le demande pas",
    ),
    RecalibrationCode.NO_BETTER: pair(
        "not recalibrated: a shift fitted on the older half of {n} outcomes does not lower the "
        "log-loss of the newer half ({before}, then {after})",
        "non recalé : un décalage ajusté sur la moitié ancienne de {n} issues n'abaisse pas la "
        "log-loss de la moitié récente ({before}, puis {after})",
    ),
    RecalibrationCode.ROLLED_BACK: pair(
        "not recalibrated: this very shift was rolled back; only qualifox rollback --to {version} "
        "brings it back",
        "non recalé : ce décalage précis a été retiré, seul qualifox rollback --to {version} "
        "le rétablit",
    ),
}
WOULD_BE = pair(
    "would be recalibrated: {shift} added to all log-odds (standard error {error}; {n} outcomes, "
    "the last of {until}); out of sample, log-loss {before} became {after}; dry run: nothing was "
    "written",
    "serait recalé : {shift} ajouté à tous les logits (erreur type {error} ; {n} issues, la "
    "dernière du {until}) ; hors échantillon, la log-loss passe de {before} à {after} ; "
    "simulation : rien n'a été écrit",
)


def recalibration_sentence(done: Recalibration) -> Text:
    """Return what became of a recalibration, with its numbers."""
    would = done.dry_run and done.code is RecalibrationCode.RECALIBRATED
    template = WOULD_BE if would else SENTENCES[done.code]
    said = {name: template.in_(name).format(**_gaps(done, name)) for name in LANGUAGES}
    return Text(en=said["en"], fr=said["fr"])


def _gaps(done: Recalibration, language: Language) -> dict[str, str]:
    shift, refit = done.shift, done.refit
    return {
        "shift": NOTHING if shift is None else decimal(shift.value, language, digits=2),
        "error": NOTHING if shift is None else decimal(shift.se, language, digits=2),
        "n": NOTHING if shift is None else whole(shift.n, language),
        "until": NOTHING if done.until is None else day(done.until).in_(language),
        "before": NOTHING if refit is None else decimal(refit.before, language, digits=4),
        "after": NOTHING if refit is None else decimal(refit.after, language, digits=4),
        "version": done.version or NOTHING,
        "verdict": VERDICTS[done.verdict].in_(language),
    }
