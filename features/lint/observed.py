"""Findings that past deals give: rules none or all of them meet, and answers nobody gave."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features.columns import FIRST_DAY, CategoryColumn, NumericColumn, number_of
from features.conditions import Comparison, IsOneOf
from features.domains import leaves_of
from features.fields import CategoryField, DateField
from features.lint.finding import Finding, number, said
from features.lint.inspection import Inspection
from features.lint.listed import listed
from features.lint.rules import Rule
from features.table import DealTable, TableFacts
from features.texts import LANGUAGES, Language

ALMOST_NEVER = 0.05
"""A rule that is settled for a smaller share of the deals waits for facts nobody has."""
_LARGEST_LIMIT = 1e299
"""A band without limits is written as a comparison with a number below all others."""


def find_in_deals(inspection: Inspection) -> Iterator[Finding]:
    """Return what past deals say of the rules and of the fields; nothing without deals."""
    if inspection.deals is None or not len(inspection.deals):
        return
    seen = _Seen(inspection, inspection.deals, TableFacts(inspection.deals))
    for rule in (*inspection.live_cases, *inspection.live_knockouts):
        yield from seen.beyond_range(rule)
        yield from seen.met_by(rule)
        yield from seen.tested_answers(rule)
    for name, field in inspection.policy.fields.items():
        if isinstance(field, CategoryField):
            yield from seen.listed_answers(name, field)
    for place, written in enumerate(inspection.policy.data["criteria"]):
        if "values" in written and _is_open(written["field"], inspection):
            yield from seen.points_for_answers(place, written)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What past deals hold, beside what a policy expects of them."""

    inspection: Inspection
    table: DealTable
    facts: TableFacts

    def met_by(self, rule: Rule) -> Iterator[Finding]:
        """Return whether no deal, every deal, or hardly any deal known well enough meets it."""
        truth = rule.when.truth(self.facts)
        met, failed = (int(np.count_nonzero(mask)) for mask in (truth.true, truth.false))
        known = met + failed
        if known < ALMOST_NEVER * len(self.table) or not known:
            yield self._rarely_known(rule, known)
        elif not met:
            yield self._met("MET_BY_NO_DEAL", rule, known)
        elif not failed:
            yield self._met("MET_BY_ALL_DEALS", rule, known)

    def _met(self, code: str, rule: Rule, known: int) -> Finding:
        english, french = (
            ("none", "aucune") if code == "MET_BY_NO_DEAL" else ("every one", "chacune")
        )
        deals = len(self.table)
        return self.inspection.finding(
            code,
            rule.when_path,
            what=said(
                f"{rule.name.en} held for {english} of the {known} past deals where its facts "
                f"are known ({deals} in all)",
                f"{rule.name.fr} a valu pour {french} des {known} affaires passées où ses "
                f"informations sont connues ({deals} en tout)",
            ),
            hint=said(
                "check its limits and answers; a rule that never tells deals apart is no use",
                "vérifier ses limites et réponses ; une règle qui ne distingue rien ne sert à "
                "rien",
            ),
            about=(rule.id,),
        )

    def _rarely_known(self, rule: Rule, known: int) -> Finding:
        deals = len(self.table)
        names = sorted(self.inspection.policy.decided_by(rule.when.fields()), key=self._known)
        shown = listed(names[:1])
        return self.inspection.finding(
            "RARELY_KNOWN",
            rule.when_path,
            what=said(
                f"{rule.name.en} could be settled for {known} of {deals} past deals only: "
                f"'{shown.en}' is hardly ever known",
                f"{rule.name.fr} n'a pu être tranché que pour {known} affaires passées sur "
                f"{deals} : « {shown.fr} » n'est presque jamais connu",
            ),
            hint=said(
                "ask for it in the CRM, or take a fact that people record",
                "le demander dans le CRM, ou prendre une information que l'on saisit",
            ),
            about=(rule.id, *names[:1]),
        )

    def _known(self, name: str) -> int:
        column = self.table.columns.get(name)
        return 0 if column is None else int(np.count_nonzero(column.known()))

    def beyond_range(self, rule: Rule) -> Iterator[Finding]:
        """Return the first limit of a rule that lies outside of all numbers and days seen."""
        for leaf in leaves_of(rule.when):
            values = self._numbers(leaf.field) if isinstance(leaf, Comparison) else None
            if not isinstance(leaf, Comparison) or values is None or isinstance(leaf.limit, str):
                continue
            limit, low, high = number_of(leaf.limit), float(values.min()), float(values.max())
            if low <= limit <= high or abs(limit) > _LARGEST_LIMIT:
                continue
            yield self._beyond(rule, leaf, low, high)
            return

    def _beyond(self, rule: Rule, leaf: Comparison, low: float, high: float) -> Finding:
        is_day = isinstance(self.inspection.policy.fields[leaf.field], DateField)
        numbers = (number_of(leaf.limit), low, high)
        english, french = (
            [_written(value, language, is_day=is_day) for value in numbers]
            for language in LANGUAGES
        )
        return self.inspection.finding(
            "BEYOND_OBSERVED_RANGE",
            rule.when_path,
            what=said(
                f"{rule.name.en} compares '{leaf.field}' with {english[0]}, and past deals go "
                f"from {english[1]} to {english[2]}",
                f"{rule.name.fr} compare « {leaf.field} » à {french[0]}, et les affaires passées "
                f"vont de {french[1]} à {french[2]}",
            ),
            hint=said(
                "check the unit and the number of zeros",
                "vérifier l'unité et le nombre de zéros",
            ),
            about=(rule.id, leaf.field),
        )

    def _numbers(self, name: str) -> NDArray[np.float64] | None:
        column = self.table.columns.get(name)
        if not isinstance(column, NumericColumn):
            return None
        values = column.values[column.answered()]
        return values if len(values) else None

    def _answers(self, name: str) -> Mapping[str, int] | None:
        """Return how many deals gave each answer; None where no deal gave any."""
        column = self.table.columns.get(name)
        if not isinstance(column, CategoryColumn):
            return None
        codes = column.codes[column.answered()]
        counts = np.bincount(codes, minlength=len(column.levels))
        found = {level: int(n) for level, n in zip(column.levels, counts, strict=True) if n}
        return found or None

    def tested_answers(self, rule: Rule) -> Iterator[Finding]:
        """Return the answers that a rule tests for and no deal gave."""
        for leaf in leaves_of(rule.when):
            given = self._answers(leaf.field) if isinstance(leaf, IsOneOf) else None
            if not isinstance(leaf, IsOneOf) or given is None:
                continue
            absent = sorted(str(value) for value in leaf.values if value not in given)
            if absent:
                yield self._never_given(rule, leaf.field, absent, given)

    def _never_given(
        self, rule: Rule, name: str, absent: list[str], given: Mapping[str, int]
    ) -> Finding:
        shown, most = listed(absent), listed(sorted(given, key=lambda answer: -given[answer]))
        return self.inspection.finding(
            "TESTED_ANSWER_NEVER_SEEN",
            rule.when_path,
            what=said(
                f"{rule.name.en} tests '{name}' for answers that no past deal gave: {shown.en}",
                f"{rule.name.fr} cherche dans « {name} » des réponses qu'aucune affaire passée "
                f"n'a données : {shown.fr}",
            ),
            hint=said(f"past deals say: {most.en}", f"les affaires passées disent : {most.fr}"),
            about=(rule.id, name, *absent),
        )

    def listed_answers(self, name: str, field: CategoryField) -> Iterator[Finding]:
        """Return the answers that a field lists and no deal gave, and the other way round."""
        given = self._answers(name)
        if given is None or field.values is None:
            return
        unseen = [answer for answer in field.values if answer not in given]
        unlisted = [answer for answer in given if answer not in field.values]
        path = ("fields", name, "values")
        if unseen:
            shown = listed(unseen)
            yield self.inspection.finding(
                "LISTED_ANSWER_NEVER_SEEN",
                path,
                what=said(
                    f"no past deal gave these answers to '{name}': {shown.en}",
                    f"aucune affaire passée n'a donné à « {name} » : {shown.fr}",
                ),
                hint=said(
                    "check their spelling; if they are right, the past says nothing of them",
                    "vérifier l'orthographe ; si elle est bonne, le passé n'en dit rien",
                ),
                about=(name, *unseen),
            )
        if unlisted:
            yield self._unlisted(path, name, unlisted, given)

    def points_for_answers(self, place: int, written: Mapping[str, Any]) -> Iterator[Finding]:
        """Return the answers of deals for which a table of points has no line."""
        given, name = self._answers(written["field"]), written["field"]
        absent = [answer for answer in given or () if answer not in written["values"]]
        if given is not None and absent and "otherwise" not in written:
            yield self._unlisted(("criteria", place, "values"), name, absent, given)

    def _unlisted(
        self, path: tuple[str | int, ...], name: str, absent: list[str], given: Mapping[str, int]
    ) -> Finding:
        absent = sorted(absent, key=lambda answer: (-given[answer], answer))
        shown, deals = listed(absent), sum(given[answer] for answer in absent)
        return self.inspection.finding(
            "ANSWER_NOT_LISTED",
            path,
            what=said(
                f"{deals} past deals gave answers to '{name}' that are not listed: {shown.en}",
                f"{deals} affaires passées ont donné à « {name} » des réponses non listées : "
                f"{shown.fr}",
            ),
            hint=said(
                "add them, or write 'otherwise' where a criterion leaves them out on purpose",
                "les ajouter, ou écrire « otherwise » si un critère les omet à dessein",
            ),
            about=(name, *absent),
        )


def _is_open(name: str, inspection: Inspection) -> bool:
    """Return whether a field is a category that lists no answers."""
    field = inspection.policy.fields[name]
    return isinstance(field, CategoryField) and field.values is None


def _written(value: float, language: Language, *, is_day: bool) -> str:
    day: date | None = FIRST_DAY + timedelta(days=value) if is_day else None
    return day.isoformat() if day else number(value, language)
