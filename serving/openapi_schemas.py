"""The shapes of requests and answers, as JSON Schema 2020-12, for the OpenAPI document.

Bounds are written with ``minimum`` and ``maximum``: a generator of test cases that reads the
numbers of ``exclusiveMinimum`` in the older way makes no case at all.
"""

from typing import Final

from serving.edge.problem import KINDS, type_of
from serving.envelope import LONGEST_ID
from serving.openapi_crm import SCHEMAS_OF_CRMS
from serving.openapi_screening import WHY
from serving.openapi_shapes import (
    COUNT,
    DAY,
    ID,
    NUMBER,
    OBJECT,
    OBJECTS,
    SHARE,
    TEXT,
    YES,
    Schema,
    list_of,
    object_of,
    or_null,
    ref,
)
from serving.routes.deals_body import MOST_DEALS

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
            object_of(
                {"value": {}, "observed_on": DAY, "not_applicable": YES},
                "value", "observed_on", "not_applicable",
                closed=True,
            ),
        ]
    },
}  # fmt: skip
WAIVER: Final[Schema] = object_of(
    {"knockout": TEXT, "by": TEXT, "reason": TEXT, "granted_on": DAY, "until": DAY}, closed=True
)
_ENVELOPE: Final[Schema] = {
    "facts": FACTS,
    "waivers": list_of(WAIVER),
    "id": ID,
    "as_of": or_null("string", format="date"),
}
_OPTIONAL: Final = ("waivers", "id", "as_of")
VERSIONS: Final[Schema] = object_of(
    {
        "qualifox": TEXT,
        "policy": TEXT,
        "policy_version": or_null("string"),
        "model": or_null("string"),
        "schema": or_null("string"),
    }
)
_FIGURES: Final[Schema] = {
    "deal": ID,
    "recommendation": RECOMMENDATION,
    "p_win": SHARE,
    "value": or_null("number"),
    "points": NUMBER,
}
_ANSWER: Final[Schema] = object_of(
    {
        "deal": ID,
        "as_of": DAY,
        "recommendation": RECOMMENDATION,
        "recommendation_text": TEXT,
        "exploration": object_of({"explored": YES, "propensity": SHARE}),
        "knockouts": OBJECTS,
        "scorecard": object_of(
            {
                "points": NUMBER,
                "lowest": NUMBER,
                "highest": NUMBER,
                "best": NUMBER,
                "criteria": OBJECTS,
            }
        ),
        "grade": or_null("string"),
        "grade_text": or_null("string"),
        "go_at": OBJECT,
        "p_win": SHARE,
        "p_lost": SHARE,
        "p_no_decision": SHARE,
        "stability_range": or_null("object"),
        "evidence_level": {"type": "string", "enum": ["none", "few", "enough", "plenty"]},
        "evidence": OBJECT,
        "value": or_null("object"),
        "reasons": OBJECTS,
        "baseline": or_null("object"),
        "contributions": OBJECTS,
        "find_out": OBJECTS,
        "expired": OBJECTS,
        "versions": VERSIONS,
    }
)
_PROBLEM: Final[Schema] = object_of(
    {
        "type": {"type": "string", "enum": [*map(type_of, KINDS), "about:blank"]},
        "title": TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": TEXT,
        "instance": {"type": "string", "description": "The id of the request."},
        "problems": list_of(
            object_of(
                {"field": TEXT, "message": TEXT, "hint": or_null("string"), "source": TEXT},
                "source",
            )
        ),
    }
)
_ITEM: Final[Schema] = object_of(
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
_DEALS: Final[Schema] = list_of(
    {"anyOf": [ref("Deal"), FACTS, ref("CrmRecord")]}, minItems=1, maxItems=MOST_DEALS
)
_CHAMPION: Final[Schema] = object_of(
    dict.fromkeys(("current", "before", "challenger", "refused"), or_null("object"))
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
    "hours": or_null("number", minimum=0),
    "revenue": or_null("number", minimum=0),
}
_KEPT: Final[Schema] = {"id": TEXT, "at": {"type": "string", "format": "date-time"}}

SCHEMAS: Final[dict[str, Schema]] = {
    "Answer": _ANSWER,
    "Batch": object_of({"deals": _DEALS}, closed=True),
    "BatchAnswer": object_of(
        {
            "items": list_of(ref("BatchItem")),
            "counts": object_of({"deals": COUNT, "answered": COUNT, "failed": COUNT}),
            "versions": VERSIONS,
            "other_versions": list_of(VERSIONS),
        },
        "other_versions",
    ),
    "BatchItem": _ITEM,
    **SCHEMAS_OF_CRMS,
    "Champion": _CHAMPION,
    "Deal": object_of(_ENVELOPE, *_OPTIONAL, closed=True),
    "DealOrFacts": {"anyOf": [ref("Deal"), FACTS, ref("CrmRecord")]},
    "Decision": object_of({"id": TEXT, "answer": {}}, "answer"),
    "Decisions": object_of(
        {"deal": TEXT, "decisions": OBJECTS, "outcomes": OBJECTS, "overrides": OBJECTS}
    ),
    "Erasure": object_of(
        {"deal": TEXT, "person": TEXT, "why": TEXT, "only_look": YES},
        "deal", "person", "only_look",
        closed=True,
    ),
    "Model": object_of(
        {
            "version": or_null("string"),
            "number": or_null("string"),
            "policy_alone": YES,
            "policy": TEXT,
            "schema": or_null("string"),
            "trained_on": or_null("string"),
            "summary": or_null("object"),
            "metrics": {"type": "object", "additionalProperties": or_null("number")},
            "evidence": object_of({"level": TEXT, "text": TEXT}),
        }
    ),
    "Object": OBJECT,
    "Order": object_of(
        {"action": {"type": "string", "enum": ["refresh", "rollback"]}}, closed=True
    ),
    "Outcome": object_of(_OUTCOME, "hours", "revenue", closed=True),
    "OutcomeKept": object_of({**_KEPT, **_OUTCOME, "durable": YES}, "hours", "revenue"),
    "Override": object_of(_OVERRIDE, closed=True),
    "OverrideKept": object_of({**_KEPT, **_OVERRIDE, "durable": YES}),
    "Plan": object_of(
        {
            "currency": or_null("string"),
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
    "PlanRequest": object_of(
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
    "Policy": object_of(
        {
            "policy": TEXT,
            "title": TEXT,
            "version": or_null("string"),
            "fingerprint": TEXT,
            "data": OBJECT,
        }
    ),
    "Problem": _PROBLEM,
    "Pruning": object_of({"before": DAY, "everything": YES}, "everything", closed=True),
    "Replay": object_of(
        {
            "id": TEXT,
            "state": TEXT,
            "missing": OBJECTS,
            "changed": list_of(TEXT),
            "answer": or_null("object"),
        }
    ),
    "ShortAnswer": object_of(_FIGURES, closed=True),
    "TopAnswer": object_of({**_FIGURES, **WHY}, closed=True),
    "WhatIf": object_of(
        {**_ENVELOPE, "changes": FACTS | {"minProperties": 1}}, *_OPTIONAL, closed=True
    ),
    "WhatIfAnswer": object_of(
        {
            "changed": list_of(TEXT),
            "texts": list_of(TEXT),
            "before": ref("Answer"),
            "after": ref("Answer"),
        }
    ),
    "Workers": object_of({"workers": OBJECTS, "agree": YES, "follower": or_null("object")}),
}  # fmt: skip
