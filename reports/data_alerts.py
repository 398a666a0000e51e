"""What to know of a file before anything else: what stops training, then what to be wary of."""

from collections.abc import Callable, Iterator, Mapping

from features.texts import Text
from reports.data_report import Alert, DataReport, LeftOutBecause, PeriodRate, Truncation
from reports.findings import Finding, Severity
from reports.typography import day as a_day
from reports.typography import filled, pair, quarter

FEW, TOO_FEW = 40, 10
"""Closed deals of the rarer ending: below the first we warn, below the second nothing learns."""
MANY_TWINS = 0.05
MANY_SHORT = 0.05
MANY_STALE = 0.05
"""Shares: of all deals, of closed deals, of open deals (of which some always take longest)."""
SURELY = 0.01

_TITLES: Mapping[str, Text] = {
    "too_few": pair("Too few closed deals to learn from", "Trop peu d'affaires closes"),
    "leaks": pair(
        "Columns that know how the deal ended", "Des colonnes savent comment l'affaire a fini"
    ),
    "few": pair("Few closed deals", "Peu d'affaires closes"),
    "suspects": pair("Columns to ask about", "Des colonnes à vérifier"),
    "early": pair("The first deals are survivors", "Les premières affaires sont des survivantes"),
    "recent": pair(
        "The latest deals are not like the others", "Les dernières affaires diffèrent des autres"
    ),
    "drift": pair("The win rate moves", "Le taux de gain bouge"),
    "unrecorded": pair(
        "Ever more deals without an end", "De plus en plus d'affaires sans issue saisie"
    ),
    "twins": pair("Twins", "Affaires jumelles"),
    "bulk": pair("Deals closed in bulk", "Affaires closes en bloc"),
    "short": pair("Entered after the fact", "Saisies après coup"),
    "stale": pair("Open deals that may be lost", "Affaires ouvertes peut-être perdues"),
}
_TEXTS: Mapping[str, Text] = {
    "too_few": pair(
        "{won:count} won and {others:count} not won, and at least 10 of each are needed. Until "
        "then the policy alone decides.",
        "{won:count} gagnées et {others:count} non gagnées ; il en faut au moins 10 de chaque. "
        "D'ici là, la politique décide seule.",
    ),
    "leaks": pair(
        "{names}. Training stops until they are left out, or the policy names them with a reason.",
        "{names}. L'apprentissage s'arrête tant qu'elles ne sont pas exclues, ou que la politique "
        "ne les nomme pas avec une raison.",
    ),
    "few": pair(
        "The rarer ending has {rarer:count} deals; with fewer than 40 read every figure with its "
        "interval.",
        "L'issue la plus rare compte {rarer:count} affaires ; en dessous de 40, lire chaque "
        "chiffre avec sa plage.",
    ),
    "suspects": pair(
        "{names}. They may be written after the decision: ask before you rely on them.",
        "{names}. Elles sont peut-être écrites après la décision : vérifier avant de s'y fier.",
    ),
    "early": pair(
        "{deals:count} deals opened before the first closing on file, and {rate:share} of them "
        "were won against {usual:share} later: those lost by then are not in the file. Train on "
        "deals opened afterwards.",
        "{deals:count} affaires ouvertes avant la première clôture du fichier, dont {rate:share} "
        "gagnées contre {usual:share} ensuite : celles perdues avant n'y sont pas. Apprendre sur "
        "les affaires ouvertes après.",
    ),
    "recent": pair(
        "Of the deals opened in the last {days:count} days {open:count} are still open, and of "
        "those already closed {rate:share} were won against {usual:share} before: only the fast "
        "ones have ended.",
        "Parmi les affaires ouvertes dans les {days:count} derniers jours, {open:count} sont "
        "encore ouvertes, et {rate:share} des closes sont gagnées contre {usual:share} avant : "
        "seules les rapides ont fini.",
    ),
    "drift": pair(
        "Quarters differ more than chance would have it: from {low:share} ({worst}) to "
        "{high:share} ({best}). Judge a model on the latest deals.",
        "Les trimestres diffèrent plus que par hasard : de {low:share} ({worst}) à {high:share} "
        "({best}). Juger un modèle sur les affaires les plus récentes.",
    ),
    "unrecorded": pair(
        "{deals:count} deals of {due:count} that should have ended have no end on file, and their "
        "share rises: the latest months look better than they were.",
        "{deals:count} affaires sur {due:count} qui devaient finir n'ont pas d'issue au fichier, "
        "et leur part augmente : les derniers mois paraissent meilleurs qu'ils ne furent.",
    ),
    "twins": pair(
        "{twins:count} deals ({share:share}) equal an earlier one in all but id and date. They "
        "are kept on one side of every split.",
        "{twins:count} affaires ({share:share}) sont identiques à une autre, sauf l'identifiant "
        "et la date. Elles restent du même côté de chaque partage.",
    ),
    "bulk": pair(
        "{deals:count} deals were closed on {day} ({share:share} of all): somebody tidied up, and "
        "the date says little.",
        "{deals:count} affaires closes le {day} ({share:share} du total) : un grand ménage, et la "
        "date dit peu.",
    ),
    "short": pair(
        "{short:count} closed deals ({share:share}) lived less than two days: what is on file was "
        "not known beforehand.",
        "{short:count} affaires closes ({share:share}) ont vécu moins de deux jours : ce qui est "
        "au fichier n'était pas connu avant.",
    ),
    "stale": pair(
        "{stale:count} open deals are older than {days:count} days, longer than 99% of deals "
        "took. If they are lost, say so in the CRM.",
        "{stale:count} affaires ouvertes ont plus de {days:count} jours, soit plus que 99 % des "
        "affaires. Si elles sont perdues, le dire dans le CRM.",
    ),
}


