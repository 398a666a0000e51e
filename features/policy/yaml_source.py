"""A YAML file read as plain data, with the line of everything in it.

YAML 1.2's core words only: ``true`` and ``false`` are yes and no; ``Yes``, ``No`` and ``Off`` stay
the texts that a picklist means by them. Anchors, aliases and tags are refused: a policy that
people read has no use for them, and they are how a small file becomes a huge one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml
from yaml.reader import ReaderError

from features.errors import PolicyError, Problem, printable

Path: TypeAlias = tuple[str | int, ...]

LONGEST_FILE = 500_000
MOST_PROBLEMS = 1_000
DEEPEST_NESTING = 40
_TOO_DEEP = f"nested deeper than {DEEPEST_NESTING} levels"
_FLATTER = "a condition needs two or three; look for a bracket that is not closed"

_INTEGER = re.compile(r"[+-]?\d+")
_FLOAT = re.compile(r"[+-]?(\d+\.\d*|\.\d+|\d+)([eE][+-]?\d+)?")
_WORDS: dict[str, object] = {
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    "null": None, "Null": None, "NULL": None, "~": None, "": None,
}  # fmt: skip


_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C is ten times as fast; where PyYAML comes without it, the other reads the same."""


@dataclass(slots=True)
class YamlSource:
    """Plain data, and the ``file:line`` at which each of its parts stands."""

    name: str
    data: object = None
    places: dict[Path, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def where(self, path: Path) -> str:
        """Return ``file:line`` of the part at ``path``, or of the nearest part around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, f"{self.name}:1")

    def add(self, path: Path, what: str, hint: str | None = None) -> None:
        """Note a problem at a path."""
        self.add_at(self.where(path), what, hint)

    def add_at(self, where: str, what: str, hint: str | None = None) -> None:
        """Note a problem at ``file:line``; raises `PolicyError` when there are far too many."""
        if len(self.problems) >= MOST_PROBLEMS:
            more = f"there are more than these {MOST_PROBLEMS:,} problems"
            last = Problem(where=where, what=more, hint="correct them first; the rest comes then")
            raise PolicyError([*self.problems, last])
        self.problems.append(Problem(where=where, what=what, hint=hint))


def read_yaml(content: bytes, name: str) -> YamlSource:
    """Return the data of a YAML file with its lines.

    Raises
    ------
    PolicyError
        When the bytes are not one readable YAML document.
    """
    if len(content) > LONGEST_FILE:
        what, hint = f"the file is larger than {LONGEST_FILE // 1000:,} KB", "is it a policy?"
        raise PolicyError([Problem(where=name, what=what, hint=hint)])
    source = YamlSource(name)
    text = _decoded(content, name)
    try:
        source.data = _Reader(source, yaml.parse(text, Loader=_Loader)).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{name}:{mark.line + 1}" if mark else name
        what = f"not readable as YAML: {error.problem}"
        hint = "check the indentation (spaces, no tabs), colons and quotes around here"
        raise PolicyError([Problem(where=where, what=what, hint=hint)]) from None
    except ReaderError as error:
        character = chr(error.character)
        line = text[: text.find(character)].count("\n") + 1
        what = f"not readable as YAML: {character!a} has no place in a text"
        problem = Problem(where=f"{name}:{line}", what=what, hint="delete it, or save as text")
        raise PolicyError([problem]) from None
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError) as error:
        # An escape such as \\UFFFFFFFF makes PyYAML itself stumble.
        what = f"not readable as YAML: {printable(str(error), 120)}"
        problem = Problem(where=name, what=what, hint="write it again in a plain editor")
        raise PolicyError([problem]) from None
    return source


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        what, hint = "the file is not UTF-8 text", "save it as UTF-8"
        raise PolicyError([Problem(where=f"{name}:{line}", what=what, hint=hint)]) from None


@dataclass(slots=True)
class _Reader:
    """Makes plain data of the stream of events that a YAML text is, in one pass."""

    source: YamlSource
    events: Iterator[Any]
    refused: bool = False

    def document(self) -> object:
        """Return what the one document holds, None where there is none."""
        data, documents = None, 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    what = "not readable as YAML: a second document begins here"
                    hint = "leave out the line with '---'"
                    self.source.add_at(self._line(event), what, hint)
                    break
                data = self._value(next(self.events), ())
        if self.refused or documents > 1:
            raise PolicyError(self.source.problems)
        return data

    def _line(self, event: Any) -> str:
        return f"{self.source.name}:{event.start_mark.line + 1}"

    def _value(self, event: Any, path: Path) -> object:
        where = self._line(event)
        self.source.places.setdefault(path, where)
        if isinstance(event, yaml.AliasEvent) or event.anchor or event.tag:
            what, hint = "anchors, aliases and tags are not allowed", "write the value out"
            self.source.add_at(where, what, hint)
            self.refused = True
        if isinstance(event, yaml.ScalarEvent):  # quotes make it a text
            return event.value if event.style else plain_scalar(event.value)
        if isinstance(event, yaml.AliasEvent):
            return None
        if len(path) >= DEEPEST_NESTING:
            raise PolicyError([Problem(where=where, what=_TOO_DEEP, hint=_FLATTER)])
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        return self._sequence(path)

    def _sequence(self, path: Path) -> list[object]:
        items: list[object] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> dict[str, object]:
        mapping: dict[str, object] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            where = self._line(event)
            if not isinstance(event, yaml.ScalarEvent):
                self.source.add_at(where, "a key is a text", "write it like 'name: value'")
                self._value(event, (*path, ""))
                self._value(next(self.events), (*path, ""))
                continue
            key = event.value
            if key in mapping:
                first = self.source.places[*path, key].rpartition(":")[2]
                hint = f"first on line {first}; keep one of them"
                self.source.add_at(where, f"'{printable(key)}' is given twice", hint)
                self._value(next(self.events), (*path, key))
                continue
            self.source.places[*path, key] = where
            mapping[key] = self._value(next(self.events), (*path, key))
        return mapping


def plain_scalar(text: str) -> object:
    """Return what a word without quotes means.

    >>> plain_scalar("1.5"), plain_scalar("true"), plain_scalar("No")
    (1.5, True, 'No')
    """
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text) and len(text) < 20:  # noqa: PLR2004 (beyond that, a float)
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
