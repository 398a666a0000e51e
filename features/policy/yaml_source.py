"""A YAML file read as plain data, with the line of everything in it.

YAML 1.2's core words only: ``true`` and ``false`` are yes and no; ``Yes``, ``No`` and ``Off`` stay
the texts that a picklist means by them. Anchors, aliases and tags are refused: a policy that
people read has no use for them, and they are how a small file becomes a huge one.
"""

import re
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
DEEPEST_SCAN = 5 * DEEPEST_NESTING

_OPENING = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken,
            yaml.BlockSequenceStartToken, yaml.BlockMappingStartToken)  # fmt: skip
_CLOSING = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)

_INTEGER = re.compile(r"[+-]?\d+")
_FLOAT = re.compile(r"[+-]?(\d+\.\d*|\.\d+|\d+)([eE][+-]?\d+)?")
_WORDS: dict[str, object] = {
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    "null": None, "Null": None, "NULL": None, "~": None, "": None,
}  # fmt: skip


_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C is ten times as fast; where PyYAML comes without it, the other reads the same."""


class _Loader(_Safe):
    """Makes nodes only: which word is a number or a yes is decided here, not by YAML 1.1."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


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
    try:
        text = content.decode("utf-8-sig")
        _refuse_anchors_and_depths(text, source)
        node = _Loader(text).get_single_node()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        what, hint = "the file is not UTF-8 text", "save it as UTF-8"
        raise PolicyError([Problem(where=f"{name}:{line}", what=what, hint=hint)]) from None
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
    source.data = _plain(node, (), source) if node is not None else None
    return source


def _refuse_anchors_and_depths(text: str, source: YamlSource) -> None:
    """Look at the words before anything is built of them: PyYAML takes seconds for deep ones."""
    depth = 0
    for token in yaml.scan(text, Loader=_Loader):
        depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
        where = f"{source.name}:{token.start_mark.line + 1}"
        if depth > DEEPEST_SCAN:
            raise PolicyError([Problem(where=where, what=_TOO_DEEP, hint=_FLATTER)])
        if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
            what, hint = "anchors, aliases and tags are not allowed", "write the value out"
            source.add_at(where, what, hint)
    if source.problems:
        raise PolicyError(source.problems)


def _plain(node: yaml.Node, path: Path, source: YamlSource) -> object:
    source.places.setdefault(path, f"{source.name}:{node.start_mark.line + 1}")
    if len(path) > DEEPEST_NESTING:
        source.add(path, _TOO_DEEP, _FLATTER)
        return None
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, source)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, place), source) for place, item in enumerate(node.value)]
    return _scalar(node) if isinstance(node, yaml.ScalarNode) else None


def _mapping(node: yaml.MappingNode, path: Path, source: YamlSource) -> dict[str, object]:
    mapping: dict[str, object] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            source.add_at(
                f"{source.name}:{line}", "a key is a text", "write it like 'name: value'"
            )
            continue
        key = str(key_node.value)
        if key in mapping:
            what = f"'{printable(key)}' is given twice"
            first = source.places[*path, key].rpartition(":")[2]
            hint = f"first on line {first}; keep one of them"
            source.add_at(f"{source.name}:{line}", what, hint)
            continue
        source.places[*path, key] = f"{source.name}:{line}"
        mapping[key] = _plain(value_node, (*path, key), source)
    return mapping


def _scalar(node: yaml.ScalarNode) -> object:
    text = str(node.value)
    return text if node.style else plain_scalar(text)  # quotes make it a text


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
