"""What a training found, in a few lines for the terminal."""

from collections.abc import Iterator

from features.texts import Language, Text
from reports.numbers import decimal, percent, whole
from reports.review import EvaluationSummary, Review

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
