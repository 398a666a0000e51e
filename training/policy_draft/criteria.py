"""Candidate criteria and knockouts: what closed deals suggest, for people to decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from features.texts import Text
from models.evidence import win_rate_interval
from reports.typography import filled, honest_share, pair
from training.policy_draft.evidence import STEP, Answer, Compared
from training.policy_draft.fields import DraftField

MOST_CRITERIA = 8
MOST_KNOCKOUTS = 3
FEWEST_TO_BALANCE = 3
FEWEST_FOR_KNOCKOUT = 20
HOPELESS = 0.25
"""A knockout is proposed where even the interval's upper end is under a quarter of the rest."""

_EVIDENCE = pair(
    "{answer}: won {won:count} of {deals:count}, {rate:share} [{low:share}-{high:share}], "
    "against {rest:share}",
    "{answer} : {won:count} sur {deals:count} gagnées, {rate:share} [{low:share}-{high:share}], "
    "contre {rest:share}",
)
_LOWERED = Text(
    en="its points are lowered: they would outweigh all the others together",
    fr="ses points sont abaissés : ils pèseraient plus que tous les autres ensemble",
)
_YES_NO: Mapping[bool, Text] = {True: Text(en="yes", fr="oui"), False: Text(en="no", fr="non")}
_QUESTIONS: Mapping[str, Text] = {
    "number": Text(en="{label}: how much?", fr="{label} : combien ?"),
    "boolean": Text(en="{label}: yes or no?", fr="{label} : oui ou non ?"),
    "category": Text(en="{label}: which answer?", fr="{label} : quelle réponse ?"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A criterion or a knockout as it stands in the file, with what speaks for it."""

    field: str
    data: Mapping[str, Any]
    evidence: tuple[Text, ...]


def candidate_criteria(
    compared: Sequence[Compared], fields: Mapping[str, DraftField]
) -> tuple[Candidate, ...]:
    """Return at most eight criteria, one a field, the surest first."""
    by_field: dict[str, list[Compared]] = {}
    for one in compared:
        by_field.setdefault(one.field, []).append(one)
    telling = {
        name: several
        for name, several in by_field.items()
        if any(_speaks(one, fields[name]) for one in several)
    }
    surest = sorted(telling, key=lambda name: _p_value(telling[name]))[:MOST_CRITERIA]
    found = [_criterion(fields[name], telling[name]) for name in surest]
    return balanced([one for one in found if one is not None])


def balanced(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates, none of three or more weighing more than all others together."""
    swings = [_swing(one.data) for one in candidates]
    if len(candidates) < FEWEST_TO_BALANCE or 2 * max(swings) <= sum(swings):
        return tuple(candidates)
    heaviest, others = candidates[swings.index(max(swings))], sum(swings) - max(swings)
    lowered = replace(
        heaviest,
        data=_scaled(heaviest.data, others / max(swings)),
        evidence=(*heaviest.evidence, _LOWERED),
    )
    return tuple(lowered if one is heaviest else one for one in candidates)


def candidate_knockouts(
    compared: Sequence[Compared], fields: Mapping[str, DraftField]
) -> tuple[Candidate, ...]:
    """Return at most three answers of which almost every deal was lost: to be thought about."""
    hopeless = [one for one in compared if _speaks(one, fields[one.field]) and _is_hopeless(one)]
    chosen = sorted(hopeless, key=lambda one: -one.deals)[:MOST_KNOCKOUTS]
    return tuple(_knockout(fields[one.field], one, place) for place, one in enumerate(chosen, 1))


def question_of(field: DraftField) -> dict[str, str]:
    """Return the question to ask for a field, in both languages."""
    words = _QUESTIONS[field.data["type"]]
    return {
        "en": words.en.format(label=field.label.en),
        "fr": words.fr.format(label=field.label.fr),
    }


def evidence_of(one: Compared, answer: Text | None = None) -> Text:
    """Return what became of the deals with an answer, beside the others."""
    low, high = win_rate_interval(one.won, one.deals)
    words = answer or answer_in_words(one.answer)
    return filled(
        _EVIDENCE,
        {
            "answer": words, "won": one.won, "deals": one.deals, "rate": one.won / one.deals,
            "low": low, "high": high, "rest": one.rest_won / one.rest_deals,
        },
    )  # fmt: skip


def answer_in_words(answer: Answer) -> Text:
    """Return an answer as people read it.

    >>> answer_in_words(Answer(low=10.0, high=25.5)).en, answer_in_words(Answer(True)).fr
    ('from 10 to 25.5', 'oui')
    """
    if isinstance(answer.word, bool):
        return _YES_NO[answer.word]
    if answer.word is not None:
        return Text(en=answer.word, fr=answer.word)
    if answer.low is None:
        return Text(en=f"under {answer.high:.6g}", fr=f"moins de {answer.high:.6g}")
    if answer.high is None:
        return Text(en=f"{answer.low:.6g} and more", fr=f"{answer.low:.6g} et plus")
    return Text(
        en=f"from {answer.low:.6g} to {answer.high:.6g}",
        fr=f"de {answer.low:.6g} à {answer.high:.6g}",
    )


def share_in_words(share: float) -> Text:
    """Return a share of 1 as a percentage in both languages."""
    return Text(en=honest_share(share, "en"), fr=honest_share(share, "fr"))


def whole_if_whole(number: float) -> float | int:
    """Return a number without its point where it has no decimals."""
    return int(number) if float(number).is_integer() else float(number)


def _speaks(one: Compared, field: DraftField) -> bool:
    """Return whether an answer is worth points: what may be unknown is neither good nor bad."""
    return one.tells and one.points != 0 and one.answer.word not in field.doubtful


def _p_value(several: Sequence[Compared]) -> float:
    return min(one.p_value for one in several)


def _criterion(field: DraftField, compared: Sequence[Compared]) -> Candidate | None:
    telling = [one for one in compared if _speaks(one, field)]
    evidence = tuple(map(evidence_of, telling))
    label = {"en": field.label.en, "fr": field.label.fr}
    if field.data["type"] == "number":
        return Candidate(
            field=field.name, data=_by_bands(field, compared, label), evidence=evidence
        )
    if len(compared) == 2 and len(telling) == 2:  # noqa: PLR2004 (one is the other's rest)
        return _by_condition(field, max(telling, key=lambda one: one.points))
    points = {str(one.answer.word): one.points for one in telling}
    data = {"id": field.name, "field": field.name, "values": points, "otherwise": 0}
    data |= {"direction": "free", "label": label}
    return Candidate(field=field.name, data=data, evidence=evidence)


def _by_condition(field: DraftField, one: Compared) -> Candidate | None:
    if one.points <= 0:
        return None
    words = answer_in_words(one.answer)
    data = {
        "id": field.name,
        "when": {field.name: one.answer.word},
        "points": one.points,
        "direction": "free",
        "label": {"en": f"{field.label.en}: {words.en}", "fr": f"{field.label.fr} : {words.fr}"},
    }
    return Candidate(field=field.name, data=data, evidence=(evidence_of(one),))


def _by_bands(
    field: DraftField, compared: Sequence[Compared], label: Mapping[str, str]
) -> dict[str, Any]:
    bands: list[dict[str, Any]] = []
    for one in compared:
        points = one.points if _speaks(one, field) else 0
        high = one.answer.high
        if bands and bands[-1]["points"] == points:
            bands.pop()  # two bands of the same points are one
        bands.append(
            {"points": points}
            if high is None
            else {"below": whole_if_whole(high), "points": points}
        )
    return {
        "id": field.name, "field": field.name, "bands": bands, "direction": "free", "label": label
    }  # fmt: skip


def _swing(data: Mapping[str, Any]) -> int:
    """Return the difference in points between the best and the worst answer."""
    if "bands" in data:
        points = [band["points"] for band in data["bands"]]
    else:
        points = [0, *data.get("values", {"": data.get("points")}).values()]
    return int(max(points) - min(points))


def _scaled(data: Mapping[str, Any], share: float) -> dict[str, Any]:
    """Return a criterion with a share of its points, cut to multiples of five."""

    def cut(points: int) -> int:
        return int(points * share / STEP) * STEP

    if "bands" in data:
        return {
            **data,
            "bands": [{**band, "points": cut(band["points"])} for band in data["bands"]],
        }
    if "values" in data:
        return {**data, "values": {word: cut(points) for word, points in data["values"].items()}}
    return {**data, "points": cut(data["points"])}


def _is_hopeless(one: Compared) -> bool:
    if one.deals < FEWEST_FOR_KNOCKOUT:
        return False
    return win_rate_interval(one.won, one.deals)[1] < HOPELESS * one.rest_won / one.rest_deals


def _knockout(field: DraftField, one: Compared, place: int) -> Candidate:
    words = answer_in_words(one.answer)
    limits = {"at_least": one.answer.low, "below": one.answer.high}
    given = {key: whole_if_whole(limit) for key, limit in limits.items() if limit is not None}
    data = {
        "id": f"{field.name[:50]}_{place}",
        "when": {field.name: given or one.answer.word},
        "then": "no_go",
        "reason": {"en": f"{field.label.en}: {words.en}", "fr": f"{field.label.fr} : {words.fr}"},
        "owner": "?",
    }
    return Candidate(field=field.name, data=data, evidence=(evidence_of(one),))
