"""What a training found, in a few lines for the terminal."""

from collections.abc import Iterator

from features.texts import Language, Text
from reports.conflict_words import conflict_warnings
from reports.evaluation import EvaluationSummary
from reports.evaluation_words import calibration_words, skill_words
from reports.model_sentences import burn_in_words
from reports.numbers import decimal, percent, whole
from reports.review import Review

MOST_NAMES = 20

_DEALS = Text(
    en="{n} closed deals, {won} won ({rate}); {twins} twins kept on one side of every split",
    fr="{n} affaires closes, {won} gagnées ({rate}) ; {twins} jumelles gardées du même côté",
)
_SPLIT = {
    "time": Text(
        en="judged on the deals closed last, with a gap before them",
        fr="jugé sur les dernières affaires closes, avec un intervalle avant elles",
    ),
    "grouped": Text(
        en="judged on {n} splits of 75/25; better than the base rate in {better} of them",
        fr="jugé sur {n} partages 75/25 ; meilleur que le taux de base dans {better} d'entre eux",
    ),
}
_FIGURES = Text(
    en="log-loss {model} (base rate {base}), AUC {auc}, calibration slope {slope}",
    fr="log-loss {model} (taux de base {base}), AUC {auc}, pente de calibration {slope}",
)
_SKILL = Text(
    en="skill {skill} beside the base rate; {calibrated}",
    fr="apport {skill} à côté du taux de base ; {calibrated}",
)
_OPTIMISM = Text(
    en="warning: a random split would have shown an AUC of {auc}, {gap} too much (± {error})",
    fr="attention : un partage au hasard aurait montré une AUC de {auc}, {gap} de trop"
    " (± {error})",
)
_FORGETS = Text(
    en="older deals count less: half for every {months} months since they closed",
    fr="les anciennes affaires comptent moins : la moitié tous les {months} mois",
)
_LEFT_OUT = Text(
    en="columns left out, as the policy does not name them: {names}",
    fr="colonnes écartées, que la politique ne nomme pas : {names}",
)


def training_lines(review: Review, *, language: Language) -> Iterator[str]:
    """Yield what a reader should know of a training, a line each, apart from its verdict."""
    deals = _DEALS.in_(language).format(
        n=whole(review.closed_deals, language),
        won=whole(review.won, language),
        rate=percent(review.base_rate, language),
        twins=whole(review.twins, language),
    )
    yield deals
    yield from _evaluation_lines(review.evaluation, language)
    yield from conflict_warnings(review.conflicts, language)
    if review.left_out:
        shown = ", ".join(review.left_out[:MOST_NAMES])
        more = " …" if len(review.left_out) > MOST_NAMES else ""
        yield _LEFT_OUT.in_(language).format(names=shown + more)


def _evaluation_lines(evaluation: EvaluationSummary, language: Language) -> Iterator[str]:
    yield (
        _SPLIT[evaluation.split]
        .in_(language)
        .format(n=evaluation.n_splits, better=evaluation.splits_won)
    )

    def figure(value: float | None) -> str:
        return decimal(value, language, digits=3)

    yield _FIGURES.in_(language).format(
        model=figure(evaluation.metrics["log_loss"]),
        base=figure(evaluation.base_rate["log_loss"]),
        auc=figure(evaluation.metrics.get("auc")),
        slope=figure(evaluation.metrics.get("calibration_slope")),
    )
    yield from _beside_the_figures(evaluation, language)


def _beside_the_figures(evaluation: EvaluationSummary, language: Language) -> Iterator[str]:
    skill, calibrated = skill_words(evaluation, language), calibration_words(evaluation, language)
    if skill is not None and calibrated is not None:
        yield _SKILL.in_(language).format(skill=skill, calibrated=calibrated)
    forgetting = evaluation.forgetting
    if forgetting is not None and forgetting.half_life_months is not None:
        yield _FORGETS.in_(language).format(months=forgetting.half_life_months)
    if evaluation.windows is not None:
        for _, sentence in burn_in_words(evaluation.windows, language):
            yield sentence
    if evaluation.optimism is not None and evaluation.optimism.alarming:
        found = evaluation.optimism
        told = {"auc": found.auc, "gap": found.auc_gap, "error": found.auc_error}
        figures = {name: decimal(value, language, digits=3) for name, value in told.items()}
        yield _OPTIMISM.in_(language).format(**figures)
