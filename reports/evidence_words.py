"""How far to trust an estimate, in words: the evidence behind it, and how stable it is."""

from collections.abc import Mapping

from features.texts import Language, Text
from models.evidence import Band, EvidenceLevel, evidence_level
from models.logistic import USUAL_WIN_RATE
from reports.numbers import counted, percent, percent_range
from reports.typography import honest_share, pair

_NOTHING = pair(
    "Nothing to learn from yet: no deal has closed. The points decide",
    "Rien à apprendre encore : aucune affaire close. Les points décident",
)
_POINTS_ALONE = pair(
    ", and the probability comes from them alone, around an assumed win rate of {rate}",
    ", et la probabilité vient d'eux seuls, autour d'un taux de gain supposé de {rate}",
)
LEVELS: Mapping[EvidenceLevel, Text] = {
    "none": pair(
        "Too few closed deals for a probability to decide: {won} and {not_won}. The points decide",
        "Trop peu d'affaires closes pour qu'une probabilité décide : {won} et {not_won}. "
        "Les points décident",
    ),
    "few": pair(
        "Few closed deals: {won} and {not_won}", "Peu d'affaires closes : {won} et {not_won}"
    ),
    "enough": pair(
        "Enough closed deals: {won} and {not_won}", "Assez d'affaires closes : {won} et {not_won}"
    ),
    "plenty": pair(
        "Plenty of closed deals: {won} and {not_won}",
        "Beaucoup d'affaires closes : {won} et {not_won}",
    ),
}
_WON = (pair("won", "gagnée"), pair("won", "gagnées"))
_NOT_WON = (pair("not won", "non gagnée"), pair("not won", "non gagnées"))
_DEALS = (
    pair("comparable past deal", "affaire passée comparable"),
    pair("comparable past deals", "affaires passées comparables"),
)
_COMPARABLE = pair(
    "Of {deals}, {won}: a win rate of {range} (90% interval)",
    "Sur {deals}, {won} : un taux de gain de {range} (intervalle à 90 %)",
)
_STABILITY = pair(
    "With closed deals drawn anew the estimate would mostly lie between {low} and {high}. That is "
    "how far it moves, not an interval of this deal's probability",
    "Avec d'autres tirages des affaires closes, l'estimation serait le plus souvent entre {low} "
    "et {high}. C'est de combien elle bouge, et non un intervalle pour la probabilité de cette "
    "affaire",
)


def evidence_in_words(closed: tuple[int, int] | None, language: Language) -> str:
    """Return how much the past has to say, and what decides where that is too little.

    ``closed`` counts the closed deals behind an estimate, won and not; None where there is none.
    """
    if closed is None:
        return _NOTHING.in_(language)
    if not sum(closed):
        rate = percent(USUAL_WIN_RATE, language)
        return _NOTHING.in_(language) + _POINTS_ALONE.in_(language).format(rate=rate)
    return level_in_words(evidence_level(*closed), *closed, language)


def level_in_words(level: EvidenceLevel, won: int, not_won: int, language: Language) -> str:
    r"""Return an evidence level with the closed deals behind it.

    >>> level_in_words("few", 12, 1, "fr")
    "Peu d'affaires closes\xa0: 12\xa0gagnées et 1\xa0non gagnée"
    """
    return (
        LEVELS[level]
        .in_(language)
        .format(won=counted(won, *_WON, language), not_won=counted(not_won, *_NOT_WON, language))
    )


def comparable_in_words(band: Band, language: Language) -> str:
    """Return what became of comparable past deals."""
    compared = compared_in_words(band.deals, band.won, band.interval, language)
    return _COMPARABLE.in_(language).format(**compared)


def compared_in_words(
    deals: int, won: int, interval: tuple[float, float], language: Language
) -> dict[str, str]:
    """Return comparable past deals, how many were won, and their win rate, for a sentence."""
    return {
        "deals": counted(deals, *_DEALS, language),
        "won": counted(won, *_WON, language),
        "range": percent_range(*interval, language),
    }


def stability_in_words(ends: tuple[float, float], language: Language) -> str:
    """Return how far an estimate moves when the closed deals are drawn anew."""
    low, high = (honest_share(end, language) for end in ends)
    return _STABILITY.in_(language).format(low=low, high=high)
