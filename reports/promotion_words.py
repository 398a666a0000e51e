"""A verdict of the promotion gate in sentences, in French and in English."""

from collections.abc import Iterator, Sequence

from features.texts import Language, Text
from reports.numbers import decimal, percent, whole
from reports.promotion import Check, CheckCode, GateReport, Rule, Verdict
from reports.typography import day, honest_share, pair

VERDICTS = {
    Verdict.PROMOTED: pair("promoted", "promu"),
    Verdict.PROVISIONAL: pair(
        "provisional: it takes the free seat meanwhile, because it is the policy's own estimate "
        "moved by {closed_deals} closed deals; nothing was proven, and the next challenger need "
        "not beat it",
        "provisoire : il prend la place libre en attendant, car c'est l'estimation de la "
        "politique elle-même, déplacée par {closed_deals} affaires closes ; rien n'a été prouvé, "
        "et le prochain prétendant n'a pas à le battre",
    ),
    Verdict.ALREADY_CHAMPION: pair("it is the champion already", "c'est déjà le modèle en titre"),
    Verdict.ROLLED_BACK: pair(
        "not promoted: this version was rolled back; only qualifox rollback --to brings it back",
        "non promu : cette version a été retirée, seul qualifox rollback --to la rétablit",
    ),
    Verdict.CHAMPION_UNREADABLE: pair(
        "not promoted: the champion's policy cannot read these deals, so there is no comparison",
        "non promu : la politique du modèle en titre ne sait pas lire ces affaires, "
        "il n'y a donc pas de comparaison",
    ),
    Verdict.INSUFFICIENT_EVIDENCE: pair(
        "not promoted: too few deals to judge by", "non promu : trop peu d'affaires pour juger"
    ),
    Verdict.SUSPECT_LEAK: pair(
        "not promoted: too good to be true, a column probably knows the outcome "
        "(--acknowledge-leak if it does not)",
        "non promu : trop beau pour être vrai, une colonne connaît sans doute l'issue "
        "(--acknowledge-leak sinon)",
    ),
    Verdict.NOT_BETTER_THAN_BASE_RATE: pair(
        "not promoted: not shown to be better than the base rate",
        "non promu : rien ne montre qu'il soit meilleur que le taux de base",
    ),
    Verdict.WORSE_THAN_CHAMPION: pair(
        "not promoted: it may be worse than the champion",
        "non promu : il est peut-être moins bon que le modèle en titre",
    ),
    Verdict.NOT_BETTER_THAN_CHAMPION: pair(
        "not promoted: not shown to be better than the champion",
        "non promu : rien ne montre qu'il soit meilleur que le modèle en titre",
    ),
    Verdict.LESS_VALUE: pair(
        "not promoted: pursuing by it would have brought less",
        "non promu : le suivre aurait rapporté moins",
    ),
    Verdict.NOT_CALIBRATED: pair(
        "not promoted: its probabilities do not mean what they say",
        "non promu : ses probabilités ne disent pas ce qu'elles promettent",
    ),
}
RULES = {
    Rule.FIRST: pair("there is no champion yet", "il n'y a pas encore de modèle en titre"),
    Rule.REFRESH: pair(
        "the same specification with newer deals: it must not be worse",
        "même spécification, affaires plus récentes : il ne doit pas être moins bon",
    ),
    Rule.RULES: pair(
        "the same specification under other rules, which people decide",
        "même spécification sous d'autres règles, que des personnes décident",
    ),
    Rule.CHANGE: pair(
        "another specification: it must be better",
        "autre spécification : il doit être meilleur",
    ),
}
_FREE_SEAT = pair(
    "the seat is free: its holder proved nothing, or cannot be read",
    "la place est libre : son occupant n'a rien prouvé, ou ne peut être lu",
)
_HELD_OUT = pair(
    "{deals} held-out deals, {won} won", "{deals} affaires tenues à l'écart, {won} gagnées"
)
_CLOSED = pair(", closed {since} to {until}", ", closes du {since} au {until}")
_ATTEMPTS = pair(
    "this holdout has judged {n} candidates: a change needs {share} of the draws",
    "ces affaires ont jugé {n} prétendants : il faut {share} des tirages pour un changement",
)
_EARLIER = pair(
    "the verdict is the one given before: a holdout is read once for each candidate",
    "le verdict est celui déjà rendu : les mêmes affaires ne jugent qu'une fois un prétendant",
)
_OK = pair("ok", "ok")
_FAILED = pair("NOT OK", "NON")
_ACKNOWLEDGED = pair("answered for", "assumé")

