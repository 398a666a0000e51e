"""What an evaluation says, in a sentence or less: for the page and for the terminal."""

from features.texts import Language
from reports.evaluation import EvaluationSummary, Optimism
from reports.model_words import word
from reports.numbers import decimal, percent

DIGITS = 3


def calibration_words(evaluation: EvaluationSummary, language: Language) -> str | None:
    """Return whether the probabilities may be taken at their word; None where nothing was checked.

    >>> from reports.evaluation import CalibrationVerdict
    >>> summary = EvaluationSummary(
    ...     split="time", n_splits=1, splits_won=1, confidence=1.0, metrics={}, spread={},
    ...     base_rate={}, reliability=(), calibration=CalibrationVerdict(checks=()))
    >>> calibration_words(summary, "en")
    'calibrated, as far as these deals can tell'
    """
    found = evaluation.calibration
    if found is None:
        return None
    if found.passed:
        return word("calibrated", language)
    failed = [one.name for one in found.checks if not one.passed]
    told = ", ".join(word(f"failed_{name}", language) for name in failed)
    return word("not_calibrated", language, checks=told)


def optimism_words(found: Optimism, language: Language) -> str:
    """Return what a random split would have promised, and whether that is alarming."""
    key = "optimism_alarm" if found.alarming else "optimism_usual"
    if found.auc_gap is None or found.auc is None:
        key = "optimism_untold"
    return word(
        key,
        language,
        auc=decimal(found.auc, language, digits=DIGITS),
        gap=decimal(found.auc_gap, language, digits=DIGITS),
        error=decimal(found.auc_error, language, digits=DIGITS),
    )


def skill_words(evaluation: EvaluationSummary, language: Language) -> str | None:
    """Return the skill with its interval, in percent; None where it was not measured."""
    skill = evaluation.metrics.get("skill")
    if skill is None:
        return None
    told = percent(skill, language, digits=1)
    if "skill" not in evaluation.intervals:
        return told
    low, high = (percent(end, language, digits=1) for end in evaluation.intervals["skill"])
    return word("from_to", language, value=told, low=low, high=high)
