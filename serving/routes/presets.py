"""``GET /v1/presets`` and ``POST /v1/facts``: for whoever connects a CRM.

What each CRM calls the policy's fields, and how one record is read, without a decision.
"""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from features.crm.field_names import CrmMapping, FieldNames, crm_mapping
from features.crm.preset import presets as all_presets
from features.crm.reading import CrmReading, look_at_record
from features.errors import InputError, Problem, nearest
from features.facts import deal_from_facts
from features.policy import Policy
from features.texts import Language
from serving.crm_record import PRESET, mapping_of
from serving.edge.problem import problem_members
from serving.messages import RequestError, read_object
from serving.routes.asked import language_of, qualifier_of, require_query, today

MOST_COMPARED = 500
"""Names that were passed over among which the nearest is looked for."""


async def presets(request: Request) -> Response:
    """Tell every preset, and what each field of the policy is looked for under."""
    require_query(request, ())
    policy, language = qualifier_of(request).policy, language_of(request)
    found = [_told(crm_mapping(policy, name), policy, language) for name in sorted(all_presets())]
    data = {"policy": policy.name, "trained_with": policy.deals.preset, "presets": found}
    return JSONResponse(data, headers={"content-language": language})


def _told(mapping: CrmMapping, policy: Policy, language: Language) -> dict[str, Any]:
    return {
        "preset": mapping.preset.preset,
        "title": mapping.preset.title,
        "id": _names(mapping.id),
        "fields": [
            {
                "field": name,
                "label": policy.fields[name].label_in(name, language),
                "type": policy.fields[name].type,
                "names": _names(known_as),
            }
            for name, known_as in mapping.fields.items()
        ],
    }


def _names(known_as: FieldNames) -> list[str]:
    own = [known_as.own] if known_as.own else []
    return list(dict.fromkeys([*(name for group in known_as.groups for name in group), *own]))


async def facts(request: Request) -> Response:
    """Read a record, and tell what was read from where, what is absent and what was passed over.

    Nothing is decided or logged. Problems are told beside what could be read, with status 200:
    this is what people look at until there are none.
    """
    require_query(request, (PRESET,))
    policy, language = qualifier_of(request).policy, language_of(request)
    mapping = mapping_of(request.query_params, policy)
    if mapping is None:
        problem = Problem(where=PRESET, what="is missing", hint="like ?preset=salesforce")
        raise RequestError(422, "The query cannot be used", [problem])
    body = read_object(await request.body())
    record = body["facts"] if isinstance(body.get("facts"), dict) else body
    reading, problems = await run_in_threadpool(look_at_record, record, mapping, policy)
    problems += _refused(reading, policy)
    data = {
        "preset": mapping.preset.preset,
        "deal": reading.id,
        "facts": reading.facts,
        "read": dict(reading.read),
        "absent": await run_in_threadpool(_absent, mapping, reading),
        "passed_over": list(reading.passed_over),
        "problems": problem_members(problems, language),
    }
    return JSONResponse(data, headers={"content-language": language})


def _refused(reading: CrmReading, policy: Policy) -> list[Problem]:
    """Return what the strict reader of facts has against what was read: nothing, as a rule."""
    try:
        deal_from_facts(reading.facts, policy.fields, as_of=today())
    except InputError as error:
        return list(error.problems)
    return []


def _absent(mapping: CrmMapping, reading: CrmReading) -> list[dict[str, Any]]:
    compared = reading.passed_over[:MOST_COMPARED]
    named = [(name, _names(mapping.fields[name])) for name in reading.absent]
    return [
        {"field": name, "names": names, "nearest": nearest(names[0], compared)}
        for name, names in named
    ]