CHECKS: dict[CheckCode, Text] = {
    CheckCode.HELD_OUT_DEALS: pair(
        "{figure} held-out deals, {limit} needed",
        "{figure} affaires tenues à l'écart, {limit} requises",
    ),
    CheckCode.HELD_OUT_OF_EACH_OUTCOME: pair(
        "{figure} of the rarer outcome among them, {limit} needed",
        "{figure} de l'issue la plus rare parmi elles, {limit} requises",
    ),
    CheckCode.FRESH_DEALS_LEARNED: pair(
        "{figure} deals to learn from that the champion has not seen, {limit} needed",
        "{figure} affaires à apprendre que le modèle en titre n'a pas vues, {limit} requises",
    ),
    CheckCode.AUC_BELIEVABLE: pair(
        "AUC {figure}, believable up to {limit}", "AUC {figure}, crédible jusqu'à {limit}"
    ),
    CheckCode.SKILL_BELIEVABLE: pair(
        "log-loss {figure} below the base rate's, believable up to {limit}",
        "log-loss inférieure de {figure} à celle du taux de base, crédible jusqu'à {limit}",
    ),
    CheckCode.BETTER_THAN_BASE_RATE: pair(
        "better than the base rate in {figure} of bootstrap draws, {limit} needed",
        "meilleur que le taux de base dans {figure} des tirages bootstrap, {limit} requis",
    ),
    CheckCode.GAIN_OVER_BASE_RATE: pair(
        "log-loss {figure} below the base rate's ({low} to {high}), {limit} needed",
        "log-loss inférieure de {figure} à celle du taux de base ({low} à {high}), {limit} requis",
    ),
    CheckCode.NOT_WORSE_THAN_BASE_RATE: pair(
        "worse than the base rate in {figure} of bootstrap draws, less than {limit} needed",
        "moins bon que le taux de base dans {figure} des tirages bootstrap, "
        "moins de {limit} requis",
    ),
    CheckCode.NOT_WORSE_ON_AVERAGE: pair(
        "log-loss {figure} beside the champion's ({low} to {high}), {limit} at most",
        "log-loss {figure} par rapport au modèle en titre ({low} à {high}), {limit} au plus",
    ),
    CheckCode.NOT_WORSE_AT_MOST: pair(
        "log-loss {figure} beside the champion's at worst (95% bound), less than {limit} needed",
        "log-loss {figure} au pire par rapport au modèle en titre (borne à 95 %), "
        "moins de {limit} requis",
    ),
    CheckCode.BETTER_THAN_CHAMPION: pair(
        "better than the champion in {figure} of bootstrap draws, {limit} needed",
        "meilleur que le modèle en titre dans {figure} des tirages bootstrap, {limit} requis",
    ),
    CheckCode.VALUE_KEPT: pair(
        "money a deal {figure} beside the champion's ({low} to {high}), {limit} at least",
        "argent par affaire {figure} par rapport au modèle en titre ({low} à {high}), "
        "{limit} au moins",
    ),
    CheckCode.CALIBRATED_IN_THE_LARGE: pair(
        "won minus promised {figure} ({low} to {high}), {limit} either way, or nothing, needed",
        "gagné moins promis {figure} ({low} à {high}), {limit} au plus en plus ou en moins, "
        "ou un écart nul possible",
    ),
    CheckCode.CALIBRATION_SLOPE: pair(
        "calibration slope {figure} ({low} to {high}), 0.7 to 1.4 must be possible",
        "pente de calibration {figure} ({low} à {high}), 0,7 à 1,4 doit être possible",
    ),
}
WON_BY = {
    CheckCode.BETTER_THAN_BASE_RATE: pair(
        "better than the base rate in {figure} of bootstrap draws",
        "meilleur que le taux de base dans {figure} des tirages bootstrap",
    ),
    CheckCode.BETTER_THAN_CHAMPION: pair(
        "than the champion in {figure}", "que le modèle en titre dans {figure}"
    ),
    CheckCode.NOT_WORSE_ON_AVERAGE: pair(
        "log-loss {figure} beside the champion's",
        "log-loss {figure} par rapport au modèle en titre",
    ),
}
_COUNTS = frozenset(
    {
        CheckCode.HELD_OUT_DEALS,
        CheckCode.HELD_OUT_OF_EACH_OUTCOME,
        CheckCode.FRESH_DEALS_LEARNED,
    }
)
_SHARES = frozenset({CheckCode.SKILL_BELIEVABLE})
_DRAWS = frozenset(
    {
        CheckCode.BETTER_THAN_BASE_RATE,
        CheckCode.NOT_WORSE_THAN_BASE_RATE,
        CheckCode.BETTER_THAN_CHAMPION,
    }
)
_POINTS = frozenset({CheckCode.CALIBRATED_IN_THE_LARGE})
_MONEY = frozenset({CheckCode.VALUE_KEPT})
_DIFFERENCES = frozenset(
    {
        CheckCode.GAIN_OVER_BASE_RATE,
        CheckCode.NOT_WORSE_ON_AVERAGE,
        CheckCode.NOT_WORSE_AT_MOST,
    }
)


