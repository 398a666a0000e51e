"""Conditions in words that a sales director reads, in French and in English."""

from collections.abc import Mapping
from datetime import date

from features.conditions import All, AnyOf, Applies, Comparison, Condition, IsOneOf, Not
from features.deal import Fact
from features.fields import DateField, NumberField, RatioField
from features.policy import Policy
from features.texts import Language, Text
from reports.numbers import decimal, written_day
from reports.sentences import shown_fact

_TESTS: Mapping[str, Text] = {
    "above": Text(en="above", fr="supérieur à"),
    "at_least": Text(en="at least", fr="au moins"),
    "below": Text(en="below", fr="inférieur à"),
    "at_most": Text(en="at most", fr="au plus"),
}
_DAY_TESTS: Mapping[str, Text] = {
    "above": Text(en="after", fr="après le"),
    "at_least": Text(en="from", fr="à partir du"),
    "below": Text(en="before", fr="avant le"),
    "at_most": Text(en="until", fr="jusqu'au"),
}
_OPPOSITE = {"above": "at_most", "at_least": "below", "below": "at_least", "at_most": "above"}
_IS = Text(en="{label} is {values}", fr="{label} : {values}")
_IS_NOT = Text(en="{label} is not {values}", fr="{label} : pas {values}")
_COMPARED = Text(en="{label} is {test} {limit}", fr="{label} {test} {limit}")
_BETWEEN = Text(
    en="{label} is at least {low} and below {high}", fr="{label} d'au moins {low} et sous {high}"
)
_APPLIES = Text(en="{label} applies", fr="{label} s'applique")
_DOES_NOT_APPLY = Text(en="{label} does not apply", fr="{label} est sans objet")
_ANY_NUMBER = Text(en="{label} is any number", fr="{label} quel qu'en soit le nombre")
_AND = Text(en=" and ", fr=" et ")
_OR = Text(en=" or ", fr=" ou ")
_NOT = Text(en="not ({part})", fr="pas ({part})")
LOWEST = -1e300
"""The limit that any number is above."""


def condition_in_words(condition: Condition, policy: Policy, language: Language) -> str:
    """Return a condition as part of a sentence."""
    return _Writer(policy, language).write(condition)


class _Writer:
    def __init__(self, policy: Policy, language: Language) -> None:
        self.policy, self.language = policy, language

    def write(self, condition: Condition, *, inside: bool = False) -> str:
        if isinstance(condition, All | AnyOf):
            text = self._joined(condition)
            return f"({text})" if inside and len(condition.parts) > 1 else text
        if isinstance(condition, Not):
            return self._denied(condition.part)
        if isinstance(condition, IsOneOf):
            return self._say(_IS, condition.field, values=self._values(condition))
        if isinstance(condition, Applies):
            return self._say(_APPLIES, condition.field)
        if condition.limit == LOWEST:
            return self._say(_ANY_NUMBER, condition.field)
        return self._compared(condition, condition.test)

    def _joined(self, condition: All | AnyOf) -> str:
        band = _band(condition) if isinstance(condition, All) else None
        if band is not None:
            low, high = (self._limit(one) for one in band)
            return self._say(_BETWEEN, band[0].field, low=low, high=high)
        link = (_AND if isinstance(condition, All) else _OR).in_(self.language)
        return link.join(self.write(part, inside=True) for part in condition.parts)

    def _denied(self, part: Condition) -> str:
        if isinstance(part, IsOneOf):
            field = self.policy.fields[part.field]
            if field.type == "boolean" and len(part.values) == 1:
                (value,) = part.values
                return self.write(IsOneOf(part.field, frozenset({not value})))
            return self._say(_IS_NOT, part.field, values=self._values(part))
        if isinstance(part, Applies):
            return self._say(_DOES_NOT_APPLY, part.field)
        if isinstance(part, Comparison):
            return self._compared(part, _OPPOSITE[part.test])
        if isinstance(part, Not):
            return self.write(part.part)
        return _NOT.in_(self.language).format(part=self.write(part))

    def _compared(self, condition: Comparison, test: str) -> str:
        words = _DAY_TESTS if self._is_day(condition.field) else _TESTS
        return self._say(
            _COMPARED,
            condition.field,
            test=words[test].in_(self.language),
            limit=self._limit(condition),
        )

    def _limit(self, condition: Comparison) -> str:
        limit = condition.limit
        if isinstance(limit, str):
            label = self.policy.fields[limit].label_in(limit, self.language)
            return f"« {label} »" if self.language == "fr" else f"“{label}”"
        if isinstance(limit, date):
            return written_day(limit, self.language)
        field = self.policy.fields[condition.field]
        unit = getattr(field, "unit", None)
        is_amount = isinstance(field, NumberField | RatioField) and unit
        return f"{decimal(limit, self.language)}{f' {unit}' if is_amount else ''}"

    def _values(self, condition: IsOneOf) -> str:
        order = getattr(self.policy.fields[condition.field], "values", None) or ()
        place = {value: rank for rank, value in enumerate(order)}
        values = sorted(condition.values, key=lambda v: (place.get(str(v), len(place)), str(v)))
        words = [self._fact(condition.field, value) for value in values]
        link = _OR.in_(self.language)
        return link.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]

    def _fact(self, name: str, value: Fact) -> str:
        return shown_fact(value, name, self.policy, self.language)

    def _say(self, text: Text, name: str, **words: str) -> str:
        label = self.policy.fields[name].label_in(name, self.language)
        return text.in_(self.language).format(label=label, **words)

    def _is_day(self, name: str) -> bool:
        return isinstance(self.policy.fields[name], DateField)


def _band(condition: All) -> tuple[Comparison, Comparison] | None:
    """Return the two ends of a band of numbers, None where the condition is not one."""
    if len(condition.parts) != 2:  # noqa: PLR2004 (a band has two ends)
        return None
    low, high = condition.parts
    if not isinstance(low, Comparison) or not isinstance(high, Comparison):
        return None
    is_band = low.test == "at_least" and high.test == "below" and low.field == high.field
    return (low, high) if is_band else None
