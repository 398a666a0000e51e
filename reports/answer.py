"""A decision as JSON: the one shape of the answer, for the service, the file and the page."""

from typing import Any

from features.deal import Waiver
from features.policy import Policy
from features.texts import Language
from models.decision import Decision, Estimate, ScorecardVerdict, Worth
from models.knockouts import KnockoutVerdict
from models.logistic import USUAL_WIN_RATE
from models.unlike_facts import UnlikeFact
from reports.answer_reasons import reason_data, waiver_of
from reports.answer_words import expired_in_words, grade_in_words, state_in_words
from reports.contribution_words import baseline_data, contributions_data
from reports.evidence_words import comparable_in_words, evidence_in_words, stability_in_words
from reports.field_words import shown_fact
from reports.sentences import RECOMMENDATIONS, unlike_in_words
from reports.value_words import worth_in_words


def answer(decision: Decision, policy: Policy, language: Language) -> dict[str, Any]:
    """Return a decision as plain data, its sentences in one language.

    The policy verdict (``knockouts``, ``scorecard``), the statistical estimate (``p_win`` and its
    ``evidence``) and the ``recommendation`` stay apart. Probabilities are between 0 and 1; what
    a criterion or fact contributes to one is too, so that 0.08 reads "8 percentage points".

    ``evidence_level`` is one of ``none``, ``few``, ``enough`` and ``plenty``. At ``none`` the
    points decide, and ``p_win`` is that of the policy alone where no deal has closed, or null
    where it has no criterion to start from. ``p_lost`` and ``p_no_decision`` add up to one with
    ``p_win``; both are null where the model has not learned to tell them apart, as is
    ``stability_range`` where it has not learned how far its estimates move.
    """
    go_at, estimate = policy.decision.go_at, decision.estimate
    return {
        "deal": decision.deal_id,
        "as_of": decision.as_of.isoformat(),
        "recommendation": decision.recommendation.value,
        "recommendation_text": RECOMMENDATIONS[decision.recommendation].in_(language),
        "exploration": {
            "explored": decision.exploration.explored,
            "propensity": decision.exploration.propensity,
        },
        "knockouts": [
            _knockout(verdict, decision, policy, language) for verdict in decision.knockouts
        ],
        "scorecard": _scorecard(decision.scorecard, language),
        "grade": decision.grade,
        "grade_text": grade_in_words(decision, policy, language),
        "go_at": go_at.model_dump(),
        "p_win": estimate.p_win if estimate else None,
        "p_lost": estimate.p_lost if estimate else None,
        "p_no_decision": estimate.p_no_decision if estimate else None,
        "stability_range": _stability_range(estimate, language),
        "evidence_level": decision.evidence_level,
        "evidence": _evidence(estimate, policy, language),
        "value": _value(decision.worth, policy, language),
        "reasons": [
            reason_data(reason, decision, policy, language) for reason in decision.reasons
        ],
        "baseline": baseline_data(decision, policy, language),
        "contributions": contributions_data(decision, policy, language),
        "find_out": [_question(name, decision, policy, language) for name in decision.find_out],
        "expired": [_expired(name, policy, language) for name in decision.expired],
        "versions": {
            "qualifox": decision.versions.qualifox,
            "policy": decision.versions.policy,
            "policy_version": decision.versions.policy_version,
            "model": decision.versions.model,
            "schema": decision.versions.matrix_schema,
        },
    }


def _knockout(
    verdict: KnockoutVerdict, decision: Decision, policy: Policy, language: Language
) -> dict[str, Any]:
    knockout, waiver = verdict.knockout, waiver_of(verdict, decision)
    return {
        "id": knockout.id,
        "state": verdict.state.value,
        "state_text": state_in_words(policy, verdict.state, verdict.needs, waiver, language),
        "then": "no_go" if knockout.refuses else "conditional_go",
        "condition": knockout.condition.in_(language) if knockout.condition else None,
        "reason": knockout.reason.in_(language),
        "on_unknown": knockout.on_unknown,
        "decided_by": list(verdict.decided_by),
        "needs": list(verdict.needs),
        "owner": knockout.owner,
        "may_be_waived_by": list(knockout.waiver.by) if knockout.waiver else [],
        "waived": _waived(waiver),
    }