def verdict_sentence(report: GateReport, language: Language) -> str:
    """Return the verdict with the figures that decided it, in one line."""
    learned = whole(report.closed_deals, language)
    said = VERDICTS[report.verdict].in_(language).format(closed_deals=learned)
    failed = [check for check in _deciding(report) if not check.ok and not check.acknowledged]
    if report.verdict is Verdict.PROMOTED:
        told = "; ".join(
            WON_BY[check.code].in_(language).format(**_gaps(check, language))
            for check in report.checks
            if check.code in WON_BY
        )
    else:
        told = "; ".join(check_sentence(check, language) for check in failed[:1])
    if not told:
        return said
    joint = "; " if ":" in said else ": "
    return said + Text(en=joint, fr=" " + joint).in_(language) + told


def _deciding(report: GateReport) -> Sequence[Check]:
    """Return the checks that a verdict can come from: a lack of deals speaks against no model."""
    if report.verdict in {Verdict.INSUFFICIENT_EVIDENCE, Verdict.PROVISIONAL}:
        return report.checks
    return [check for check in report.checks if check.code not in _COUNTS]


def promotion_lines(report: GateReport, language: Language) -> Iterator[str]:
    """Yield the verdict, the rule, the deals that judged, and every check, a line each."""
    yield verdict_sentence(report, language)
    if report.holdout is None:
        return
    free = report.rule is Rule.FIRST and report.champion is not None
    yield (_FREE_SEAT if free else RULES[report.rule]).in_(language)
    yield _holdout_line(report, language)
    for check in report.checks:
        state = _OK if check.ok else _ACKNOWLEDGED if check.acknowledged else _FAILED
        yield f"  {state.in_(language)}  {check_sentence(check, language)}"
    if report.attempts > 1 and report.rule in {Rule.CHANGE, Rule.FIRST}:
        share = percent(1 - 0.05 / report.attempts, language, digits=1)
        yield _ATTEMPTS.in_(language).format(n=whole(report.attempts, language), share=share)
    if report.earlier:
        yield _EARLIER.in_(language)


def check_sentence(check: Check, language: Language) -> str:
    """Return a check with its numbers."""
    return CHECKS[check.code].in_(language).format(**_gaps(check, language))


def _gaps(check: Check, language: Language) -> dict[str, str]:
    return {
        name: _written(check.code, value, language)
        for name, value in (
            ("figure", check.figure),
            ("limit", check.limit),
            ("low", check.low),
            ("high", check.high),
        )
    }


def _holdout_line(report: GateReport, language: Language) -> str:
    holdout = report.holdout
    assert holdout is not None  # noqa: S101 (told to mypy; the caller asked)
    line = _HELD_OUT.in_(language).format(
        deals=whole(holdout.deals, language), won=whole(holdout.won, language)
    )
    if holdout.since and holdout.until:
        since, until = (day(one).in_(language) for one in (holdout.since, holdout.until))
        line += _CLOSED.in_(language).format(since=since, until=until)
    return line


def _written(code: CheckCode, value: float | None, language: Language) -> str:
    if value is None:
        return ""
    if code in _COUNTS or code in _MONEY:
        return whole(round(value), language)
    if code in _DRAWS:
        return honest_share(value, language)
    if code in _SHARES:
        return percent(value, language)
    if code in _POINTS:
        return percent(value, language, digits=1)
    return decimal(value, language, digits=4 if code in _DIFFERENCES else 2)
