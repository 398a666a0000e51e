"""What each route of the contract does, for the OpenAPI document: words, shapes and parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from serving.edge.idempotency import LONGEST as LONGEST_KEY
from serving.envelope import LONGEST_ID

Parameter = dict[str, Any]


def _query(
    name: str, schema: Mapping[str, Any], text: str, *, required: bool = False
) -> Parameter:
    place = {"name": name, "in": "query", "required": required}
    return {**place, "schema": dict(schema), "description": text}


AS_OF: Final = _query(
    "as_of", {"type": "string", "format": "date"}, "The day to pretend to be; by default today."
)
DEAL: Final = _query(
    "deal", {"type": "string", "minLength": 1, "maxLength": LONGEST_ID}, "The id of the deal."
)
ID: Final[Parameter] = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "The id of the decision.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9._~-]{1,100}$"},
}
LANGUAGE: Final[Parameter] = {
    "name": "accept-language",
    "in": "header",
    "description": "French or English sentences.",
    "schema": {"type": "string", "enum": ["en", "fr"]},
}
ONCE: Final[Parameter] = {
    "name": "idempotency-key",
    "in": "header",
    "description": "The same key and body again get the answer of the first time.",
    "schema": {"type": "string", "pattern": f"^[!-~]{{1,{LONGEST_KEY}}}$"},
}
REASONS: Final = _query(
    "reasons",
    {"type": "string", "enum": ["true", "false", "top"]},
    "false gives short answers, top short ones with the strongest reasons; neither is logged.",
)
STREAM: Final = _query("stream", {"type": "boolean"}, "true sends a line of JSON for each deal.")
PRESET: Final = _query(
    "preset",
    {"type": "string", "examples": ["salesforce", "hubspot", "dynamics", "pipedrive"]},
    "Deals are records as this CRM's API gives them, in its own field names; GET /v1/presets says "
    "which there are. The answer's header qualifox-fields-absent names what a record had not.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One route in words; ``takes`` and ``gives`` name schemas."""

    summary: str
    gives: str
    takes: str | None = None
    parameters: tuple[Parameter, ...] = ()
    success: int = 200
    errors: tuple[int, ...] = ()


OPERATIONS: Final[Mapping[tuple[str, str], Operation]] = {
    ("GET", "/v1/openapi.json"): Operation(summary="This document.", gives="Object"),
    ("POST", "/v1/score"): Operation(
        summary="Decide about one deal, with reasons; the decision is logged before it is told.",
        takes="DealOrFacts",
        gives="Answer",
        parameters=(AS_OF, DEAL, PRESET, LANGUAGE, ONCE),
        errors=(409, 503),
    ),
    ("POST", "/v1/score/batch"): Operation(
        summary="Decide about up to 10,000 deals; what is wrong with one spoils no other.",
        takes="Batch",
        gives="BatchAnswer",
        parameters=(AS_OF, REASONS, STREAM, PRESET, LANGUAGE, ONCE),
        errors=(409, 503),
    ),
    ("POST", "/v1/what-if"): Operation(
        summary="Answer as it is and with facts changed; nothing is logged.",
        takes="WhatIf",
        gives="WhatIfAnswer",
        parameters=(AS_OF, DEAL, PRESET, LANGUAGE),
        errors=(503,),
    ),
    ("POST", "/v1/plan"): Operation(
        summary="Choose the open deals to work with the hours there are.",
        takes="PlanRequest",
        gives="Plan",
        parameters=(PRESET,),
        errors=(503,),
    ),
    ("POST", "/v1/facts"): Operation(
        summary="Read a CRM's record without deciding: what was found where, and what was not.",
        takes="CrmRecord",
        gives="FactsRead",
        parameters=({**PRESET, "required": True}, LANGUAGE),
        errors=(503,),
    ),
    ("GET", "/v1/presets"): Operation(
        summary="The CRMs whose records are read, and what each field is looked for under.",
        gives="Presets",
        parameters=(LANGUAGE,),
        errors=(422, 503),
    ),
    ("GET", "/v1/policy"): Operation(
        summary="The policy that answers, as data.",
        gives="Policy",
        parameters=(LANGUAGE,),
        errors=(422, 503),
    ),
    ("GET", "/v1/model"): Operation(
        summary="The model that answers, and what it learned from.",
        gives="Model",
        parameters=(LANGUAGE,),
        errors=(422, 503),
    ),
    ("GET", "/v1/decisions"): Operation(
        summary="What was decided about a deal, latest first, and what came of it.",
        gives="Decisions",
        parameters=({**DEAL, "required": True},),
        errors=(422, 503),
    ),
    ("GET", "/v1/decisions/{id}"): Operation(
        summary="One decision as it was logged; those of another key are not found.",
        gives="Decision",
        parameters=(ID,),
        errors=(503,),
    ),
    ("GET", "/v1/decisions/{id}/replay"): Operation(
        summary="The decision made again: the same bytes, or what is missing for it.",
        gives="Replay",
        parameters=(ID,),
        errors=(503,),
    ),
    ("POST", "/v1/outcomes"): Operation(
        summary="Tell how a deal ended; what is told later corrects it, and both stay.",
        takes="Outcome",
        gives="OutcomeKept",
        parameters=(ONCE,),
        success=201,
        errors=(409, 503),
    ),
    ("POST", "/v1/overrides"): Operation(
        summary="Tell that somebody decided otherwise than was recommended, and why.",
        takes="Override",
        gives="OverrideKept",
        parameters=(ONCE,),
        success=201,
        errors=(409, 503),
    ),
    ("GET", "/v1/admin/champion"): Operation(
        summary="Which version this worker holds, which was before, which was refused.",
        gives="Champion",
    ),
    ("POST", "/v1/admin/champion"): Operation(
        summary="Look at the registry at once, or take the version before back.",
        takes="Order",
        gives="Champion",
        success=202,
        errors=(409,),
    ),
    ("GET", "/v1/admin/workers"): Operation(
        summary="Which version every worker holds, and whether they agree.", gives="Workers"
    ),
    ("POST", "/v1/admin/prune"): Operation(
        summary="Delete decisions from before a day.",
        takes="Pruning",
        gives="Object",
        errors=(503,),
    ),
    ("POST", "/v1/admin/erase"): Operation(
        summary="Empty what is kept of a deal or of a person.",
        takes="Erasure",
        gives="Object",
        errors=(503,),
    ),
}