def _waived(waiver: Waiver | None) -> dict[str, Any] | None:
    """Return who waived a knockout, why and until when; None where nobody did."""
    if waiver is None:
        return None
    return {
        "by": waiver.by,
        "reason": waiver.reason,
        "granted_on": waiver.granted_on.isoformat(),
        "until": waiver.until.isoformat(),
    }


def _value(worth: Worth | None, policy: Policy, language: Language) -> dict[str, Any] | None:
    if worth is None:
        return None
    return {
        "text": worth_in_words(worth, policy, language),
        "expected_value": worth.expected_value,
        "currency": worth.currency,
        "lowest": worth.lowest,
        "highest": worth.highest,
        "if_won": worth.if_won,
        "remaining_cost": worth.remaining_cost,
        "remaining_hours": worth.hours,
        "value_per_hour": worth.per_hour,
        "cost_share_of_revenue": worth.cost_share,
        "sunk_cost": worth.sunk_cost,
        "break_even_p_win": worth.break_even,
        "not_counted": list(worth.left_out),
        "needs": list(worth.needs),
    }


def _scorecard(verdict: ScorecardVerdict, language: Language) -> dict[str, Any]:
    return {
        "points": verdict.points,
        "lowest": verdict.lowest,
        "highest": verdict.highest,
        "best": verdict.best,
        "criteria": [
            {
                "id": one.criterion.id,
                "label": one.criterion.label.in_(language),
                "state": one.state.value,
                "group": one.criterion.group,
                "points": one.points,
                "lowest": one.lowest,
                "highest": one.highest,
                "needs": list(one.needs),
            }
            for one in verdict.criteria
        ],
    }


def _evidence(estimate: Estimate | None, policy: Policy, language: Language) -> dict[str, Any]:
    """Return what the estimate rests on; the same keys where there is none."""
    closed = None if estimate is None else (estimate.won, estimate.not_won)
    assumed = USUAL_WIN_RATE if estimate is not None and not estimate.closed_deals else None
    return {
        "level": "none" if estimate is None else estimate.level,
        "text": evidence_in_words(closed, language),
        "closed_deals": estimate.closed_deals if estimate else 0,
        "won": estimate.won if estimate else 0,
        "not_won": estimate.not_won if estimate else 0,
        "base_rate": estimate.base_rate if estimate else None,
        "assumed_win_rate": assumed,
        "comparable": _comparable(estimate, language),
        "unseen": [_unlike(one, policy, language) for one in estimate.unseen] if estimate else [],
    }


def _comparable(estimate: Estimate | None, language: Language) -> dict[str, Any] | None:
    if estimate is None or estimate.band is None:
        return None
    band = estimate.band
    low, high = band.interval
    return {
        "deals": band.deals,
        "won": band.won,
        "low": low,
        "high": high,
        "text": comparable_in_words(band, language),
    }


def _stability_range(estimate: Estimate | None, language: Language) -> dict[str, Any] | None:
    if estimate is None or estimate.stability_range is None:
        return None
    low, high = estimate.stability_range
    return {
        "low": low,
        "high": high,
        "text": stability_in_words(estimate.stability_range, language),
    }


def _unlike(unlike: UnlikeFact, policy: Policy, language: Language) -> dict[str, Any]:
    value = unlike.value
    return {
        "field": unlike.field,
        "value": value
        if isinstance(value, bool | float | str)
        else shown_fact(value, unlike.field, policy, "en"),
        "lowest": unlike.lowest,
        "highest": unlike.highest,
        "text": unlike_in_words(unlike, policy, language),
    }


def _expired(name: str, policy: Policy, language: Language) -> dict[str, Any]:
    return {
        "field": name,
        "label": policy.fields[name].label_in(name, language),
        "text": expired_in_words(name, policy, language),
    }


def _question(name: str, decision: Decision, policy: Policy, language: Language) -> dict[str, Any]:
    field = policy.fields[name]
    question = field.question.in_(language) if field.question else None
    cost = field.cost
    return {
        "field": name,
        "label": field.label_in(name, language),
        "question": question,
        "hours": cost.hours if cost else None,
        "money": cost.money if cost else None,
        "answer_too_old": name in decision.expired,
    }
