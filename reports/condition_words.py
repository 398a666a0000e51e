"""Conditions in words that a sales director reads, in French and in English.

``Label: test`` agrees with any label in both languages. Negations are carried inwards, which in
three-valued logic changes nothing, so that nobody has to read "not (this and not that)".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from features.conditions import All, AnyOf, Applies, Comparison, Condition, IsOneOf, Not
from features.fields import DateField, DerivedField, NumberField
from features.policy import Policy
from features.texts import Language, Text
from reports.field_words import shown_fact
from reports.numbers import quantity, written_day
from reports.typography import pair, quoted

LOWEST = -1e300
"""The limit that any number is above."""

_TESTS: Mapping[str, Text] = {
    "above": Text(en="above {limit}", fr="plus de {limit}"),
    "at_least": Text(en="at least {limit}", fr="au moins {limit}"),
    "below": Text(en="below {limit}", fr="moins de {limit}"),
    "at_most": Text(en="at most {limit}", fr="au plus {limit}"),
}
_FIELD_TESTS: Mapping[str, Text] = {
    "above": Text(en="above {limit}", fr="plus que {limit}"),
    "at_least": Text(en="at least {limit}", fr="au moins autant que {limit}"),
    "below": Text(en="below {limit}", fr="moins que {limit}"),
    "at_most": Text(en="at most {limit}", fr="au plus autant que {limit}"),
}
_DAY_TESTS: Mapping[str, Text] = {
    "above": Text(en="after {limit}", fr="après le {limit}"),
    "at_least": Text(en="on or after {limit}", fr="à partir du {limit}"),
    "below": Text(en="before {limit}", fr="avant le {limit}"),
    "at_most": Text(en="on or before {limit}", fr="jusqu'au {limit}"),
}
_DAY_FIELD_TESTS: Mapping[str, Text] = {
    "above": Text(en="after {limit}", fr="après {limit}"),
    "at_least": Text(en="on or after {limit}", fr="à partir de {limit}"),
    "below": Text(en="before {limit}", fr="avant {limit}"),
    "at_most": Text(en="on or before {limit}", fr="jusqu'à {limit}"),
}
_OPPOSITE = {"above": "at_most", "at_least": "below", "below": "at_least", "at_most": "above"}
_ABOUT = pair("{label}: {test}", "{label} : {test}")
_LINKS = {True: Text(en="and", fr="et"), False: Text(en="or", fr="ou")}
_OTHER_THAN = Text(en="not {value}", fr="autre que {value}")
_NEITHER = Text(en="neither ", fr="ni ")
_NOR = Text(en=" nor ", fr=", ni ")
_ANY_NUMBER = Text(en="any number", fr="un nombre quelconque")
_APPLIES = Text(en="applicable", fr="s'applique")
_DOES_NOT_APPLY = Text(en="not applicable", fr="sans objet")


def condition_in_words(condition: Condition, policy: Policy, language: Language) -> str:
    """Return a condition as part of a sentence."""
    return _Writer(policy, language).sentence(_signed(condition))


def condition_lines(
    condition: Condition, policy: Policy, language: Language
) -> tuple[tuple[str, ...], bool]:
    """Return the parts of a condition, each a line, and whether all must hold or any of them."""
    writer, signed = _Writer(policy, language), _signed(condition)
    if isinstance(signed, _Leaf):
        return (writer.leaves([signed], every=True),), True
    return tuple(writer.parts(signed)), signed.every


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A test of one field, or its opposite."""

    test: IsOneOf | Comparison | Applies
    denied: bool


@dataclass(frozen=True, slots=True)
class _Branch:
    """Parts of which every one must hold, or any."""

    parts: tuple["_Leaf | _Branch", ...]
    every: bool


def _signed(condition: Condition, *, denied: bool = False) -> _Leaf | _Branch:
    """Return a condition with its negations carried inwards and its branches flat."""
    if isinstance(condition, Not):
        return _signed(condition.part, denied=not denied)
    if not isinstance(condition, All | AnyOf):
        return _Leaf(condition, denied)
    every = isinstance(condition, All) != denied
    parts: list[_Leaf | _Branch] = []
    for part in (_signed(part, denied=denied) for part in condition.parts):
        parts += part.parts if isinstance(part, _Branch) and part.every is every else [part]
    return parts[0] if len(parts) == 1 else _Branch(tuple(parts), every)


