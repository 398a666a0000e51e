"""A decision as JSON: the one shape of the answer, for the service, the file and the page."""

from typing import Any

from features.policy import Policy
from features.texts import Language
from models.decision import Decision, Estimate, Reason, ScorecardVerdict
from models.knockouts import KnockoutVerdict
from reports.sentences import RECOMMENDATIONS, sentence


def answer(decision: Decision, policy: Policy, language: Language) -> dict[str, Any]:
    """Return a decision as plain data, its sentences in one language.

    The policy verdict (``knockouts``, ``scorecard``), the statistical estimate (``p_win`` and its
    ``evidence``) and the ``recommendation`` stay apart. Probabilities are between 0 and 1; the
    contribution of a ``MODEL_FACT`` is too, so that 0.08 reads "8 percentage points".
    """
    go_at = policy.thresholds.go_at
    return {
        "deal": decision.deal_id,
        "as_of": decision.as_of.isoformat(),
        "recommendation": decision.recommendation.value,
        "recommendation_text": RECOMMENDATIONS[decision.recommendation].in_(language),
        "knockouts": [_knockout(verdict, language) for verdict in decision.knockouts],
        "scorecard": _scorecard(decision.scorecard, language),
        "go_at": {"p_win": go_at.p_win, "points": go_at.points},
        "p_win": decision.estimate.p_win if decision.estimate else None,
        "evidence": _evidence(decision.estimate),
        "reasons": [_reason(reason, decision, policy, language) for reason in decision.reasons],
        "find_out": [_question(name, policy, language) for name in decision.find_out],
        "versions": {
            "qualifox": decision.versions.qualifox,
            "policy": decision.versions.policy,
            "model": decision.versions.model,
            "schema": decision.versions.matrix_schema,
        },
    }


def _knockout(verdict: KnockoutVerdict, language: Language) -> dict[str, Any]:
    knockout = verdict.knockout
    return {
        "id": knockout.id,
        "state": verdict.state.value,
        "then": "no_go" if knockout.refuses else "conditional_go",
        "condition": knockout.condition.in_(language) if knockout.condition else None,
        "reason": knockout.reason.in_(language),
        "on_unknown": knockout.on_unknown,
        "decided_by": list(verdict.decided_by),
        "needs": list(verdict.needs),
        "owner": knockout.owner,
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
                "points": one.criterion.points,
                "needs": list(one.needs),
            }
            for one in verdict.criteria
        ],
    }


def _evidence(estimate: Estimate | None) -> dict[str, Any]:
    if estimate is None:
        return {"level": "none", "closed_deals": 0, "base_rate": None, "comparable": None,
                "unseen": []}  # fmt: skip
    low, high = estimate.band.interval
    return {
        "level": estimate.level,
        "closed_deals": estimate.closed_deals,
        "base_rate": estimate.base_rate,
        "comparable": {
            "deals": estimate.band.deals,
            "won": estimate.band.won,
            "low": low,
            "high": high,
        },
        "unseen": [{"field": found.field, "value": found.value} for found in estimate.unseen],
    }


def _reason(
    reason: Reason, decision: Decision, policy: Policy, language: Language
) -> dict[str, Any]:
    return {
        "code": reason.code,
        "about": reason.about,
        "contribution": reason.contribution,
        "unit": reason.unit,
        "text": sentence(reason, policy, language, _waits_for(reason, decision)),
    }


def _waits_for(reason: Reason, decision: Decision) -> tuple[str, ...]:
    """Return the facts that a reason waits for."""
    criteria = decision.scorecard.criteria
    if reason.code == "TOO_LITTLE_KNOWN":
        return tuple(dict.fromkeys(name for verdict in criteria for name in verdict.needs))
    if reason.unit == "percentage_points" or reason.about == "go_at":
        return ()
    needs = {verdict.knockout.id: verdict.needs for verdict in decision.knockouts}
    needs |= {verdict.criterion.id: verdict.needs for verdict in criteria}
    return needs[reason.about]


def _question(name: str, policy: Policy, language: Language) -> dict[str, Any]:
    field = policy.fields[name]
    question = field.question.in_(language) if field.question else None
    return {"field": name, "label": field.label_in(name, language), "question": question}
