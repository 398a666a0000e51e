"""``extends``: a company's policy, with the additions of a segment's own file.

What the segment's file gives replaces the entry of the same name; the rest stands. Criteria and
knockouts are entries by their id: replaced in their place, or added at the end. ``A extends B`` is
the same policy as the file in which a person would have merged the two.
"""

from pathlib import Path as FilePath
from typing import Any

from features.errors import PolicyError, Problem
from features.policy.yaml_source import Path, YamlSource, read_yaml

LONGEST_CHAIN = 5
_BY_NAME = ("fields", "groups", "segments", "deals", "economics", "decision")
_BY_ID = ("criteria", "knockouts")


def read_policy_file(path: FilePath, seen: tuple[FilePath, ...] = ()) -> tuple[YamlSource, str]:
    """Return what a file holds together with the files it extends, and its own text.

    Raises
    ------
    PolicyError
        When a file cannot be read, or the chain of files has no end.
    """
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        what = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise PolicyError([Problem(where=str(path), what=what)]) from None
    source = read_yaml(content, str(path))
    text = content.decode("utf-8-sig")
    base = source.data.get("extends") if isinstance(source.data, dict) else None
    if base is None:
        return source, text
    parent = _parent(base, source, path, (*seen, path.resolve()))
    return (source, text) if parent is None else (merged(parent, source), text)


def _parent(
    base: object, source: YamlSource, path: FilePath, seen: tuple[FilePath, ...]
) -> YamlSource | None:
    if not isinstance(base, str) or not base.strip():
        source.add(("extends",), "'extends' is not a file name", "write it like company.yaml")
        return None
    other = path.parent / base
    if other.resolve() in seen:
        source.add(
            ("extends",), f"'{base}' extends this file in turn", "let one of them stand alone"
        )
        return None
    if len(seen) >= LONGEST_CHAIN:
        source.add(("extends",), f"more than {LONGEST_CHAIN} files extend each other")
        return None
    if not other.is_file():
        source.add(("extends",), f"there is no file '{base}' beside this one", "check its name")
        return None
    parent, _ = read_policy_file(other, seen)
    if not isinstance(parent.data, dict):
        source.add(("extends",), f"'{base}' holds no policy")
        return None
    return parent


def merged(base: YamlSource, addition: YamlSource) -> YamlSource:
    """Return the source that one file makes with the additions of another."""
    result = YamlSource(addition.name, data=dict(base.data))  # type: ignore[call-overload]
    result.places.update(base.places)
    result.problems = [*base.problems, *addition.problems]
    data: dict[str, Any] = addition.data  # type: ignore[assignment]  # mappings, both of them
    for key, value in data.items():
        mine = result.data.get(key)  # type: ignore[attr-defined]
        if key == "extends":
            continue
        if key in _BY_NAME and isinstance(value, dict) and isinstance(mine, dict):
            result.data[key] = {**mine, **value}  # type: ignore[index]
            for name in value:
                _move(addition, (key, name), result, (key, name))
        elif key in _BY_ID and isinstance(value, list) and isinstance(mine, list):
            result.data[key] = _rules(mine, value, key, addition, result)  # type: ignore[index]
        else:
            result.data[key] = value  # type: ignore[index]
            _move(addition, (key,), result, (key,))
    return result


def _rules(
    mine: list[Any], added: list[Any], key: str, addition: YamlSource, result: YamlSource
) -> list[Any]:
    rules = list(mine)
    place_of = {_id(rule): place for place, rule in enumerate(mine) if _id(rule) is not None}
    given: set[str] = set()
    for place, rule in enumerate(added):
        name = _id(rule)
        if name is not None and name in given:
            result.add_at(addition.where((key, place, "id")), f"the id '{name}' is given twice")
        given |= set() if name is None else {name}
        goes_to = place_of.get(name, len(rules))
        if goes_to == len(rules):
            rules.append(rule)
        else:
            rules[goes_to] = rule
        _move(addition, (key, place), result, (key, goes_to))
    return rules


def _id(rule: object) -> str | None:
    name = rule.get("id") if isinstance(rule, dict) else None
    return name if isinstance(name, str) else None


def _move(source: YamlSource, old: Path, target: YamlSource, new: Path) -> None:
    """Let what stands at a path of one source stand at a path of another, with its places."""
    for path in [path for path in target.places if path[: len(new)] == new]:
        del target.places[path]
    for path, place in source.places.items():
        if path[: len(old)] == old:
            target.places[new + path[len(old) :]] = place
