"""From a record of a CRM to the facts of a policy, with every problem told at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from features.crm.answer import answer_of, text_of
from features.crm.day_text import day_of
from features.crm.entry_names import EntryNames, entry_names
from features.crm.field_names import CrmMapping, FieldNames
from features.crm.record import Entries, Entry, Scalar, entries_of
from features.errors import FactsError, Problem, printable
from features.fields import PolicyField, WrongFactError
from features.phrase import Phrase
from features.policy import Policy

MOST_ENTRIES = 5_000
"""Some times what a CRM allows of one object; a record of more is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrmReading:
    """The facts of one record under the policy's names, ready for the strict reader.

    ``read`` says which entry of the record each field was read from, with a value or without one;
    ``absent`` which fields the record has no entry for; ``passed_over`` its other entries.
    """

    facts: Mapping[str, Any]
    id: str | None
    read: Mapping[str, str]
    absent: tuple[str, ...]
    passed_over: tuple[str, ...]


def facts_of_record(
    record: Mapping[str, object], mapping: CrmMapping, policy: Policy
) -> CrmReading:
    """Return the facts that a record holds.

    Raises
    ------
    FactsError
        With a problem for each entry that its field cannot hold, under both of their names; or
        when the record holds none of the policy's fields.
    """
    reading, problems = look_at_record(record, mapping, policy)
    if not reading.read and not problems:
        problems = [_none_found(mapping)]
    if problems:
        raise FactsError(problems)
    return reading


def look_at_record(
    record: Mapping[str, object], mapping: CrmMapping, policy: Policy
) -> tuple[CrmReading, list[Problem]]:
    """Return what can be read of a record, and what cannot."""
    entries = entries_of(record, mapping.preset.record, MOST_ENTRIES + 1)
    if len(entries) > MOST_ENTRIES:
        what = Phrase("the record has more than {most:,} entries", most=MOST_ENTRIES)
        too_many = Problem(where="record", what=what, hint="send the fields of one deal")
        return _Reader({}, mapping, policy).reading(), [too_many]
    reader = _Reader(entries, mapping, policy)
    return reader.reading(), reader.problems


def _none_found(mapping: CrmMapping) -> Problem:
    what = Phrase(
        "the record holds none of the policy's fields as {crm} calls them",
        crm=mapping.preset.title,
    )
    names = ", ".join(one.usual for one in list(mapping.fields.values())[:4])
    hint = Phrase("send one whole record; it is looked for {names}, ...", names=names)
    return Problem(where="record", what=what, hint=hint)


@dataclass(slots=True)
class _Reader:
    entries: Entries
    mapping: CrmMapping
    policy: Policy
    problems: list[Problem] = field(default_factory=list)

    def reading(self) -> CrmReading:
        names = entry_names(tuple(self.entries), self.mapping.preset.record.custom)
        facts: dict[str, Any] = {}
        read: dict[str, str] = {}
        used: set[str] = set()
        for name, known_as in self.mapping.fields.items():
            found = self._entry(name, names, known_as)
            if found is None:
                continue
            read[name] = found
            used.add(found)
            fact = self._fact(name, found)
            observed = None if fact is None else self._observed_on(name, names, known_as, used)
            if fact is not None:
                facts[name] = (
                    fact if observed is None else {"value": fact, "observed_on": observed}
                )
        return CrmReading(
            facts=facts,
            id=self._id(names, used),
            read=read,
            absent=tuple(name for name in self.mapping.fields if name not in read),
            passed_over=tuple(sorted(self.entries.keys() - used)),
        )

    def _entry(self, name: str, names: EntryNames, known_as: FieldNames) -> str | None:
        """Return the name of the first entry with a value, else of the first there is."""
        first: str | None = None
        for candidates in names.called(known_as):
            found = self._one(name, candidates)
            if found is not None and not self.entries[found].is_empty:
                return found
            first = first or found
        return first

    def _one(self, name: str, found: tuple[str, ...]) -> str | None:
        """Return the one entry that some names mean; two that differ are never guessed between."""
        values = {entry.shown for one in found if not (entry := self.entries[one]).is_empty}
        if len(values) > 1:
            names = ", ".join(f"'{printable(one)}'" for one in found)
            what = Phrase("{names} would all do, and differ", names=names)
            choice = f"{{api: {{{name}: {printable(found[0])}}}}}"
            hint = Phrase("name one in the policy: deals: {choice}", choice=choice)
            self.problems.append(Problem(where=name, what=what, hint=hint))
        return found[0] if found else None

    def _fact(self, name: str, entry: str) -> Scalar:
        spec, asked = self.policy.deals, self.policy.fields[name]
        try:
            found = self._without_false(self.entries[entry], asked)
            return answer_of(found, asked, numbers=spec.numbers, dates=spec.dates)
        except WrongFactError as wrong:
            self._add(name, entry, wrong)
            return None

    def _without_false(self, entry: Entry, asked: PolicyField) -> Entry:
        empty = self.mapping.preset.record.false_is_unknown and entry.value is False
        return Entry(None) if empty and asked.type != "boolean" else entry

    def _observed_on(
        self, name: str, names: EntryNames, known_as: FieldNames, used: set[str]
    ) -> str | None:
        found = self._entry(name, names, FieldNames(known_as.observed))
        if found is None or self.entries[found].is_empty:
            return None
        used.add(found)
        try:
            text = str(self.entries[found].value).strip()
            return day_of(text, self.policy.deals.dates).isoformat()
        except WrongFactError as wrong:
            self._add(name, found, wrong)
            return None

    def _id(self, names: EntryNames, used: set[str]) -> str | None:
        found = self._entry("id", names, self.mapping.id)
        if found is None or self.entries[found].is_empty:
            return None
        used.add(found)
        return str(text_of(self.entries[found].value)).strip()

    def _add(self, name: str, entry: str, wrong: WrongFactError) -> None:
        problem = Problem(where=name, what=wrong.what, hint=wrong.hint, source=printable(entry))
        self.problems.append(problem)
