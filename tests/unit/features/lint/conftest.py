"""A policy without any finding, additions to it, and past deals that go with it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import TypeAlias

import pytest

import features.lint
from features import Deal, DealTable, Policy
from features.lint import Finding, lint_policy
from features.lint.inspection import Inspection
from features.policy.inheritance import merged
from features.policy.loader import policy_of
from features.policy.yaml_source import read_yaml

DAY = date(2026, 1, 5)

FLAWLESS = """\
policy: flawless
title: {en: "Without any finding", fr: "Rien à redire"}
deals: {outcome: {column: Status, won: [Won], lost: [Lost]}}
fields:
  amount:
    type: number
    unit: EUR
    min: 0
    max: 1000000000
    label: {en: "Amount", fr: "Montant"}
    question: {en: "How much?", fr: "Combien ?"}
    cost: {hours: 0.1}
  budget:
    type: boolean
    label: {en: "Budget confirmed", fr: "Budget confirmé"}
    question: {en: "Is there a budget?", fr: "Y a-t-il un budget ?"}
    cost: {hours: 0.5}
  need:
    type: category
    values: [clear, partial, unclear]
    label: {en: "Clarity of the need", fr: "Clarté du besoin"}
    question: {en: "What do they need?", fr: "Que leur faut-il ?"}
    cost: {hours: 1}
  region:
    type: category
    label: {en: "Region", fr: "Région"}
    question: {en: "Where are they?", fr: "Où sont-ils ?"}
    cost: {hours: 0.1}
  health:
    type: category
    values: [sound, watch, distressed]
    label: {en: "Financial health", fr: "Santé financière"}
    question: {en: "Can they pay?", fr: "Peuvent-ils payer ?"}
    cost: {money: 30}
  deliverable:
    type: category
    values: [equipment, parts, services]
    label: {en: "Deliverable", fr: "Objet"}
    question: {en: "What is asked for?", fr: "Que demande-t-on ?"}
    cost: {hours: 0.1}
criteria:
  - id: budget_confirmed
    when: {budget: true}
    points: 12
    label: {en: "There is a budget", fr: "Un budget existe"}
  - id: size
    field: amount
    bands: [{below: 50000, points: 2}, {below: 200000, points: 10}, {points: 0}]
    label: {en: "A good size", fr: "Une bonne taille"}
  - id: financial_goods
    when: {need: [clear, partial], budget: true}
    points: 8
    label: {en: "Need and budget", fr: "Besoin et budget"}
knockouts:
  - id: far_services
    when: {deliverable: services, region: East}
    then: no_go
    reason: {en: "Too far for services", fr: "Trop loin pour des prestations"}
    owner: head of operations
    waiver: {by: [head of sales]}
decision:
  go_at: {p_win: 0.3, points: 20}
"""

Lint: TypeAlias = Callable[..., tuple[Finding, ...]]
Lines: TypeAlias = Callable[[str], list[tuple[str, str]]]


def policy_with(addition: str) -> Policy:
    """Return the flawless policy with the additions of another file."""
    base = read_yaml(FLAWLESS.encode(), "flawless.yaml")
    if not addition.strip():
        return policy_of(base, None)
    more = read_yaml(dedent(addition).encode(), "addition.yaml")
    return policy_of(merged(base, more), None)


def past_deals(policy: Policy, changes: dict[str, object] | None = None) -> DealTable:
    """Return forty past deals whose answers go with the flawless policy."""
    answers: dict[str, tuple[object, ...]] = {
        "amount": (18_000.0, 40_000.0, 120_000.0, 400_000.0),
        "budget": (True, False, True),
        "need": ("partial", "clear", "unclear", "clear"),
        "region": ("North", "South", "East"),
        "health": ("sound", "watch", "distressed", "sound", "sound"),
        "deliverable": ("equipment", "services"),
    }
    deals = []
    for row in range(40):
        facts = {name: of[row % len(of)] for name, of in answers.items()} | (changes or {})
        facts["deliverable"] = ("equipment", "parts", "services")[row % 7 % 3]
        known = {name: fact for name, fact in facts.items() if fact is not None}
        deals.append(Deal(as_of=DAY, facts=known))  # type: ignore[arg-type]
    return DealTable.of(deals, policy.fields)


@pytest.fixture
def lint() -> Lint:
    """Return what lints the flawless policy with an addition, beside past deals."""

    def found(addition: str = "", *, deals: bool = False, **changes: object):
        policy = policy_with(addition)
        table = past_deals(policy, changes) if deals else None
        return lint_policy(policy, deals=table, as_of=DAY)

    return found


@pytest.fixture
def lines(lint: Lint) -> Lines:
    """Return what lists the findings of an addition: the code, and the words of its line."""

    def found(addition: str, **settings: object) -> list[tuple[str, str]]:
        text = dedent(addition).splitlines()
        told = []
        for finding in lint(addition, **settings):
            name, _, line = finding.where.rpartition(":")
            told.append(
                (finding.code, text[int(line) - 1].strip() if name.startswith("a") else name)
            )
        return told

    return found


@pytest.fixture
def inspection() -> Callable[[str], Inspection]:
    """Return what opens the inspection of the flawless policy with an addition."""
    return lambda addition: Inspection(policy_with(addition), DAY)


@pytest.fixture
def lint_sources() -> str:
    """Return the code of the families of findings, without the pages."""
    folder = Path(features.lint.__file__).parent
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.py")))
