"""What monitoring says in sentences: the verdict, why, and what may be done about it."""

from collections.abc import Mapping
from math import exp

from features.texts import LANGUAGES, Text
from reports.monitoring import (
    FEWEST_OUTCOMES,
    DriftKind,
    FieldDrift,
    InterceptShift,
    Monitoring,
    RefreshReason,
    Slope,
    Trigger,
    Verdict,
)
from reports.monitoring_words import KINDS, WORDS
from reports.numbers import decimal
from reports.typography import day, filled, pair

Gaps = Mapping[str, float | str | Text]

_VERDICTS: Mapping[Verdict, Text] = {
    "steady": pair(
        "Of {n:count} deals closed since, {won:count} were won, where {expected:count} were "
        "promised: nothing to act upon.",
        "Sur {n:count} affaires closes depuis, {won:count} sont gagnées pour {expected:count} "
        "promises : rien qui demande une action.",
    ),
    "recalibrate": pair(
        "Of {n:count} deals closed since, {won:count} were won, where {expected:count} were "
        "promised. Refit the intercept first; train again if that does not do.",
        "Sur {n:count} affaires closes depuis, {won:count} sont gagnées pour {expected:count} "
        "promises. Recaler d'abord les chances de toutes ; réentraîner si cela ne suffit pas.",
    ),
    "retrain": pair(
        "Of {n:count} deals closed since, {won:count} were won, where {expected:count} were "
        "promised, and likely and unlikely deals are no longer told apart as they were: a shift "
        "of all odds would not do.",
        "Sur {n:count} affaires closes depuis, {won:count} sont gagnées pour {expected:count} "
        "promises, et le modèle ne distingue plus comme avant les affaires probables des autres : "
        "décaler toutes les chances ne suffirait pas.",
    ),
    "too_early": pair(
        "{n:count} deals count as closed since {since}, and {fewest:count} are needed. Until then "
        "nothing is concluded.",
        "{n:count} affaires comptent comme closes depuis le {since}, et il en faut "
        "{fewest:count}. D'ici là, rien n'est conclu.",
    ),
}
_TRIGGERS: Mapping[Trigger, Text] = {
    "cusum_fewer": pair(
        "Deals are won as if their odds were halved: an alarm at outcome {deal:count} of "
        "{n:count}, on {day}.",
        "On gagne comme si les cotes étaient divisées par deux : alerte à l'issue {deal:count} "
        "sur {n:count}, le {day}.",
    ),
    "cusum_more": pair(
        "Deals are won as if their odds were doubled: an alarm at outcome {deal:count} of "
        "{n:count}, on {day}.",
        "On gagne comme si les cotes étaient doublées : alerte à l'issue {deal:count} sur "
        "{n:count}, le {day}.",
    ),
    "periods_fewer": pair(
        "Two periods in a row had fewer wins than promised, beyond chance.",
        "Deux périodes de suite ont moins de gains que promis, au-delà du hasard.",
    ),
    "periods_more": pair(
        "Two periods in a row had more wins than promised, beyond chance.",
        "Deux périodes de suite ont plus de gains que promis, au-delà du hasard.",
    ),
    "cohorts_fewer": pair(
        "Two mature cohorts in a row have fewer wins than promised, however their open deals end.",
        "Deux cohortes mûres de suite ont moins de gains que promis, quelle que soit l'issue des "
        "ouvertes.",
    ),
    "cohorts_more": pair(
        "Two mature cohorts in a row have more wins than promised, however their open deals end.",
        "Deux cohortes mûres de suite ont plus de gains que promis, quelle que soit l'issue des "
        "ouvertes.",
    ),
    "slope": pair(
        "The slope of outcomes on the log-odds is {slope} ({low} to {high}, {n:count} deals), "
        "where 1 is right.",
        "La pente des issues sur les log-cotes est de {slope} ({low} à {high}, {n:count} "
        "affaires) ; 1 serait juste.",
    ),
}
_REFRESH: Mapping[RefreshReason, Text] = {
    "more_deals": pair(
        "Refresh due: {new:count} deals closed since, beside the {learned:count} learned from.",
        "Rafraîchissement dû : {new:count} affaires closes depuis, pour {learned:count} apprises.",
    ),
    "age": pair(
        "Refresh due: the champion learned {age:count} days ago.",
        "Rafraîchissement dû : le modèle a appris il y a {age:count} jours.",
    ),
    "policy_changed": pair(
        "Refresh due: the policy in use is not the one the champion was trained under.",
        "Rafraîchissement dû : la politique en usage n'est pas celle de l'apprentissage.",
    ),
}
_SHIFT = pair(
    "All log-odds would move by {shift} (± {se}, {n:count} deals): a deal at 50% would be at "
    "{moved:share}.",
    "Toutes les log-cotes bougeraient de {shift} (± {se}, {n:count} affaires) : une affaire à "
    "50 % passerait à {moved:share}.",
)
_REFIT = pair(
    "Fitted on the older half, it takes the log-loss of the {n:count} newer outcomes from "
    "{before} to {after}.",
    "Calculé sur la moitié la plus ancienne, il fait passer la log-loss des {n:count} issues plus "
    "récentes de {before} à {after}.",
)
_SLOPE = pair(
    "The slope is {slope} ({low} to {high}), where 1 is right.",
    "La pente est de {slope} ({low} à {high}) ; 1 serait juste.",
)
_PASSED = pair(
    "Earlier alarms that have passed: {n:count}.",
    "Alertes antérieures, levées depuis : {n:count}.",
)
_DRIFT = pair("{field}: {kinds}", "{field} : {kinds}")
_ANSWERS = pair(
    "{kind} (PSI {psi}, by chance up to {cut})", "{kind} (PSI {psi}, par hasard jusqu'à {cut})"
)
_SHARES = pair("{kind} ({before:share} → {now:share})", "{kind} ({before:share} → {now:share})")


