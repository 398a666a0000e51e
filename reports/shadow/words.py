"""A challenger beside the champion, in lines, in French and in English."""

from collections.abc import Iterator

from features.texts import Language
from models.decision import Recommendation
from reports.numbers import decimal, decimal_range, part_of, percent, points_of_percent, whole
from reports.sentences import RECOMMENDATIONS
from reports.shadow.report import Interval, Loss, ShadowPair, ShadowReport
from reports.typography import day, pair

NOTHING_YET = pair(
    "no challenger has been in the shadow yet: train one beside a champion, and let it be asked",
    "aucun challenger n'a encore été dans l'ombre : entraînez-en un à côté d'un champion, et "
    "laissez-le être interrogé",
)
VERSIONS = pair(
    "{challenger} in the shadow of {champion}, {since} to {until}",
    "{challenger} dans l'ombre de {champion}, du {since} au {until}",
)
SEEN = pair(
    "  seen by both: {decisions} decisions about {deals} deals; not fitting its policy: {others}",
    "  vues par les deux : {decisions} décisions sur {deals} affaires ; inadaptées à sa "
    "politique : {others}",
)
AGREED = pair(
    "  same recommendation: {share} ({part})", "  même recommandation : {share} ({part})"
)
OTHER = pair(
    "    “{answered}” was answered, it says “{said}”: {n}",
    "    répondu « {answered} », il dit « {said} » : {n}",
)
P_WIN = pair(
    "  its p_win less the champion's: {difference} on average {ends}",
    "  son p_win moins celui du champion : {difference} en moyenne {ends}",
)
CLOSED = pair(
    "  closed since: {closed}, of which won: {won}",
    "  closes depuis : {closed}, dont gagnées : {won}",
)
LOSS = pair(
    "  {name}: {challenger} {ends}, the champion {champion} {champion_ends}; difference "
    "{difference} {difference_ends}",
    "  {name} : {challenger} {ends}, le champion {champion} {champion_ends} ; écart "
    "{difference} {difference_ends}",
)
VERDICTS = {
    "better": pair(
        "  so far, the challenger is better", "  jusqu'ici, le challenger est meilleur"
    ),
    "worse": pair("  so far, the challenger is worse", "  jusqu'ici, le challenger est moins bon"),
    "open": pair(
        "  so far, the outcomes settle nothing", "  jusqu'ici, les issues ne tranchent pas"
    ),
}
CHOSEN = pair(
    "  outcomes are of deals that were worked, which the champion had a say in; promotion is "
    "judged by qualifox retrain",
    "  les issues sont celles d'affaires travaillées, ce que le champion a influencé ; la "
    "promotion est jugée par qualifox retrain",
)


def shadow_lines(report: ShadowReport, language: Language) -> Iterator[str]:
    """Yield the report line by line."""
    if not report.pairs:
        yield NOTHING_YET.in_(language)
    for one in report.pairs:
        yield from _pair_lines(one, language)


def _pair_lines(one: ShadowPair, language: Language) -> Iterator[str]:
    days = {name: day(getattr(one, name)).in_(language) for name in ("since", "until")}
    yield VERSIONS.in_(language).format(
        challenger=one.challenger[:16], champion=one.champion[:16], **days
    )
    counts = {"decisions": one.decisions, "deals": one.deals, "others": one.unreadable}
    yield SEEN.in_(language).format(**{k: whole(n, language) for k, n in counts.items()})
    if not one.decisions:
        return
    yield AGREED.in_(language).format(
        share=percent(one.agreed / one.decisions, language),
        part=part_of(one.agreed, one.decisions, language),
    )
    for other in one.others:
        answered, said = (_recommended(word, language) for word in (other.answered, other.said))
        yield OTHER.in_(language).format(
            answered=answered, said=said, n=whole(other.decisions, language)
        )
    if one.p_win is not None:
        yield (
            P_WIN.in_(language)
            .format(
                difference=points_of_percent(one.p_win.value, language),
                ends=_point_ends(one.p_win, language),
            )
            .rstrip()
        )
    yield from _outcome_lines(one, language)


def _outcome_lines(one: ShadowPair, language: Language) -> Iterator[str]:
    yield CLOSED.in_(language).format(
        closed=whole(one.closed, language), won=whole(one.won, language)
    )
    for name, loss in (("log-loss", one.log_loss), ("Brier", one.brier)):
        if loss is not None:
            yield _loss_line(name, loss, language)
    if one.log_loss is not None:
        yield VERDICTS[verdict(one.log_loss.difference)].in_(language)
        yield CHOSEN.in_(language)


def verdict(difference: Interval) -> str:
    """Return what a difference of losses says of the challenger: better, worse, or open.

    >>> verdict(Interval(value=-0.02, low=-0.03, high=-0.01)), verdict(Interval(value=-0.02))
    ('better', 'open')
    """
    if difference.low is None or difference.high is None:
        return "open"
    if difference.high < 0:
        return "better"
    return "worse" if difference.low > 0 else "open"


def _loss_line(name: str, loss: Loss, language: Language) -> str:
    def told(figure: Interval) -> str:
        return decimal(figure.value, language, digits=4)

    return LOSS.in_(language).format(
        name=name,
        challenger=told(loss.challenger),
        champion=told(loss.champion),
        difference=told(loss.difference),
        ends=_ends(loss.challenger, language),
        champion_ends=_ends(loss.champion, language),
        difference_ends=_ends(loss.difference, language),
    )


def _ends(figure: Interval, language: Language) -> str:
    if figure.low is None:
        return "[–]"
    return f"[{decimal_range(figure.low, figure.high, language, digits=4)}]"


def _point_ends(figure: Interval, language: Language) -> str:
    if figure.low is None:
        return ""
    low, high = (points_of_percent(end, language) for end in (figure.low, figure.high))
    return f"[{low}, {high}]"


def _recommended(word: str, language: Language) -> str:
    return RECOMMENDATIONS[Recommendation(word)].in_(language)
