"""Decisions to keep in a log, made by the small policy; for the tests of the log alone."""

from datetime import UTC, date, datetime
from functools import cache

from features import parse_policy
from features.facts import deal_from_facts
from models.qualifier import Qualifier
from serving.decision_log.records import Asker, DecisionRecord, OutcomeRecord
from serving.decision_log.replay import rendered
from tests.conftest import POLICY_TEXT

MOMENT = datetime(2026, 3, 2, 10, 30, 0, 123456, tzinfo=UTC)
DAY = date(2026, 3, 2)
FACTS = {
    "amount": 250000.1,
    "authority": {"value": "High", "observed_on": "2026-02-01"},
    "source": 'Référence "n° 7" 株 😀',
    "insolvency": None,
}


@cache
def qualifier():
    return Qualifier(parse_policy(POLICY_TEXT.encode()))


def asker(key_id=None, at=MOMENT, **more):
    return Asker(at=at, key_id=key_id, **more)


def decided(deal_id="D-7", facts=FACTS, who=None, language="fr", **more):
    """Return the record of a decision about a deal, with the answer that it would get."""
    policy = qualifier().policy
    deal = deal_from_facts(facts, policy.fields, as_of=DAY, deal_id=deal_id)
    (decision,) = qualifier().decide([deal])
    return DecisionRecord(
        asker=who or asker(),
        decision=decision,
        facts=facts,
        answer=rendered(decision, policy, language),
        language=language,
        latency_us=812,
        **more,
    )


def ended(deal_id="D-7", outcome="won", who=None, **more):
    """Return the record of an outcome; light, for many of them."""
    return OutcomeRecord(
        asker=who or asker(), deal_id=deal_id, outcome=outcome, closed_on=DAY, **more
    )
