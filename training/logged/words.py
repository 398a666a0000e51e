"""What is told about a log that is read as deals: how many, and what was left out and why."""

from collections.abc import Mapping

from features.logged_deal import LoggedPast
from features.texts import Text
from training.logged.rows import Rows

MOST_NAMES = 8
_SENTENCES: Mapping[str, Text] = {
    "deals": Text(en="deals from the decision log: {n}", fr="affaires tirées du journal : {n}"),
    "in_both": Text(
        en="of these also in the file, where the log's facts and outcome count: {n}",
        fr="dont aussi dans le fichier, où les faits et l'issue du journal comptent : {n}",
    ),
    "erased": Text(
        en="left out, since what was known of them has been erased: {n}",
        fr="écartées, ce qu'on en savait ayant été effacé : {n}",
    ),
    "too_late": Text(
        en="left out, since they were first scored on the day they closed, or later: {n}",
        fr="écartées, car évaluées pour la première fois le jour de leur clôture ou après : {n}",
    ),
    "never_decided": Text(
        en="outcomes of deals that were never scored: {n}",
        fr="issues d'affaires jamais évaluées : {n}",
    ),
    "foreign": Text(
        en="left out, since half of their facts or more do not fit the policy of today: {n}",
        fr="écartées, la moitié au moins de leurs faits ne convenant pas à la politique "
        "d'aujourd'hui : {n}",
    ),
    "misfits": Text(
        en="facts that do not fit the policy of today, and are unknown: {n}, of which {names}",
        fr="faits inadaptés à la politique d'aujourd'hui, et donc inconnus : {n}, dont {names}",
    ),
    "unsaid": Text(
        en="left out, since deals.outcome in the policy has no word for {names}: {n}",
        fr="écartées, deals.outcome n'ayant pas de mot dans la politique pour {names} : {n}",
    ),
    "as_lost": Text(
        en="ended without a decision, and count as lost, since deals.outcome has no word for "
        "no_decision: {n}",
        fr="closes sans décision, comptées comme perdues, deals.outcome n'ayant pas de mot pour "
        "no_decision : {n}",
    ),
    "drawn": Text(
        en="drawn among refused deals, and count once each, since the policy names no "
        "deals.propensity: {n}",
        fr="tirées parmi les refusées, comptées une fois chacune, la politique ne nommant pas "
        "deals.propensity : {n}",
    ),
}


def told(
    past: LoggedPast, rows: Rows, *, in_both: int, has_chance: bool
) -> tuple[tuple[Text, ...], dict[str, int]]:
    """Return sentences for people, those with nothing to say left out, and all counts."""
    drawn = sum(0 < deal.propensity < 1 and deal.explored for deal in rows.deals)
    counts = {
        "deals": len(rows.deals),
        "in_both": in_both,
        "erased": past.erased,
        "too_late": past.too_late,
        "never_decided": past.never_decided,
        "foreign": rows.foreign,
        "misfits": sum(rows.misfits.values()),
        "unsaid": sum(rows.unsaid.values()),
        "as_lost": rows.as_lost,
        "drawn": 0 if has_chance else drawn,
    }
    commonest = sorted(rows.misfits, key=lambda name: (-rows.misfits[name], name))
    names = {
        "misfits": _listed([f"{name} ({rows.misfits[name]})" for name in commonest]),
        "unsaid": _listed([outcome.value for outcome in rows.unsaid]),
    }
    notes = tuple(
        _filled(text, n=counts[name], names=names.get(name, ""))
        for name, text in _SENTENCES.items()
        if counts[name] or name == "deals"
    )
    return notes, counts


def _listed(names: list[str]) -> str:
    more = f", + {len(names) - MOST_NAMES}" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more


def _filled(text: Text, *, n: int, names: str) -> Text:
    return Text(en=text.en.format(n=n, names=names), fr=text.fr.format(n=n, names=names))