def alerts(report: DataReport) -> tuple[Alert, ...]:
    """Return the alerts that a report deserves, those that stop training first."""
    found = [alert for check in _CHECKS for alert in check(report)]
    return tuple(sorted(found, key=lambda alert: not alert.stops))


def stopping_leaks(report: DataReport) -> tuple[Finding, ...]:
    """Return the certain leaks in columns that would otherwise be used, and nobody has excused."""
    stopping = {one.column for one in report.columns if one.reason is LeftOutBecause.LEAK}
    return tuple(leak for leak in report.leaks if leak.column in stopping)


def _alert(code: str, *, stops: bool = False, **gaps: float | str | Text) -> Alert:
    text = filled(_TEXTS[code], gaps)
    return Alert(code=code, stops=stops, title=_TITLES[code], text=text)


def _deals(report: DataReport) -> Iterator[Alert]:
    won, others = report.base.won, report.base.deals - report.base.won
    rarer = min(won, others)
    if rarer < TOO_FEW:
        yield _alert("too_few", stops=True, won=won, others=others)
    elif rarer < FEW:
        yield _alert("few", rarer=rarer)


def _leaks(report: DataReport) -> Iterator[Alert]:
    if sure := stopping_leaks(report):
        yield _alert("leaks", stops=True, names=_names(sure))
    if suspects := [leak for leak in report.leaks if leak.severity is Severity.SUSPECT]:
        yield _alert("suspects", names=_names(suspects))


def _ends(report: DataReport) -> Iterator[Alert]:
    ends = report.truncation
    if ends is None:
        return
    if ends.early_p < SURELY and _better(ends.early, ends.mature):
        usual = ends.mature.rate or 0.0
        yield _alert("early", deals=ends.early.deals, rate=ends.early.rate or 0.0, usual=usual)
    if ends.recent_p < SURELY or ends.recent_open > ends.recent.deals:
        yield _recent(ends)
    if ends.stale > MANY_STALE * report.outcomes["open"]:
        yield _alert("stale", stale=ends.stale, days=ends.stale_days)


def _recent(ends: Truncation) -> Alert:
    return _alert(
        "recent",
        days=ends.slow_days,
        open=ends.recent_open,
        rate=ends.recent.rate or 0.0,
        usual=ends.mature.rate or 0.0,
    )


def _drift(report: DataReport) -> Iterator[Alert]:
    if report.drift is None or report.drift.p is None or report.drift.p >= SURELY:
        return
    # Only quarters that stand out by themselves are named, or else the extremes are noise.
    apart = [one for one in report.drift.quarters if one.p is not None and one.p < 5 * SURELY]
    rated = sorted(apart or report.drift.quarters, key=lambda one: one.rate or 0.0)
    worst, best = rated[0], rated[-1]
    yield _alert(
        "drift",
        low=worst.rate or 0.0,
        worst=quarter(worst.period),
        high=best.rate or 0.0,
        best=quarter(best.period),
    )


def _unrecorded(report: DataReport) -> Iterator[Alert]:
    missing = report.unrecorded
    if missing is not None and missing.rising:
        yield _alert("unrecorded", deals=missing.deals, due=missing.due)


def _twins(report: DataReport) -> Iterator[Alert]:
    share = report.twins.twins / max(report.deals, 1)
    if share >= MANY_TWINS:
        yield _alert("twins", twins=report.twins.twins, share=share)


def _closings(report: DataReport) -> Iterator[Alert]:
    for day in report.bulk:
        yield _alert("bulk", deals=day.deals, day=a_day(day.day), share=day.share)
    lives = report.lifetimes
    if lives is not None and lives.short > MANY_SHORT * lives.deals:
        yield _alert("short", short=lives.short, share=lives.short / lives.deals)


def _better(one: PeriodRate, other: PeriodRate) -> bool:
    return one.rate is not None and other.rate is not None and one.rate > other.rate


def _names(leaks: "tuple[Finding, ...] | list[Finding]") -> str:
    return " · ".join(leak.column for leak in leaks)


_CHECKS: tuple[Callable[[DataReport], Iterator[Alert]], ...] = (
    _deals, _leaks, _ends, _drift, _unrecorded, _twins, _closings,
)  # fmt: skip
