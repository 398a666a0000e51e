"""``extends``: a company's policy, with the additions of a segment's own file.

What the segment's file gives replaces the entry of the same name; the rest stands. Criteria and
knockouts are entries by their id: replaced in their place, or added at the end. ``A extends B`` is
the same policy as the file in which a person would have merged the two.
"""

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

from features.errors import PolicyError, Problem, did_you_mean, printable
from features.policy.yaml_source import LONGEST_FILE, Path, YamlSource, read_yaml

LONGEST_CHAIN = 5
_BY_NAME = ("fields", "groups", "segments", "deals", "economics", "decision")
_BY_ID = ("criteria", "knockouts")


def read_policy_file(
    path: FilePath, seen: tuple[FilePath, ...] = ()
) -> tuple[YamlSource, str | None]:
    """Return what a file holds, and its text; None where it is only a part, as it extends another.

    Raises
    ------
    PolicyError
        When a file cannot be read, or the chain of files has no end.
    """
    content = _content_of(path)
    source = read_yaml(content, str(path))
    base = source.data.get("extends") if isinstance(source.data, dict) else None
    if base is None:
        return source, content.decode("utf-8-sig")
    parent = _parent(base, source, path, (*seen, path.resolve()))
    return (source if parent is None else merged(parent, source)), None


def _content_of(path: FilePath) -> bytes:
    """Return the bytes of a file, or one more than a policy may have: a device has no end."""
    try:
        with path.open("rb") as file:
            return file.read(LONGEST_FILE + 1)
    except (OSError, ValueError) as error:
        what = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        problem = Problem(where=printable(str(path), 300), what=what, hint="check its name")
        raise PolicyError([problem]) from None


def _parent(
    base: object, source: YamlSource, path: FilePath, seen: tuple[FilePath, ...]
) -> YamlSource | None:
    if not isinstance(base, str) or not base.strip():
        source.add(("extends",), "'extends' is not a file name", "write it like company.yaml")
        return None
    wrong = _wrong_with(path.parent / base, seen)
    if wrong is not None:
        what, hint = wrong
        source.add(("extends",), f"'{printable(base)}' {what}", hint)
        return None
    parent, _ = read_policy_file(path.parent / base, seen)
    if not isinstance(parent.data, dict):
        what = f"'{printable(base)}' holds no policy"
        source.add(("extends",), what, "a policy is a mapping that starts with 'policy: a_name'")
        return None
    return parent


def _wrong_with(other: FilePath, seen: tuple[FilePath, ...]) -> tuple[str, str] | None:
    """Return why a file cannot be extended, and a hint; None where it can."""
    try:
        exists, place = other.is_file(), other.resolve()
    except (OSError, ValueError, RuntimeError):  # too long a name, a NUL in it, links in a circle
        exists, place = False, other
    if not exists:
        beside = sorted(file.name for file in seen[-1].parent.glob("*.yaml") if file not in seen)
        return "is no file beside this one", did_you_mean(other.name, beside)
    if place in seen:
        return "is this file, or extends it in turn", "let one of them stand alone"
    if len(seen) >= LONGEST_CHAIN:
        return f"is one too many: {LONGEST_CHAIN} files extend each other", "merge some of them"
    return None


def merged(base: YamlSource, addition: YamlSource) -> YamlSource:
    """Return the source that one file makes with the additions of another."""
    data: dict[str, Any] = dict(base.data)  # type: ignore[call-overload]  # mappings, both
    added: dict[str, Any] = addition.data  # type: ignore[assignment]
    moves: dict[Path, Path] = {}
    for key, value in added.items():
        mine = data.get(key)
        if key == "extends":
            continue
        if key in _BY_NAME and isinstance(value, dict) and isinstance(mine, dict):
            data[key] = {**mine, **value}
            moves |= {(key, name): (key, name) for name in value}
        elif key in _BY_ID and isinstance(value, list) and isinstance(mine, list):
            data[key], goes_to = _rules(mine, value)
            moves |= {(key, place): (key, other) for place, other in enumerate(goes_to)}
        else:
            data[key] = value
            moves[key,] = (key,)
    problems = [*base.problems, *addition.problems]
    return YamlSource(addition.name, data, _moved(base, addition, moves), problems)


def _rules(mine: list[Any], added: list[Any]) -> tuple[list[Any], list[int]]:
    """Return all rules, and where each of the added ones stands among them.

    An id that is added twice stands there twice, so that it is told like in any other file.
    """
    rules = list(mine)
    place_of = {_id(rule): place for place, rule in enumerate(mine) if _id(rule) is not None}
    goes_to = []
    for rule in added:
        place = place_of.pop(_id(rule), len(rules))
        rules[place : place + 1] = [rule]
        goes_to.append(place)
    return rules, goes_to


def _id(rule: object) -> str | None:
    name = rule.get("id") if isinstance(rule, dict) else None
    return name if isinstance(name, str) else None


def _moved(base: YamlSource, addition: YamlSource, moves: Mapping[Path, Path]) -> dict[Path, str]:
    """Return the places of a merged file: those of the base, and of what moved into it."""
    replaced = frozenset(moves.values())
    places = {
        path: place
        for path, place in base.places.items()
        if not any(path[:depth] in replaced for depth in (1, 2))
    }
    for path, place in addition.places.items():
        for depth in (1, 2):
            if path[:depth] in moves:
                places[moves[path[:depth]] + path[depth:]] = place
    return places
