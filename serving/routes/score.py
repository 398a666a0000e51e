"""One deal scored: read, decided, kept in the log where there is one, and answered."""

from time import perf_counter_ns

from starlette.requests import Request
from starlette.responses import Response

from serving.crm_record import PRESET, in_policy_words
from serving.decision_log.records import DecisionRecord
from serving.decision_log.replay import rendered
from serving.envelope import QUERY, deal_of, facts_and_waivers
from serving.messages import read_object
from serving.metrics import unknown_in, unseen_in
from serving.routes.asked import language_of, qualifier_of, require_query, today
from serving.routes.asking import asker_of
from serving.routes.keeping import answered_before, keep


async def score(request: Request) -> Response:
    """Decide about one deal: the body is its facts as they are, or an envelope around them.

    The answer has every key, with a model or without; docs/answer.md is its contract. It is sent
    once its record is safe; without a log, as in a test, at once.
    """
    started = perf_counter_ns()
    qualifier = qualifier_of(request)
    require_query(request, (*QUERY, PRESET))
    sent = await request.body()
    is_kept = getattr(request.app.state, "log", None) is not None
    asker = asker_of(request, sent)
    if is_kept and (before := await answered_before(request, asker)) is not None:
        return before
    asked = in_policy_words(read_object(sent), request.query_params, qualifier.policy)
    deal = deal_of(asked.body, asked.query, qualifier.policy, today=today())
    language = language_of(request)
    decision = await request.app.state.deciding.decide(qualifier, deal)
    if request.app.state.metrics is not None:
        request.app.state.metrics.decided(
            [decision.recommendation],
            unknown=unknown_in(qualifier.policy, [deal]),
            unseen=unseen_in([decision]),
        )
    told = rendered(decision, qualifier.policy, language)
    if not is_kept:
        headers = {"content-language": language, **asked.headers}
        return Response(told, headers=headers, media_type="application/json")
    facts, waivers = facts_and_waivers(asked.body, qualifier.policy)
    record = DecisionRecord(
        asker=asker,
        decision=decision,
        facts=facts,
        waivers=waivers,
        answer=told,
        language=language,
        latency_us=(perf_counter_ns() - started) // 1_000,
    )
    response = await keep(request, record)
    response.headers.update(asked.headers)
    return response
