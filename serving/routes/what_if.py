"""``POST /v1/what-if``: the answer as it is and with some facts changed. Nothing is logged."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from features.crm.field_names import CrmMapping
from features.crm.reading import facts_of_record
from features.deal import Deal, Fact
from features.errors import FactsError, Problem, did_you_mean, printable
from features.facts import deal_from_facts
from features.policy import Policy
from models.what_if import what_if as both_answers
from reports.answer import answer
from reports.flip_words import what_if_in_words
from serving.crm_record import PRESET, in_policy_words, mapping_of
from serving.envelope import QUERY, deal_of
from serving.messages import RequestError, read_object
from serving.routes.asked import language_of, qualifier_of, require_query, today

CHANGES = "changes"
EXAMPLE = 'send {"facts": {"authority": "Low"}, "changes": {"authority": "High"}}'


async def what_if(request: Request) -> Response:
    """Answer twice; a change to null makes the fact unknown."""
    require_query(request, (*QUERY, PRESET))
    qualifier, language = qualifier_of(request), language_of(request)
    policy = qualifier.policy
    deal, changes = _asked(read_object(await request.body()), request, policy)
    told = both_answers(qualifier, deal, changes)
    return JSONResponse(
        {
            "changed": list(told.changed),
            "texts": list(what_if_in_words(told, policy, language)),
            "before": answer(told.before, policy, language),
            "after": answer(told.after, policy, language),
        },
        headers={"content-language": language},
    )


def _asked(
    body: dict[str, Any], request: Request, policy: Policy
) -> tuple[Deal, dict[str, Fact | None]]:
    """Return the deal and its changes, or every problem in both."""
    changes = body.pop(CHANGES, None)
    if not isinstance(changes, dict) or not changes or "facts" not in body:
        problem = Problem(where=CHANGES, what="are not there, or no facts are", hint=EXAMPLE)
        raise RequestError(422, "The request cannot be used", [problem])
    problems: list[Problem] = []
    deal: Deal | None = None
    mapping = mapping_of(request.query_params, policy)
    plain = "facts" in policy.fields  # such a policy is asked with plain facts
    try:
        facts = body["facts"] if plain and isinstance(body["facts"], dict) else body
        told = in_policy_words(facts, request.query_params, policy)
        deal = deal_of(told.body, told.query, policy, today=today())
    except FactsError as error:
        problems += error.problems
    known: dict[str, Fact | None] = {}
    try:
        day = today() if deal is None else deal.as_of
        known = _changes(changes, day, policy, mapping)
    except FactsError as error:
        problems += [replace(one, where=f"{CHANGES}.{one.where}") for one in error.problems]
    if problems or deal is None:
        raise FactsError(problems)
    return deal, known


def _changes(
    given: dict[str, Any], day: date, policy: Policy, mapping: CrmMapping | None
) -> dict[str, Fact | None]:
    """Return the changed facts, None where one becomes unknown; a CRM's names may name them."""
    names: Iterable[str] = given
    if mapping is not None:
        reading = facts_of_record(given, mapping, policy)
        if reading.passed_over:
            what, hint = "is no field of the policy", did_you_mean("", mapping.fields)
            raise FactsError(
                [
                    Problem(where=printable(one), what=what, hint=hint)
                    for one in reading.passed_over
                ]
            )
        names, given = reading.read, dict(reading.facts)
    known = deal_from_facts(given, policy.fields, as_of=day)
    return {name: known.facts.get(name) for name in names}
