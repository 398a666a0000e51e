"""Two policies compared in words, grouped by what a difference means for deals."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from features.policy import Policy
from features.policy.changes import Change, changes_between
from features.policy.meanings import Meaning, meaning_of
from features.texts import LANGUAGES, Language
from reports.difference_words import GROUPS, KINDS, SECTIONS, WORDS, setting_name
from reports.numbers import NOTHING
from reports.policy_words import said
from reports.setting_words import SettingWriter
from reports.typography import quoted, typeset

_CASES = frozenset({"when", "points", "field", "values", "bands", "otherwise"})
"""The settings of a criterion that say together what it gives."""
_WHOLE = frozenset({"policy", "groups", "economics", "go_at", "decision"})
"""Sections whose parts are one value each."""
_IN_TITLE = frozenset({"id", "label", "reason"})
_USUAL = {
    "unknown": [],
    "used_by_model": True,
    "changeable": False,
    "ordered": False,
    "on_unknown": "find_out",
    "testable": False,
    "direction": None,
}
"""What a new part says without a word."""


@dataclass(frozen=True, slots=True)
class DifferenceEntry:
    """One part that differs: what it is, its name, and what differs, line by line.

    ``kind`` is ``added``, ``removed`` or ``changed``.
    """

    section: str
    name: str
    kind: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DifferenceGroup:
    """Differences that mean the same for deals."""

    meaning: Meaning
    title: str
    entries: tuple[DifferenceEntry, ...]


@dataclass(frozen=True, slots=True)
class PolicyDifference:
    """All that differs between two policies, in one language; the gravest first."""

    language: Language
    before: str
    after: str
    groups: tuple[DifferenceGroup, ...]

    def to_data(self) -> dict[str, Any]:
        """Return the differences as plain data."""
        return {"same": not self.groups, **asdict(self)}


def policy_difference(before: Policy, after: Policy, language: Language) -> PolicyDifference:
    """Return what differs between two policies, in words; no groups where they are the same."""
    writer = _Writer(before, after, language)
    groups: dict[Meaning, list[DifferenceEntry]] = {}
    for change in changes_between(before, after):
        groups.setdefault(meaning_of(change, before, after), []).append(writer.entry(change))
    return PolicyDifference(
        language=language,
        before=_known_as(before, language),
        after=_known_as(after, language),
        groups=tuple(
            DifferenceGroup(meaning, title.in_(language), tuple(groups[meaning]))
            for meaning, title in GROUPS.items()
            if meaning in groups
        ),
    )


def _known_as(policy: Policy, language: Language) -> str:
    version = f" {policy.version}" if policy.version else ""
    return f"{said(policy.title, language)}{version} ({policy.fingerprint[:12]})"


class _Writer:
    """Writes changes between two policies."""

    def __init__(self, before: Policy, after: Policy, language: Language) -> None:
        self.language = language
        self.old, self.new = SettingWriter(before, language), SettingWriter(after, language)

    def entry(self, change: Change) -> DifferenceEntry:
        gone, new = change.after is None, change.before is None
        kind = "added" if new else "removed" if gone else "changed"
        writer = self.old if gone else self.new
        section = SECTIONS.get(change.section)
        name = self._name(change, writer.policy)
        title = name if section is None else f"{section.in_(self.language)} {name}"
        told = self._word("entry", kind=KINDS[kind].in_(self.language), name=title)
        return DifferenceEntry(change.section, change.name, kind, told, tuple(self._lines(change)))

    def _name(self, change: Change, policy: Policy) -> str:
        name = change.name
        if change.section not in SECTIONS:
            return setting_name(name, self.language)
        if change.section == "fields":
            return quoted(
                typeset(policy.fields[name].label_in(name, self.language), self.language),
                self.language,
            )
        texts = {
            "knockouts": {rule.id: rule.reason for rule in policy.knockouts},
            "criteria": {rule.id: rule.label for rule in policy.criteria},
            "segments": {key: one.label for key, one in policy.segments.items()},
            "groups": policy.groups,
        }
        return quoted(said(texts[change.section][name], self.language), self.language)

    def _lines(self, change: Change) -> Iterator[str]:
        if change.section in _WHOLE or not isinstance(change.after or change.before, dict):
            before = self.old.whole(change.section, change.name, change.before)
            after = self.new.whole(change.section, change.name, change.after)
            yield self._arrow(before, after, change.before, change.after)
        elif change.settings:
            yield from self._settings(change)
        else:
            yield from self._description(change)

    def _settings(self, change: Change) -> Iterator[str]:
        """Write each setting as it was and as it is."""
        names = list(change.settings)
        if change.section == "criteria" and _CASES & set(names):
            yield from self._cases(change.name)
            names = [name for name in names if name not in _CASES]
        for name in names:
            old, new = change.before.get(name), change.after.get(name)
            before = self.old.setting(change.section, change.name, name, old)
            after = self.new.setting(change.section, change.name, name, new)
            yield self._named(name, self._arrow(before, after, old, new))

    def _description(self, change: Change) -> Iterator[str]:
        """Write what a part says that only one of the policies has."""
        writer, part = (
            (self.old, change.before) if change.after is None else (self.new, change.after)
        )
        names = [name for name in part if name not in _IN_TITLE]
        if change.section == "criteria":
            yield from (f"{when} ({worth})" for when, worth in writer.cases(change.name).items())
            names = [name for name in names if name not in _CASES]
        for name in names:
            value = part[name]
            if name not in _USUAL or value != _USUAL[name]:
                told = writer.setting(change.section, change.name, name, value)
                yield self._named(name, told)

    def _cases(self, name: str) -> Iterator[str]:
        """Write the cases of a criterion that give other points than before."""
        old, new = self.old.cases(name), self.new.cases(name)
        lines = [
            f"{when} ({old.get(when, NOTHING)} → {new.get(when, NOTHING)})"
            for when in dict.fromkeys([*old, *new])
            if old.get(when) != new.get(when)
        ]
        yield from lines or [self._word("same_points")]

    def _named(self, name: str, text: str) -> str:
        return self._word("setting", name=setting_name(name, self.language), text=text)

    def _arrow(self, before: str, after: str, old: object, new: object) -> str:
        if before == after:  # the difference is in what these words leave out
            before, after = _exact(old), _exact(new)
        return f"{before} → {after}"

    def _word(self, key: str, **values: str) -> str:
        return WORDS[key].in_(self.language).format(**values)


def _exact(value: object) -> str:
    if isinstance(value, dict) and set(value) == {"en", "fr"}:
        return " / ".join(quoted(value[language], language) for language in LANGUAGES)
    return json.dumps(value, ensure_ascii=False)
