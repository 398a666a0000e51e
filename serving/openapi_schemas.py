"""The shapes of requests and answers, as JSON Schema 2020-12, for the OpenAPI document.

Bounds are written with ``minimum`` and ``maximum``: a generator of test cases that reads the
numbers of ``exclusiveMinimum`` in the older way makes no case at all.
"""

from typing import Any, Final

from serving.edge.problem import KINDS, type_of
from serving.envelope import LONGEST_ID
from serving.openapi_crm import SCHEMAS_OF_CRMS
from serving.routes.deals_body import MOST_DEALS

Schema = dict[str, Any]


def ref(name: str) -> Schema:
    """Return a reference to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def _object(properties: Schema, *optional: str, closed: bool = False, **more: Any) -> Schema:
    """Return an object that has all its properties but the optional ones."""
    required = [name for name in properties if name not in optional]
    shape = {"type": "object", "properties": properties, "required": required, **more}
    return shape | ({"additionalProperties": False} if closed else {})


def _list(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def _or_null(kind: str, **more: Any) -> Schema:
    return {"type": [kind, "null"], **more}


TEXT: Final[Schema] = {"type": "string"}
NUMBER: Final[Schema] = {"type": "number"}
YES: Final[Schema] = {"type": "boolean"}
COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
DAY: Final[Schema] = {"type": "string", "format": "date"}
SHARE: Final[Schema] = _or_null("number", minimum=0, maximum=1)
OBJECT: Final[Schema] = {"type": "object"}
OBJECTS: Final[Schema] = _list(OBJECT)
ID: Final[Schema] = _or_null("string", maxLength=LONGEST_ID)
RECOMMENDATION: Final[Schema] = {
    "type": "string",
    "enum": ["go", "conditional_go", "find_out", "no_go"],
}
FACTS: Final[Schema] = {
    "type": "object",
    "description": "Facts by the names of the policy's fields; null is unknown.",
    "additionalProperties": {
        "anyOf": [
            {"type": ["boolean", "number", "string", "null"]},
            _object(
                {"value": {}, "observed_on": DAY, "not_applicable": YES},
                "value", "observed_on", "not_applicable",
                closed=True,
            ),
        ]
    },
}  # fmt: skip
WAIVER: Final[Schema] = _object(
    {"knockout": TEXT, "by": TEXT, "reason": TEXT, "granted_on": DAY, "until": DAY}, closed=True
)
_ENVELOPE: Final[Schema] = {
    "facts": FACTS,
    "waivers": _list(WAIVER),
    "id": ID,
    "as_of": _or_null("string", format="date"),
}
_OPTIONAL: Final = ("waivers", "id", "as_of")
VERSIONS: Final[Schema] = _object(
    {
        "qualifox": TEXT,
        "policy": TEXT,
        "policy_version": _or_null("string"),
        "model": _or_null("string"),
        "schema": _or_null("string"),
    }
)
_FIGURES: Final[Schema] = {
    "deal": ID,
    "recommendation": RECOMMENDATION,
    "p_win": SHARE,
    "value": _or_null("number"),
    "points": NUMBER,
}
_STRONGEST: Final[Schema] = _object(
    {
        "code": {"type": "string", "enum": ["MODEL_CRITERION", "MODEL_FACT"]},
        "about": TEXT,
        "contribution": NUMBER,
        "unit": {"type": "string", "enum": ["percentage_points"]},
    },
    closed=True,
    description="A criterion or a field, and what it adds to the probability; 1 is 100 points.",
)
_TOP: Final[Schema] = _object(
    {**_FIGURES, "knockouts": _list(TEXT), "reasons": _list(_STRONGEST, maxItems=5)},
    closed=True,
    description="A short answer, the knockouts that fire, and what weighs most.",
)
_ANSWER: Final[Schema] = _object(
    {
        "deal": ID,
        "as_of": DAY,
        "recommendation": RECOMMENDATION,
        "recommendation_text": TEXT,
        "exploration": _object({"explored": YES, "propensity": SHARE}),
        "knockouts": OBJECTS,
        "scorecard": _object(
            {
                "points": NUMBER,
                "lowest": NUMBER,
                "highest": NUMBER,
                "best": NUMBER,
                "criteria": OBJECTS,
            }
        ),
        "grade": _or_null("string"),
        "grade_text": _or_null("string"),
        "go_at": OBJECT,
        "p_win": SHARE,
        "p_lost": SHARE,
        "p_no_decision": SHARE,
        "stability_range": _or_null("object"),
        "evidence_level": {"type": "string", "enum": ["none", "few", "enough", "plenty"]},
        "evidence": OBJECT,
        "value": _or_null("object"),
        "reasons": OBJECTS,
        "baseline": _or_null("object"),
        "contributions": OBJECTS,
        "find_out": OBJECTS,
        "expired": OBJECTS,
        "versions": VERSIONS,
    }
)
_PROBLEM: Final[Schema] = _object(
    {
        "type": {"type": "string", "enum": [*map(type_of, KINDS), "about:blank"]},
        "title": TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": TEXT,
        "instance": {"type": "string", "description": "The id of the request."},
        "problems": _list(
            _object(
                {"field": TEXT, "message": TEXT, "hint": _or_null("string"), "source": TEXT},
                "source",
            )
        ),
    }
)
_ITEM: Final[Schema] = _object(
    {
        "row": COUNT,
        "decision": {"type": "string", "description": "The id in the log; a screening has none."},
        "answer": {"anyOf": [ref("Answer"), ref("ShortAnswer"), ref("TopAnswer")]},
        "problem": ref("Problem"),
    },
    "decision", "answer", "problem",
    closed=True,
    description="The place of the deal in the request, from 0, and its answer or its problem.",
)  # fmt: skip
_DEALS: Final[Schema] = _list(
    {"anyOf": [ref("Deal"), FACTS, ref("CrmRecord")]}, minItems=1, maxItems=MOST_DEALS
)
_CHAMPION: Final[Schema] = _object(
    {
        "current": _or_null("object"),
        "before": _or_null("object"),
        "challenger": _or_null("object"),
        "refused": _or_null("object"),
    }
)
_OVERRIDE: Final[Schema] = {
    "deal": {"type": "string", "minLength": 1, "maxLength": LONGEST_ID},
    "by": {"type": "string", "minLength": 1, "description": "A role, rather than a name."},
    "why": {"type": "string", "minLength": 1},
    "decided_on": DAY,
    "until": DAY,
    "recommended": RECOMMENDATION,
    "done": {"type": "string", "enum": ["go", "no_go"]},
}
_OUTCOME: Final[Schema] = {
    "deal": {"type": "string", "minLength": 1, "maxLength": LONGEST_ID},
    "outcome": {"type": "string", "enum": ["won", "lost", "no_decision", "declined_by_us"]},
    "closed_on": DAY,
    "hours": _or_null("number", minimum=0),
    "revenue": _or_null("number", minimum=0),
}
_KEPT: Final[Schema] = {"id": TEXT, "at": {"type": "string", "format": "date-time"}}

SCHEMAS: Final[dict[str, Schema]] = {
    "Answer": _ANSWER,
    "Batch": _object({"deals": _DEALS}, closed=True),
    "BatchAnswer": _object(
        {
            "items": _list(ref("BatchItem")),
            "counts": _object({"deals": COUNT, "answered": COUNT, "failed": COUNT}),
            "versions": VERSIONS,
            "other_versions": _list(VERSIONS),
        },
        "other_versions",
    ),
    "BatchItem": _ITEM,
    **SCHEMAS_OF_CRMS,
    "Champion": _CHAMPION,
    "Deal": _object(_ENVELOPE, *_OPTIONAL, closed=True),
    "DealOrFacts": {"anyOf": [ref("Deal"), FACTS, ref("CrmRecord")]},
    "Decision": _object({"id": TEXT, "answer": {}}, "answer"),
    "Decisions": _object(
        {"deal": TEXT, "decisions": OBJECTS, "outcomes": OBJECTS, "overrides": OBJECTS}
    ),
    "Erasure": _object(
        {"deal": TEXT, "person": TEXT, "why": TEXT, "only_look": YES},
        "deal", "person", "only_look",
        closed=True,
    ),
    "Model": _object(
        {
            "version": _or_null("string"),
            "number": _or_null("string"),
            "policy_alone": YES,
            "policy": TEXT,
            "schema": _or_null("string"),
            "trained_on": _or_null("string"),
            "summary": _or_null("object"),
            "metrics": {"type": "object", "additionalProperties": _or_null("number")},
            "evidence": _object({"level": TEXT, "text": TEXT}),
        }
    ),
    "Object": OBJECT,
    "Order": _object(
        {"action": {"type": "string", "enum": ["refresh", "rollback"]}}, closed=True
    ),
    "Outcome": _object(_OUTCOME, "hours", "revenue", closed=True),
    "OutcomeKept": _object({**_KEPT, **_OUTCOME, "durable": YES}, "hours", "revenue"),
    "Override": _object(_OVERRIDE, closed=True),
    "OverrideKept": _object({**_KEPT, **_OVERRIDE, "durable": YES}),
    "Plan": _object(
        {
            "currency": _or_null("string"),
            "as_of": DAY,
            "capacities": OBJECTS,
            "value": NUMBER,
            "bound": NUMBER,
            "chosen": OBJECTS,
            "no_room": OBJECTS,
            "find_out": OBJECTS,
            "unknown": OBJECTS,
            "no_value": OBJECTS,
            "refused": OBJECTS,
        }
    ),
    "PlanRequest": _object(
        {
            "deals": _DEALS,
            "hours": {"type": "number", "minimum": 0},
            "hours_by_role": {
                "type": "object",
                "additionalProperties": {"type": "number", "minimum": 0},
            },
            "most_deals": COUNT,
            "as_of": DAY,
        },
        "hours", "hours_by_role", "most_deals", "as_of",
        closed=True,
    ),
    "Policy": _object(
        {
            "policy": TEXT,
            "title": TEXT,
            "version": _or_null("string"),
            "fingerprint": TEXT,
            "data": OBJECT,
        }
    ),
    "Problem": _PROBLEM,
    "Pruning": _object({"before": DAY, "everything": YES}, "everything", closed=True),
    "Replay": _object(
        {
            "id": TEXT,
            "state": TEXT,
            "missing": OBJECTS,
            "changed": _list(TEXT),
            "answer": _or_null("object"),
        }
    ),
    "ShortAnswer": _object(_FIGURES, closed=True),
    "TopAnswer": _TOP,
    "WhatIf": _object(
        {**_ENVELOPE, "changes": FACTS | {"minProperties": 1}}, *_OPTIONAL, closed=True
    ),
    "WhatIfAnswer": _object(
        {
            "changed": _list(TEXT),
            "texts": _list(TEXT),
            "before": ref("Answer"),
            "after": ref("Answer"),
        }
    ),
    "Workers": _object({"workers": OBJECTS, "agree": YES, "follower": _or_null("object")}),
}  # fmt: skip
