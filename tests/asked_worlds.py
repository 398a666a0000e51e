"""A small company with money, knockouts and a model learned once, for questions and flips."""

from dataclasses import replace
from datetime import date
from functools import cache
from random import Random
from typing import Any

import numpy as np
from scipy.special import expit

from features import Deal, DealTable, Policy, parse_policy
from models.qualifier import Qualifier
from models.questions.completions import completions_of
from models.questions.questions import questions_of
from models.reference import Reference
from models.win_model import WinModel
from training.closed_deals import ClosedDeals
from training.fit import fit_model

DAY = date(2026, 1, 5)
FIELDS = """
  budget: {type: boolean, changeable: true, cost: {hours: 1}}
  sector: {type: category, values: [food, steel, paper], cost: {hours: 0.1}}
  rank: {type: category, values: [low, mid, high], ordered: true, changeable: true, cost: {hours: 4}}
  size: {type: number, cost: {hours: 0.5}}
  broke: {type: boolean, cost: {hours: 0.1, money: 2}}
"""  # noqa: E501
KNOCKOUTS = """
  - {id: broke, when: {broke: true}, then: no_go, reason: {en: Broke, fr: En faillite}}
  - {id: no_money, when: {budget: false, rank: low}, then: no_go, on_unknown: ignore, reason: {en: No money, fr: Sans argent}}
"""  # noqa: E501
ECONOMICS = (
    "{currency: EUR, margin: {by: sector, values: {food: 9000, steel: 14000, paper: 30000}}, "
    "remaining_hours: 60, cost_per_hour: 50}"
)
ANSWERS: dict[str, tuple[Any, ...]] = {
    "budget": (True, False),
    "sector": ("food", "steel", "paper"),
    "rank": ("low", "mid", "high"),
    "size": (1.0, 2.0, 3.0, 4.0),
    "broke": (False, True),
}


def policy_of(
    *,
    knockouts: str = KNOCKOUTS,
    economics: str = ECONOMICS,
    fields: str = FIELDS,
    go_at: str = "{expected_value: 0}",
) -> Policy:
    text = f"""
policy: asked
title: {{en: Asked, fr: Demande}}
deals: {{outcome: {{column: Result, won: [Won], lost: [Lost]}}}}
fields:{fields}
criteria:
  - {{id: large, when: {{size: {{at_least: 3}}}}, points: 5, label: {{en: Large, fr: Grande}}}}
knockouts:{knockouts or " []"}
economics: {economics}
decision: {{go_at: {go_at}}}
"""
    return parse_policy(text.encode())


def facts_of(n: int, seed: int, unknown: float = 0.0) -> list[dict[str, Any]]:
    random = Random(seed)
    found = []
    for _ in range(n):
        facts = {name: random.choice(answers) for name, answers in ANSWERS.items()}
        facts["broke"] = random.random() < 0.15
        if facts["budget"]:
            facts["rank"] = random.choice(["mid", "high", "high"])
        found.append({k: v for k, v in facts.items() if random.random() >= unknown})
    return found


def deals_of(facts: list[dict[str, Any]]) -> list[Deal]:
    return [Deal(id=str(n), as_of=DAY, facts=one) for n, one in enumerate(facts)]


def asked(qualifier: Qualifier, deal: Deal) -> Any:  # the tests know which numbers there are
    """Return the questions of a deal."""
    return questions_of(qualifier, deal)


def completed(reference: Reference | None, deal: Deal, policy: Policy) -> Any:
    """Return the completions of a deal, of which there are some."""
    assert reference is not None
    return completions_of(reference, deal, policy)


@cache
def model_of(n: int = 400, seed: int = 0) -> WinModel:
    policy, facts, random = policy_of(), facts_of(n, seed, 0.2), np.random.default_rng(seed)
    worth = [
        -1.2 + 1.2 * f.get("budget", False) + 0.5 * f.get("size", 2.5) / 2
        + {"low": -1.0, "mid": 0.0, "high": 0.8}[f.get("rank", "mid")] for f in facts
    ]  # fmt: skip
    closed = ClosedDeals(
        table=DealTable.of(deals_of(facts), policy.fields),
        won=(random.random(n) < expit(worth)).astype(float),
        no_decision=np.zeros(n, dtype=bool),
        twins=np.arange(n),
        groups=np.arange(n),
        opened_on=None,
        closed_on=None,
        human_p=None,
        fingerprint="asked",
        left_out=(),
    )
    return fit_model(closed, policy, seed=0, effort="quick", to_serve=True)


def reference_of(facts: list[dict[str, Any]], policy: Policy) -> Reference:
    table = DealTable.of(deals_of(facts), policy.fields)
    return Reference.learn(table, policy, modelled=tuple(policy.fields), seed=0)


def qualifier_of(
    policy: Policy | None = None, facts: list[dict[str, Any]] | None = None
) -> Any:  # the tests know that it has a model
    """Return a qualifier; with ``facts``, its reference deals are these."""
    chosen, model = policy or policy_of(), model_of()
    if facts is not None:
        model = replace(model, reference=reference_of(facts, chosen))
    return Qualifier(chosen, model)
