"""A small plan from a policy alone, and one that holds whatever a page must be able to show."""

from datetime import date
from typing import Any

from features import Deal, DealTable, parse_policy
from features.texts import Text
from models.portfolio.capacity import capacity_of
from models.qualifier import Qualifier
from reports.plan.planning import plan_of
from reports.plan.report import (
    ChosenDeal,
    DealName,
    DrawnDeal,
    NoRoom,
    OpenDeal,
    Plan,
    PlannedCapacity,
    PlannedExploration,
    PlanPromise,
    WorthlessDeal,
)

DAY = date(2026, 12, 1)
HOSTILE = "<script>alert('{{ 7 * 7 }}')</script>"
POLICY = """
policy: presses
title: {en: Presses, fr: Presses}
deals: {id: Deal, outcome: {column: Status, won: [Won], lost: [Lost]}}
fields:
  margin: {type: number, min: 0, max: 90000, label: {en: Margin, fr: Marge}}
  presales: {type: number, min: 0, label: {en: Presales hours, fr: Heures d'avant-vente}}
  engineer: {type: number, min: 0}
  spent: {type: number, min: 0}
  fit: {type: category, values: [good, poor], label: {en: Fit, fr: Adéquation}}
  solvent: {type: boolean, label: {en: Solvent, fr: Solvable}}
  load: {type: number, min: 0}
criteria:
  - {id: fits, when: {fit: good}, points: 30, label: {en: It fits, fr: Cela convient}}
knockouts:
  - {id: insolvent, when: {solvent: false}, then: no_go, reason: {en: Insolvent, fr: Insolvable}}
  - id: full
    when: {load: {above: 100}}
    then: {conditional_go: {en: A later date, fr: Une date plus tardive}}
    on_unknown: ignore
    reason: {en: Full, fr: Plein}
economics:
  currency: EUR
  margin: {field: margin}
  roles:
    presales: {remaining_hours: {field: presales}, cost_per_hour: 100, capacity_hours: 40}
    engineer: {remaining_hours: {field: engineer}, cost_per_hour: 80}
  spent_costs: {field: spent}
decision: {go_at: {p_win: 0.2, points: 10}}
"""
FACTS: dict[str, Any] = {
    "margin": 20_000.0,
    "presales": 20.0,
    "engineer": 10.0,
    "fit": "good",
    "solvent": True,
    "load": 50.0,
    "spent": 0.0,
}


def deal(ident, **changes):
    facts = {name: fact for name, fact in (FACTS | changes).items() if fact is not None}
    return Deal(id=ident, as_of=DAY, facts=facts)


DEALS = (
    deal("A"),
    deal("B", margin=30_000.0, load=120.0),
    deal("C", margin=25_000.0),
    deal("insolvent", solvent=False),
    deal("perhaps", solvent=None),
    deal("poor", fit="poor"),
    deal("no-margin", margin=None),
    deal("no-hours", engineer=None),
    deal("dear", presales=900.0),
)


EXPLORING = POLICY.replace("then: no_go,", "then: no_go, testable: true,").replace(
    "points: 10}}", "points: 10}, exploration: {share: 0.5}}"
)
"""The same policy, which works half of what it softly refuses all the same."""


def planned(deals=DEALS, hours=None, most_deals=None, policy=POLICY, **more):
    qualifier = Qualifier(parse_policy(policy.encode()))
    table = DealTable.of(deals, qualifier.policy.fields)
    capacity = capacity_of(qualifier.policy.economics, hours or {}, most_deals)
    return plan_of(qualifier, table, capacity, as_of=DAY, **more)


def chosen(ident, **changes):
    figures = {
        "deal": DealName(id=ident, name=f"Press of {ident}"),
        "value": 12_345.6,
        "hours": 20.5,
        "hours_by_role": {"presales": 20.5},
        "p_win": 0.42,
        "comparable_deals": 50,
        "comparable_won": 19,
        "conditions": (),
    }
    return ChosenDeal(**(figures | changes))


def report(**changes):
    figures = {
        "policy": "presses",
        "title": Text(en=f"Presses {HOSTILE}", fr="Presses"),
        "currency": "EUR",
        "as_of": "2026-12-01",
        "model": "1",
        "evidence_level": "plenty",
        "closed_deals": 1_200,
        "assumed": False,
        "not_counted": ("contacts",),
        "deals": 1_234,
        "capacities": (
            PlannedCapacity(there=400, used=398, wanted=1_100, price=85.2),
            PlannedCapacity(role="presales", there=120, used=100, wanted=300, price=0),
            PlannedCapacity(deals=True, there=9, used=9, wanted=30, price=1_500),
        ),
        "value": 123_456.0,
        "bound": 123_500.0,
        "gap": 0.00035,
        "promise": PlanPromise(
            value=123_456.0,
            wins=4.2,
            comparable_value=98_765.0,
            comparable_wins=3.6,
            wins_low=2,
            wins_high=7,
            value_low=-2_000.0,
            value_high=250_000.0,
        ),
        "chosen": (chosen("D1"), chosen("D2", conditions=(Text(en="Prepayment", fr="Acompte"),))),
        "drawn": (
            DrawnDeal(
                deal=DealName(id="X1", name=HOSTILE),
                value=-1_500,
                hours=25,
                hours_by_role={"presales": 25},
                p_win=0.11,
                propensity=0.087,
                conditions=(Text(en="Bank guarantee", fr="Garantie bancaire"),),
            ),
            DrawnDeal(
                deal=DealName(id="X2"),
                value=None,
                hours=15,
                hours_by_role={},
                p_win=0.12,
                propensity=0.1,
                conditions=(),
            ),
        ),
        "exploration": PlannedExploration(
            hours=40, value=-1_500, unknown=1, foregone=4_000, left_out=3, chances={"X1": 0.087}
        ),
        "no_room": (
            NoRoom(
                deal=DealName(id="D3"),
                value=9_000,
                hours=120,
                hours_worth=10_224,
                loss=1_224,
                is_exact=True,
                displaced=(DealName(id="D2", name="Press of D2"),),
                joining=(),
            ),
            NoRoom(
                deal=DealName(id="D4", name=HOSTILE),
                value=8_000,
                hours=500,
                hours_worth=42_600,
                loss=None,
                is_exact=True,
                displaced=(),
                joining=(),
            ),
            NoRoom(
                deal=DealName(id="D5"),
                value=900,
                hours=20,
                hours_worth=1_704,
                loss=804,
                is_exact=False,
                displaced=tuple(DealName(id=f"E{n}") for n in range(6)),
                joining=(),
            ),
        ),
        "find_out": (
            OpenDeal(
                deal=DealName(id="D6"),
                lowest=-3_000,
                highest=50_000,
                hours=30,
                find_out=("solvent",),
                questions=(Text(en="Solvent", fr="Solvable"),),
            ),
        ),
        "unknown": (
            OpenDeal(
                deal=DealName(id="D7"),
                lowest=None,
                highest=None,
                hours=None,
                find_out=(),
                questions=(),
            ),
        ),
        "no_value": (WorthlessDeal(deal=DealName(id="D8"), value=-10, hours=3),),
        "refused": (DealName(id="D9"),),
    }
    return Plan(**(figures | changes))


EMPTY = planned((deal("insolvent", solvent=False),))
