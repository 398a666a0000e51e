"""What is said where the past contradicts the policy, in both languages."""

from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

from features.texts import Language, Text
from reports.numbers import decimal
from reports.review import DirectionConflict
from reports.typography import pair, quoted

Key: TypeAlias = Literal["given_up", "kept", "track_record"]

TITLE = pair("Where the past contradicts the policy", "Là où le passé contredit la politique")
HINT = pair(
    "Look at these again: the points may be wrong, or the deals that were refused may hide what "
    "they are right about. Without a direction in the policy the model goes by the past; with "
    "“direction: as_points” it never does.",
    "À revoir : les points sont peut-être faux, ou bien les affaires refusées cachent ce en quoi "
    "ils sont justes. Sans « direction » dans la politique, le modèle suit le passé ; avec "
    "« direction: as_points », jamais.",
)
_WARNING = pair("warning: {text}", "attention : {text}")
_SENTENCES: Mapping[Key, Text] = {
    "given_up": pair(
        "the past says the opposite of what the policy says of {subject} ({errors} standard "
        "errors); the model gave its direction up",
        "le passé dit le contraire de ce que la politique dit de {subject} ({errors} erreurs "
        "types) ; le modèle a renoncé à ce sens",
    ),
    "kept": pair(
        "the past says the opposite of what the policy says of {subject} ({errors} standard "
        "errors); the model keeps its direction, because the policy insists",
        "le passé dit le contraire de ce que la politique dit de {subject} ({errors} erreurs "
        "types) ; le modèle garde ce sens, car la politique y tient",
    ),
    "track_record": pair(
        "a better track record of {subject} went with fewer deals won ({errors} standard errors); "
        "the model does not follow: a better record never lowers a probability",
        "de meilleurs antécédents de {subject} vont avec moins d'affaires gagnées ({errors} "
        "erreurs types) ; le modèle ne suit pas : de meilleurs antécédents n'abaissent jamais une "
        "probabilité",
    ),
}


def conflict_sentence(conflict: DirectionConflict, language: Language) -> str:
    """Return what closed deals say against a direction, and what the model made of it."""
    key: Key = "given_up" if conflict.given_up else "kept"
    if conflict.kind == "track_record":
        key = "track_record"
    subject = conflict.label.in_(language)
    if conflict.level is not None:
        subject = (
            pair("{subject}: {level}", "{subject} : {level}")
            .in_(language)
            .format(subject=subject, level=conflict.level)
        )
    errors = decimal(conflict.standard_errors, language, digits=1)
    return _SENTENCES[key].in_(language).format(subject=quoted(subject, language), errors=errors)


def conflict_warnings(
    conflicts: tuple[DirectionConflict, ...], language: Language
) -> Iterator[str]:
    """Yield a line for the terminal of each conflict."""
    for one in conflicts:
        yield _WARNING.in_(language).format(text=conflict_sentence(one, language))


def conflict_words(
    conflicts: tuple[DirectionConflict, ...], language: Language
) -> dict[str, str | list[str]]:
    """Return what the template of the conflicts says on a page."""
    said = [conflict_sentence(one, language) for one in conflicts]
    return {
        "conflict_title": TITLE.in_(language),
        "conflict_hint": HINT.in_(language),
        "conflicts": [f"{one[0].upper()}{one[1:]}." for one in said],
    }
