"""``POST /v1/plan``: which of some open deals to work with the hours there are.

A search may take seconds, so it is left to a thread; one plan at a time in each worker, since
what the solver prints is kept off stdout for the whole process.
"""

import asyncio
import math
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from features.crm.field_names import CrmMapping
from features.deal import Deal
from features.errors import FactsError, InputError, Problem
from features.table import DealTable
from models.portfolio.capacity import Capacity, capacity_of
from models.portfolio.solver_output import solver_on_stderr
from models.qualifier import Qualifier
from reports.plan.planning import plan_of
from serving.crm_record import PRESET, mapping_of
from serving.messages import RequestError
from serving.routes.asked import MOST_PROBLEMS, qualifier_of, require_query, today
from serving.routes.crm_deals import deals_in_policy_words
from serving.routes.deals_body import DealsBody, read_deals

BESIDE = ("hours", "hours_by_role", "most_deals", "as_of")
WHERE = {"--hours": "hours", "--most-deals": "most_deals"}
_THREAD = ThreadPoolExecutor(max_workers=1, thread_name_prefix="plan")
Hours = dict[str | None, float]


async def plan(request: Request) -> Response:
    """Plan open deals; without hours in the body those of the policy count."""
    require_query(request, (PRESET,))
    qualifier, body = qualifier_of(request), await request.body()
    mapping = mapping_of(request.query_params, qualifier.policy)
    work = partial(_planned, qualifier, body, mapping)
    return JSONResponse(await asyncio.get_running_loop().run_in_executor(_THREAD, work))


def _planned(qualifier: Qualifier, text: bytes, mapping: CrmMapping | None) -> dict[str, Any]:
    sent = read_deals(text, BESIDE)
    body = deals_in_policy_words(sent, qualifier.policy, mapping).body
    capacity = _capacity(qualifier, body.beside)
    deals = _all(body, qualifier)
    table = DealTable.of(deals, qualifier.policy.fields)
    as_of = max(deal.as_of for deal in deals)
    with solver_on_stderr():
        return plan_of(qualifier, table, capacity, as_of=as_of).to_data()


def _all(body: DealsBody, qualifier: Qualifier) -> list[Deal]:
    """Return the deals; a plan without one of them would be another plan, so all must be right."""
    given = body.beside.get("as_of")
    query = {} if given is None else {"as_of": given}
    if given is not None and not isinstance(given, str):
        problem = Problem(where="as_of", what="is not a day", hint="like 2026-03-31")
        raise RequestError(422, "The request cannot be used", [problem])
    read = body.read(qualifier.policy, query, today=today())
    problems = [
        replace(one, where=f"deals[{row}].{one.where}".rstrip("."))
        for row, found in enumerate(read)
        if not isinstance(found, Deal)
        for one in found
    ]
    if problems:
        raise FactsError(problems[:MOST_PROBLEMS])
    return [one for one in read if isinstance(one, Deal)]


def _capacity(qualifier: Qualifier, beside: Mapping[str, Any]) -> Capacity:
    problems: list[Problem] = []
    hours = _hours(beside, problems)
    most = beside.get("most_deals")
    if most is not None and (isinstance(most, bool) or not isinstance(most, int)):
        problems.append(Problem(where="most_deals", what="is no number of deals", hint="like 20"))
        most = None
    try:
        capacity = capacity_of(qualifier.policy.economics, hours, most)
    except InputError as error:
        problems += [
            Problem(where=WHERE.get(one.where, one.where), what=one.what, hint=one.hint)
            for one in error.problems
        ]
    if problems:
        raise RequestError(422, "The plan cannot be made", problems)
    return capacity


def _hours(beside: Mapping[str, Any], problems: list[Problem]) -> Hours:
    roles = beside.get("hours_by_role")
    if roles is not None and not isinstance(roles, dict):
        hint = 'like {"presales": 120}'
        problems.append(Problem(where="hours_by_role", what="is not an object", hint=hint))
        roles = None
    given = {f"hours_by_role.{name}": (name, value) for name, value in (roles or {}).items()}
    found: Hours = {}
    for where, (name, value) in {"hours": (None, beside.get("hours")), **given}.items():
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float) or not _is_amount(value):
            problems.append(Problem(where=where, what="is no number of hours", hint="like 400"))
            continue
        found[name] = float(value)
    return found


def _is_amount(value: float) -> bool:
    try:
        return 0 <= float(value) < math.inf
    except OverflowError:
        return False