def verdict_sentence(found: Monitoring) -> Text:
    """Return what the verdict means, with its figures."""
    told = found.overall
    gaps: Gaps = {
        "n": told.deals,
        "won": told.won,
        "expected": told.expected,
        "since": day(found.since),
        "fewest": FEWEST_OUTCOMES,
    }
    return filled(_VERDICTS[found.verdict], gaps)


def trigger_sentences(found: Monitoring) -> tuple[Text, ...]:
    """Return why, a sentence for each trigger; none is told while it is too early."""
    if found.verdict == "too_early":
        return ()
    return tuple(
        filled(_TRIGGERS[one], {**_slope_gaps(found.slope), **_alarm_gaps(found, one)})
        for one in found.triggers
    )


def refresh_sentences(found: Monitoring) -> tuple[Text, ...]:
    """Return why a scheduled refresh is due, a sentence each."""
    told = found.refresh
    gaps: Gaps = {"new": told.new_deals, "learned": told.learned_deals, "age": told.age_days}
    return tuple(filled(_REFRESH[one], gaps) for one in told.reasons)


def recalibration_sentences(found: Monitoring) -> tuple[Text, ...]:
    """Return what a shift of all log-odds is, what it did out of sample, and the slope."""
    told: list[Text] = []
    if found.intercept_shift is not None:
        told.append(filled(_SHIFT, _shift_gaps(found.intercept_shift)))
    if found.refit is not None:
        before, after = (_plain(one, 4) for one in (found.refit.before, found.refit.after))
        told.append(filled(_REFIT, {"n": found.refit.judged, "before": before, "after": after}))
    if found.slope is not None:
        told.append(filled(_SLOPE, _slope_gaps(found.slope)))
    return tuple(told)


def drift_sentences(found: Monitoring) -> tuple[Text, ...]:
    """Return each field that moved, and how."""
    return tuple(
        filled(_DRIFT, {"field": field_name(one), "kinds": _kinds(one)})
        for one in found.drift.fields
        if one.alerts
    )


def passed_sentence(found: Monitoring) -> Text | None:
    """Return how many alarms are over, None where none was raised."""
    passed = sum(chart.passed for chart in found.charts)
    return filled(_PASSED, {"n": passed}) if passed else None


def field_name(one: FieldDrift) -> Text:
    """Return what a row of drift is about: a field's label, or the probability itself."""
    if one.name is None:
        return WORDS["score"]
    return one.label or Text(en=one.name, fr=one.name)


def _kinds(one: FieldDrift) -> Text:
    told = [_kind(one, kind) for kind in one.alerts]
    return Text(**{tongue: ", ".join(text.in_(tongue) for text in told) for tongue in LANGUAGES})


def _kind(one: FieldDrift, kind: DriftKind) -> Text:
    if kind == "answers" and one.psi is not None and one.cut is not None:
        gaps = {"kind": KINDS[kind], "psi": _plain(one.psi, 3), "cut": _plain(one.cut, 3)}
        return filled(_ANSWERS, gaps)
    missing = kind == "missing"
    before, now = (one.missing_before, one.missing_now) if missing else (0.0, one.new_share)
    return filled(_SHARES, {"kind": KINDS[kind], "before": before, "now": now})


def _alarm_gaps(found: Monitoring, trigger: Trigger) -> Gaps:
    halved = trigger == "cusum_fewer"
    chart = next((one for one in found.charts if (one.odds_ratio < 1) == halved), None)
    if chart is None or chart.alarm_deal is None or chart.alarm_on is None:
        return {}
    if not trigger.startswith("cusum"):
        return {}
    return {"deal": chart.alarm_deal, "n": chart.deals, "day": day(chart.alarm_on)}


def _slope_gaps(slope: Slope | None) -> Gaps:
    if slope is None:
        return {}
    ends = {name: _plain(getattr(slope, name), 2) for name in ("low", "high")}
    return {"slope": _plain(slope.value, 2), "n": slope.n, **ends}


def _shift_gaps(shift: InterceptShift) -> Gaps:
    moved = 1 / (1 + exp(-shift.value))
    signed = {tongue: ("+" if shift.value > 0 else "") + decimal(shift.value, tongue, digits=2)
              for tongue in LANGUAGES}  # fmt: skip
    return {"shift": Text(**signed), "se": _plain(shift.se, 2), "n": shift.n, "moved": moved}


def _plain(value: float, digits: int) -> Text:
    return Text(**{tongue: decimal(value, tongue, digits=digits) for tongue in LANGUAGES})
