"""What is told about a log that is read as deals: how many, and what was left out and why."""

from collections.abc import Mapping

from features.logged_deal import LoggedPast
from features.texts import Text
from training.logged.rows import Rows

MOST_NAMES = 8
_SENTENCES: Mapping[str, Text] = {
    "deals": Text(
        en="{n} deals come from the decision log", fr="{n} affaires viennent du journal"
    ),
    "in_both": Text(
        en="{n} of them are in the file too: the log's facts and outcome count",
        fr="dont {n} aussi dans le fichier : les faits et l'issue du journal comptent",
    ),
    "erased": Text(
        en="{n} deals are left out: what was known of them has been erased",
        fr="{n} affaires écartées : ce qu'on en savait a été effacé",
    ),
    "too_late": Text(
        en="{n} deals are left out: they were first scored on the day they closed, or later",
        fr="{n} affaires écartées : évaluées pour la première fois le jour de leur clôture, "
        "ou après",
    ),
    "never_decided": Text(
        en="{n} outcomes are of deals that were never scored",
        fr="{n} issues d'affaires qui n'ont jamais été évaluées",
    ),
    "foreign": Text(
        en="{n} deals are left out: half of their facts or more do not fit the policy of today",
        fr="{n} affaires écartées : la moitié au moins de leurs faits ne convient pas à la "
        "politique d'aujourd'hui",
    ),
    "misfits": Text(
        en="{n} facts do not fit the policy of today, and are unknown: {names}",
        fr="{n} faits ne conviennent pas à la politique d'aujourd'hui et sont inconnus : {names}",
    ),
    "unsaid": Text(
        en="{n} deals are left out: deals.outcome has no word for {names}",
        fr="{n} affaires écartées : deals.outcome n'a pas de mot pour {names}",
    ),
    "as_lost": Text(
        en="{n} deals that ended without a decision count as lost: deals.outcome has no word "
        "for no_decision",
        fr="{n} affaires sans décision comptent comme perdues : deals.outcome n'a pas de mot pour "
        "no_decision",
    ),
    "drawn": Text(
        en="{n} deals were drawn among refused ones and count once each: name deals.propensity "
        "in the policy",
        fr="{n} affaires tirées parmi les refusées comptent une fois chacune : nommez "
        "deals.propensity dans la politique",
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
