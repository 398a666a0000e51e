"""Findings about words: what readers miss in one of the languages, and who answers for it."""

from collections.abc import Iterator, Mapping

from features.lint.finding import Finding, said
from features.lint.inspection import Inspection
from features.lint.listed import listed
from features.policy.yaml_source import Path

_RULES = frozenset({"criteria", "knockouts", "segments"})


def find_in_words(inspection: Inspection) -> Iterator[Finding]:
    """Return what is found about labels, questions, translations and owners."""
    yield from _untranslated(inspection)
    yield from _without_label(inspection)
    yield from _without_question(inspection)
    yield from _without_owner(inspection)
    yield from _without_waiver(inspection)


def _untranslated(inspection: Inspection) -> Iterator[Finding]:
    for path, text in _texts(inspection.policy.data, ()):
        english, french = (" ".join(text[key].split()) for key in ("en", "fr"))
        if english.casefold() == french.casefold() and " " in english:
            yield inspection.finding(
                "NOT_TRANSLATED",
                path,
                what=said(
                    f"the text '{english}' is the same in both languages",
                    f"le texte « {english} » est le même dans les deux langues",
                ),
                hint=said("translate one of the two", "traduire l'un des deux"),
            )


def _texts(data: object, path: Path) -> Iterator[tuple[Path, Mapping[str, str]]]:
    """Return every text of a policy: a mapping of ``en`` and ``fr`` to words."""
    if isinstance(data, list):
        for place, item in enumerate(data):
            yield from _texts(item, (*path, place))
    if not isinstance(data, dict):
        return
    if set(data) == {"en", "fr"} and all(isinstance(words, str) for words in data.values()):
        yield path, data
        return
    for key, item in data.items():
        if not _holds_no_words((*path, key)):
            yield from _texts(item, (*path, key))


def _holds_no_words(path: Path) -> bool:
    """Return whether a part may have keys ``en`` and ``fr`` that are not languages."""
    is_condition = len(path) == 3 and path[0] in _RULES and path[2] == "when"  # noqa: PLR2004
    return is_condition or path == ("deals",)


def _without_label(inspection: Inspection) -> Iterator[Finding]:
    policy = inspection.policy
    read = policy.mentioned_fields() | policy.economics.fields() | inspection.needed_fields
    for name, field in policy.fields.items():
        if field.label is None and (field.in_model or name in read):
            yield inspection.finding(
                "LABEL_MISSING",
                ("fields", name),
                what=said(
                    f"the field '{name}' has no label: readers see its name",
                    f"le champ « {name} » n'a pas de libellé : les lecteurs voient son nom",
                ),
                hint=said('write label: {en: "…", fr: "…"}', 'écrire label: {en: "…", fr: "…"}'),
                about=(name,),
            )


def _without_question(inspection: Inspection) -> Iterator[Finding]:
    fields = inspection.policy.fields
    names = sorted(name for name in inspection.needed_fields if fields[name].question is None)
    if names:
        shown = listed(names)
        yield inspection.finding(
            "QUESTION_MISSING",
            *(("fields", name) for name in names),
            what=said(
                f"fields that may be asked have no question: {shown.en}",
                f"des champs à demander n'ont pas de question : {shown.fr}",
            ),
            hint=said(
                'write question: {en: "…?", fr: "… ?"}', 'écrire question: {en: "…?", fr: "… ?"}'
            ),
            about=tuple(names),
        )


def _without_owner(inspection: Inspection) -> Iterator[Finding]:
    for rule in inspection.knockouts:
        if not (rule.knockout.owner or "").strip():
            yield inspection.finding(
                "OWNER_MISSING",
                rule.path,
                what=said(
                    f"{rule.name.en} has no owner", f"{rule.name.fr} n'a pas de responsable"
                ),
                hint=said(
                    "write owner: who decides when it is doubted",
                    "écrire owner: qui tranche quand il est contesté",
                ),
                about=(rule.id,),
            )


def _without_waiver(inspection: Inspection) -> Iterator[Finding]:
    rules = [
        rule
        for rule in inspection.live_knockouts
        if rule.knockout.refuses and rule.knockout.waiver is None
    ]
    if rules:
        names = [rule.id for rule in rules]
        shown = listed(names)
        yield inspection.finding(
            "WAIVER_TERMS_MISSING",
            *(rule.path for rule in rules),
            what=said(
                f"nobody may waive these knockouts: {shown.en}",
                f"personne ne peut déroger à ces critères éliminatoires : {shown.fr}",
            ),
            hint=said(
                "if exceptions exist, write who may make them: waiver: {by: [head of sales]}",
                "si des exceptions existent, écrire qui les accorde : "
                "waiver: {by: [direction commerciale]}",
            ),
            about=tuple(names),
        )
