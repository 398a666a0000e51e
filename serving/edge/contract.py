"""Every route there is: who may ask it, and how much it may take. What is not here is a 404.

The list is the one place where a route is opened. A route that the application has and the list
does not have cannot be reached, so nobody opens one by forgetting its scope.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from serving.keys.principal import Scope

Body = Literal["none", "usual", "batch"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One method of one path; ``scope`` is None where everybody may ask.

    ``body`` says how large one may be, ``slow`` that it has the longer time limit, ``cost`` how
    many requests of the rate it counts for.
    """

    method: str
    path: str
    scope: Scope | None
    body: Body = "none"
    slow: bool = False
    cost: int = 1


def _get(path: str, scope: Scope | None = Scope.READ, *, slow: bool = False) -> Entry:
    return Entry(method="GET", path=path, scope=scope, slow=slow)


def _post(
    path: str, scope: Scope, body: Body = "usual", *, slow: bool = False, cost: int = 1
) -> Entry:
    return Entry(method="POST", path=path, scope=scope, body=body, slow=slow, cost=cost)


CONTRACT = (
    _get("/", None),
    _get("/livez", None),
    _get("/readyz", None),
    _get("/v1/openapi.json", None),
    _get("/metrics"),
    _post("/v1/score", Scope.SCORE),
    _post("/v1/score/batch", Scope.SCORE, "batch", slow=True, cost=20),
    _post("/v1/what-if", Scope.SCORE),
    _post("/v1/plan", Scope.SCORE, "batch", slow=True, cost=20),
    _post("/v1/facts", Scope.SCORE),
    _get("/v1/policy"),
    _get("/v1/presets"),
    _get("/v1/model"),
    _get("/v1/decisions"),
    _get("/v1/decisions/{id}"),
    _get("/v1/decisions/{id}/replay"),
    _post("/v1/outcomes", Scope.OUTCOME),
    _post("/v1/overrides", Scope.OUTCOME),
    _get("/v1/admin/champion", Scope.ADMIN),
    _post("/v1/admin/champion", Scope.ADMIN, slow=True),
    _get("/v1/admin/workers", Scope.ADMIN),
    _post("/v1/admin/prune", Scope.ADMIN, slow=True),
    _post("/v1/admin/erase", Scope.ADMIN, slow=True),
)

_PARAMETER = re.compile(r"\{(\w+)\}")
_SEGMENT = r"[A-Za-z0-9._~-]{1,100}"
Methods = Mapping[str, Entry]


class Contract:
    """Finds the entry of a path; templates with parameters after plain paths.

    >>> Contract().methods_at("/v1/decisions/17")["GET"].path
    '/v1/decisions/{id}'
    >>> Contract().methods_at("/v1/score%0a") is None
    True
    """

    def __init__(self, entries: Iterable[Entry] = CONTRACT) -> None:
        self._plain: dict[str, dict[str, Entry]] = {}
        for entry in entries:
            methods = self._plain.setdefault(entry.path, {})
            methods[entry.method] = entry
            if entry.method == "GET":
                methods.setdefault("HEAD", entry)
        self._templates = [
            (re.compile(_PARAMETER.sub(_SEGMENT, path.replace(".", r"\."))), path)
            for path in self._plain
            if "{" in path
        ]

    def methods_at(self, path: str) -> Methods | None:
        """Return what may be asked at a path, by method; None where there is nothing."""
        found = self._plain.get(path)
        if found is not None and "{" not in path:
            return found
        for pattern, template in self._templates:
            if pattern.fullmatch(path):
                return self._plain[template]
        return None

    def misses(self, paths: Iterable[tuple[str, str]]) -> list[str]:
        """Return the methods and paths of an application that are in no entry."""
        return [
            f"{method} {path}"
            for method, path in paths
            if method not in self._plain.get(_PARAMETER.sub("{id}", path), {})
        ]
