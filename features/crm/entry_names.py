"""The names of a record's entries, found by any name that means the same.

A CRM sends the same names with every record, so what they come to is remembered.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from features.crm.field_names import FieldNames, squashed
from features.headers import normal

LONGEST_NAME = 300
"""Longer names are nobody's header, and are passed over."""
MOST_NAMES, MOST_RECORDS = 8_192, 16
LARGEST_REMEMBERED = 100_000
"""Letters of all names of a record that is remembered: no CRM has more, and memory has an end."""


class EntryNames:
    """The names of one kind of record; ``custom`` is what its API adds to a company's own fields.

    >>> names = EntryNames(("Amount", "Decision_Maker__c"), "__c$")
    >>> list(names.called(FieldNames((("amount",),), custom="decisionmaker")))
    [('Amount',)]
    >>> list(names.called(FieldNames((("maker",),), custom="decisionmaker")))
    [(), ('Decision_Maker__c',)]
    """

    def __init__(self, names: tuple[str, ...], custom: str | None) -> None:
        self._names, self._custom = frozenset(names), custom
        self._by_name: dict[str, list[str]] = {}
        self._by_custom: dict[str, list[str]] = {}
        self._called: dict[FieldNames, tuple[tuple[str, ...], ...]] = {}
        for one in names:
            if len(one) <= LONGEST_NAME:
                self._by_name.setdefault(_normal(one), []).append(one)
                self._by_custom.setdefault(_bare(one, custom), []).append(one)

    def called(self, known_as: FieldNames) -> tuple[tuple[str, ...], ...]:
        """Return the entries that a field may be, those of the name that counts most first."""
        if known_as not in self._called:
            self._called[known_as] = tuple(self._search(known_as))
        return self._called[known_as]

    def _search(self, known_as: FieldNames) -> Iterator[tuple[str, ...]]:
        some = False
        for group in known_as.groups:
            found = self._of(group)
            some = some or bool(found)
            yield found
        if known_as.custom and not some:
            yield tuple(self._by_custom.get(known_as.custom, ()))
        if known_as.own:
            yield self._of((known_as.own,))

    def _of(self, group: tuple[str, ...]) -> tuple[str, ...]:
        """Return the entries of one group of names: as written, else those that read the same."""
        for name in group:
            if name in self._names:
                return (name,)
        wanted = dict.fromkeys(filter(None, map(_normal, group)))
        return tuple(one for name in wanted for one in self._by_name.get(name, ()))


def entry_names(names: tuple[str, ...], custom: str | None) -> EntryNames:
    """Return the names of a record, remembered where such a record came before."""
    large = sum(map(len, names)) > LARGEST_REMEMBERED
    return EntryNames(names, custom) if large else _remembered(names, custom)


@lru_cache(maxsize=MOST_RECORDS)
def _remembered(names: tuple[str, ...], custom: str | None) -> EntryNames:
    return EntryNames(names, custom)


@lru_cache(maxsize=MOST_NAMES)
def _normal(name: str) -> str:
    return normal(name)


@lru_cache(maxsize=MOST_NAMES)
def _bare(name: str, custom: str | None) -> str:
    """Return a name without what the API adds to those of a company's own fields."""
    return squashed(re.sub(custom, "", name) if custom else name)
