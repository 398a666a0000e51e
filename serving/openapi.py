"""The contract as an OpenAPI 3.1 document, made from the list of routes that the edge opens."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from models.version import CODE_VERSION
from serving.edge.contract import CONTRACT, Entry
from serving.edge.problem import KINDS, problem_data
from serving.messages import PROBLEM_JSON
from serving.openapi_operations import OPERATIONS, Operation
from serving.openapi_schemas import SCHEMAS
from serving.openapi_shapes import ref

EXAMPLES = Path(__file__).with_name("openapi_examples.json")
VERSIONED = "/v1/"
LINES = "application/x-ndjson"
TITLES = {
    400: "The request is not readable",
    401: "The request needs a key",
    403: "The key does not allow this",
    404: "There is no such decision",
    405: "The method is not possible here",
    408: "The request came too slowly",
    409: "The idempotency key was used for another request",
    413: "The body is too large",
    415: "The body is not plain JSON",
    422: "The facts cannot be used",
    429: "Too many requests",
    500: "The service failed; this is our fault",
    503: "The service is still starting",
}


@cache
def document() -> dict[str, Any]:
    """Return the document; it says nothing of the policy, so everybody may read it."""
    examples = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    paths: dict[str, Any] = {}
    for entry in CONTRACT:
        if entry.path.startswith(VERSIONED):
            operation = _operation(entry, OPERATIONS[entry.method, entry.path], examples)
            paths.setdefault(entry.path, {})[entry.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Qualifox",
            "version": CODE_VERSION,
            "description": "Which deals deserve effort, which do not, and what to find out first.",
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "responses": {str(status): _error(status) for status in KINDS},
        },
    }


async def openapi(request: Request) -> Response:
    """Answer ``GET /v1/openapi.json``."""
    del request
    return Response(_text(), media_type="application/json")


@cache
def _text() -> bytes:
    return json.dumps(document(), ensure_ascii=False).encode()


def _operation(entry: Entry, operation: Operation, examples: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": _name_of(entry),
        "summary": operation.summary,
        "security": [{"key": [entry.scope.value]}] if entry.scope else [],
        "responses": {
            str(operation.success): {
                "description": operation.summary,
                "content": _content(operation.gives, examples) | _lines(operation),
            },
            **{
                str(status): {"$ref": f"#/components/responses/{status}"}
                for status in sorted(_errors(entry, operation))
            },
        },
    }
    if operation.parameters:
        found["parameters"] = list(operation.parameters)
    if operation.takes:
        content = _content(operation.takes, examples)
        found["requestBody"] = {"required": True, "content": content}
    return found


def _errors(entry: Entry, operation: Operation) -> set[int]:
    """Return the statuses that a route may have: those of the edge, and its own."""
    found = {500, *operation.errors}
    if entry.scope:
        found |= {401, 403, 429, 503}
    if operation.takes:
        found |= {400, 408, 413, 415, 422}
    if "{" in entry.path:
        found.add(404)
    return found


def _content(schema: str, examples: dict[str, Any]) -> dict[str, Any]:
    content = {"schema": ref(schema)}
    if schema in examples:
        content["example"] = examples[schema]
    return {"application/json": content}


def _lines(operation: Operation) -> dict[str, Any]:
    """Return the streamed form: lines of JSON, which no schema of one value can describe."""
    if not operation.streams:
        return {}
    said = "An item of the whole form on each line, and its other members on the last one."
    return {LINES: {"schema": {"type": "string", "description": said}}}


def _error(status: int) -> dict[str, Any]:
    title = TITLES[status]
    return {
        "description": title,
        "content": {
            PROBLEM_JSON: {
                "schema": ref("Problem"),
                "example": problem_data(status, title, instance="3f2a9c0b7d514e86"),
            }
        },
    }


def _name_of(entry: Entry) -> str:
    words = entry.path.removeprefix(VERSIONED).replace("{id}", "one").replace(".", "/")
    return "_".join([entry.method.lower(), *words.replace("-", "_").split("/")])