@dataclass(frozen=True, slots=True)
class _Writer:
    policy: Policy
    language: Language

    def sentence(self, condition: _Leaf | _Branch) -> str:
        if isinstance(condition, _Leaf):
            return self.leaves([condition], every=True)
        link = f", {_LINKS[condition.every].in_(self.language)} "
        return link.join(self.parts(condition))

    def parts(self, branch: _Branch) -> Iterator[str]:
        """Write the parts one by one: tests of one field together, branches in brackets."""
        by_field: dict[str, list[_Leaf]] = {}
        for part in branch.parts:
            if isinstance(part, _Leaf):
                by_field.setdefault(part.test.field, []).append(part)
        for leaves in by_field.values():
            yield self.leaves(leaves, every=branch.every)
        for part in branch.parts:
            if isinstance(part, _Branch):
                yield f"({self.sentence(part)})"

    def leaves(self, leaves: list[_Leaf], *, every: bool) -> str:
        """Write what is asked of one field."""
        link = f" {_LINKS[every].in_(self.language)} "
        tests = dict.fromkeys(self._test(leaf) for leaf in leaves)
        label = self._label(leaves[0].test.field)
        return _ABOUT.in_(self.language).format(label=label, test=link.join(tests))

    def _test(self, leaf: _Leaf) -> str:
        test, denied = leaf.test, leaf.denied
        if isinstance(test, IsOneOf):
            return self._membership(test, denied=denied)
        if isinstance(test, Applies):
            return (_DOES_NOT_APPLY if denied else _APPLIES).in_(self.language)
        if test.limit == LOWEST:
            return (_DOES_NOT_APPLY if denied else _ANY_NUMBER).in_(self.language)
        words = self._compared(test, _OPPOSITE[test.test] if denied else test.test)
        if denied and any(self._may_not_apply(name) for name in test.fields()):
            link = _LINKS[False].in_(self.language)
            return f"{words} {link} {_DOES_NOT_APPLY.in_(self.language)}"
        return words

    def _membership(self, test: IsOneOf, *, denied: bool) -> str:
        field = self.policy.fields[test.field]
        if denied and field.type == "boolean" and not self._may_not_apply(test.field):
            test, denied = self._opposite_answer(test)
        words = self._values(test)
        if denied and len(words) == 1:
            return _OTHER_THAN.in_(self.language).format(value=words[0])
        if denied:
            return _NEITHER.in_(self.language) + _NOR.in_(self.language).join(words)
        link = f" {_LINKS[False].in_(self.language)} "
        return link.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]

    def _opposite_answer(self, test: IsOneOf) -> tuple[IsOneOf, bool]:
        left = frozenset({True, False}) - test.values
        return (IsOneOf(test.field, left), False) if left else (test, True)

    def _compared(self, test: Comparison, way: str) -> str:
        is_day = isinstance(self.policy.fields[test.field], DateField)
        if isinstance(test.limit, str):
            words = _DAY_FIELD_TESTS if is_day else _FIELD_TESTS
            limit = quoted(self._label(test.limit), self.language)
        else:
            words = _DAY_TESTS if is_day else _TESTS
            limit = self._limit(test, test.limit)
        return words[way].in_(self.language).format(limit=limit)

    def _limit(self, test: Comparison, limit: float | date) -> str:
        if isinstance(limit, date):
            return written_day(limit, self.language)
        field = self.policy.fields[test.field]
        unit = field.unit if isinstance(field, NumberField | DerivedField) else None
        return quantity(limit, unit, self.language)

    def _values(self, test: IsOneOf) -> list[str]:
        order = getattr(self.policy.fields[test.field], "values", None) or ()
        place = {value: rank for rank, value in enumerate(order)}
        values = sorted(
            test.values,
            key=lambda value: (
                place.get(str(value), len(place)),
                float(value) if isinstance(value, float) else 0.0,
                str(value),
            ),
        )
        return [shown_fact(value, test.field, self.policy, self.language) for value in values]

    def _label(self, name: str) -> str:
        return self.policy.fields[name].label_in(name, self.language)

    def _may_not_apply(self, name: str) -> bool:
        field = self.policy.fields[name]
        sources = field.sources() if isinstance(field, DerivedField) else (name,)
        return any(self.policy.fields[one].not_applicable is not None for one in sources)
