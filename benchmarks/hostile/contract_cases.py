"""Requests that schemathesis makes from the OpenAPI document, sent over the socket, and checked.

The count of cases of every operation is told, and must not be 0: of a document that it cannot
read, schemathesis makes none and finds nothing.
"""

from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi import checks as openapi_checks

from serving.openapi import document

load_all_checks()
CHECKS = [
    not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_headers_conformance,
    openapi_checks.response_schema_conformance,
    openapi_checks.negative_data_rejection,
    openapi_checks.unsupported_method,
]
"""All that make sense: what a policy accepts is not in the document, so a case that fits the
document may still be refused; and from loopback no key is needed."""


@dataclass
class Contract:
    """What was asked for by which operation and mode, what came, and what does not conform."""

    cases: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)

    @property
    def without_cases(self) -> list[str]:
        """The operations that were not asked for at all."""
        return [label for label, count in self.cases.items() if not count]


def ask_everything(
    address: str, most_cases: int, *, only: Collection[str] = (), chance: int = 7
) -> Contract:
    """Ask for every operation, as the document says and otherwise; so many cases of each.

    ``only`` names the operations by method and path, where not all are asked for.
    """
    told = Contract()
    for result in schemathesis.openapi.from_dict(without_keys()).get_all_operations():
        operation = result.ok()  # type: ignore[union-attr]
        if only and operation.label not in only:
            continue
        told.cases[operation.label] += 0
        for mode in GenerationMode:
            strategy = operation.as_strategy(generation_mode=mode)
            _ask(strategy, address, told, most_cases=most_cases, chance=chance)
    return told


def without_keys() -> dict[str, Any]:
    """Return the document without a word of keys: this machine needs none.

    Else most of the cases that do not fit it would have the wrong key, and nothing else.
    """
    told: dict[str, Any] = deepcopy(document())
    del told["components"]["securitySchemes"]
    for path in told["paths"].values():
        for operation in path.values():
            del operation["security"]
    return told


def _ask(strategy, address, told, *, most_cases, chance):
    @seed(chance)
    @settings(
        max_examples=most_cases,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )
    @given(strategy)
    def cases(case):
        label = case.operation.label
        told.cases[label] += 1
        response = case.call(base_url=address, timeout=30)
        told.statuses[f"{label} {response.status_code}"] += 1
        try:
            case.validate_response(response, checks=CHECKS)
        except (Failure, FailureGroup) as failure:
            _note(told, label, failure)

    with suppress(Unsatisfiable):  # an operation that takes nothing cannot be asked wrongly
        cases()


def _note(told, label, failure):
    """Keep one failure of each kind."""
    for one in getattr(failure, "exceptions", [failure]):
        kind = f"{label}: {type(one).__name__}: {getattr(one, 'title', '')}"
        told.failures.setdefault(kind, str(failure)[:1500])
