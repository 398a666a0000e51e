"""From open deals to the plan as data: judged, valued, chosen, and put into the reader's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from features.errors import EvidenceError, InputError, Problem
from features.policy.amounts import fields_of
from features.table import DealTable
from features.texts import Text
from models.decision import Decision
from models.economics import Value, missing_numbers, value_of
from models.evidence import Band
from models.exploration import Selection
from models.knockouts import KnockoutState
from models.portfolio.capacity import Capacity
from models.portfolio.draw import draw
from models.portfolio.knapsack import Effort
from models.portfolio.plan import Portfolio, plan_deals
from models.portfolio.promise import promise_of
from models.portfolio.standing import Standing
from models.qualifier import Qualifier
from models.verdicts import Verdicts
from reports.plan.exploration import exploration_of
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

Vector = NDArray[np.float64]
Rows = NDArray[np.intp]


def plan_of(
    qualifier: Qualifier,
    table: DealTable,
    capacity: Capacity,
    *,
    as_of: date,
    names: Sequence[str | None] | None = None,
    effort: Effort | None = None,
) -> Plan:
    """Return the plan for open deals.

    Parameters
    ----------
    table
        The open deals, as they are known today.
    capacity
        The hours there are; `models.portfolio.capacity.capacity_of` reads them.
    as_of
        The day of the plan.
    names
        What people call the deals, in the order of the table.

    Raises
    ------
    InputError
        When no deal is there, or the policy does not say what one is worth.
    EvidenceError
        When nothing gives a probability: neither a model nor a criterion.
    """
    if not len(table):
        raise InputError([Problem(where="deals", what="none of them is open: nothing to plan")])
    verdicts = qualifier.judge(table)
    value = valued(qualifier, table, verdicts)
    told = verdicts.recommendations
    selection = draw(qualifier.policy, table, told, value, capacity)
    portfolio = plan_deals(
        told, value, table.ids, capacity, drawn=selection.explored, effort=effort
    )
    return _Composer(qualifier, table, verdicts, value, selection, portfolio, names).plan(as_of)


def valued(qualifier: Qualifier, table: DealTable, verdicts: Verdicts) -> Value:
    """Return what deals are worth, by the points of the policy where nothing has been learned."""
    if verdicts.value is not None:
        return verdicts.value
    if verdicts.p_win is None:
        raise EvidenceError(
            "nothing gives a probability: there is no model, and the policy has no criterion\n"
            "  hint: train one: qualifox train --policy FILE --deals FILE"
        )
    value = value_of(qualifier.policy, table, verdicts.p_win)
    if value is None:
        hint = "write margin (or margin_rate and revenue) and cost_per_hour under economics"
        what = "the policy does not say what a deal is worth"
        raise InputError([Problem(where="economics", what=what, hint=hint)])
    return value


@dataclass(frozen=True, slots=True)
class _Composer:
    qualifier: Qualifier
    table: DealTable
    verdicts: Verdicts
    value: Value
    selection: Selection
    portfolio: Portfolio
    names: Sequence[str | None] | None

    def plan(self, as_of: date) -> Plan:
        policy, found, model = self.qualifier.policy, self.portfolio, self.qualifier.estimating
        bands = self._bands(found.chosen)
        return Plan(
            policy=policy.name,
            title=policy.title,
            currency=policy.economics.currency,
            as_of=as_of.isoformat(),
            model=None if model is None else model.version,
            evidence_level=self.verdicts.level,
            closed_deals=0 if model is None else model.provenance.n_deals,
            assumed=self.verdicts.value is None,
            not_counted=self.value.left_out,
            deals=len(self.table),
            capacities=self._capacities(),
            value=found.value,
            bound=found.bound,
            gap=found.gap,
            promise=self._promise(found.chosen, bands),
            chosen=self._chosen(found.chosen, bands),
            drawn=self._drawn(found.drawn),
            exploration=self._exploration(),
            no_room=self._no_room(),
            find_out=self._open(self._most_first(Standing.FIND_OUT)),
            unknown=self._open(self._most_first(Standing.UNKNOWN)),
            no_value=tuple(
                WorthlessDeal(
                    deal=self._name(row),
                    value=float(self.value.expected[row]),
                    hours=float(self.value.hours[row]),
                )
                for row in found.rows(Standing.NO_VALUE).tolist()
            ),
            refused=tuple(map(self._name, found.rows(Standing.NO_GO).tolist())),
        )

    def _exploration(self) -> PlannedExploration | None:
        policy, drawn, alone = self.qualifier.policy, self.selection, self.verdicts.selection
        ids, found = self.table.ids, self.portfolio
        return exploration_of(policy, ids, self.value, found, together=drawn, alone=alone)

    def _name(self, row: int) -> DealName:
        name = None if self.names is None else self.names[row]
        return DealName(id=self.table.ids[row] or str(row + 1), name=name)

    def _bands(self, rows: Rows) -> list[Band | None]:
        model, p_win = self.qualifier.estimating, self.verdicts.p_win
        return [] if model is None or p_win is None else model.bands(p_win[rows])

    def _p_win(self, rows: Rows) -> Vector:
        p_win = self.verdicts.p_win
        return np.full(len(rows), np.nan) if p_win is None else p_win[rows]

    def _capacities(self) -> tuple[PlannedCapacity, ...]:
        found = self.portfolio
        roles: list[str | None] = list(found.capacity.hours)
        labels = [(role, False) for role in roles]
        labels += [] if found.capacity.most_deals is None else [(None, True)]
        limits = found.capacity.limits
        figures = zip(limits, found.used, found.wanted, found.prices, found.taken, strict=True)
        names = ("there", "used", "wanted", "price", "drawn")
        return tuple(
            PlannedCapacity(role=role, deals=deals, **dict(zip(names, numbers, strict=True)))
            for (role, deals), numbers in zip(labels, figures, strict=True)
        )

    def _promise(self, rows: Rows, bands: list[Band | None]) -> PlanPromise:
        rates = [np.nan if band is None else band.won / band.deals for band in bands]
        found = promise_of(
            self._p_win(rows),
            np.array(rates, dtype=np.float64),
            self.value.if_won[rows],
            self.value.remaining_cost[rows],
        )
        return PlanPromise(
            value=found.expected_value,
            wins=found.expected_wins,
            comparable_value=found.comparable_value,
            comparable_wins=found.comparable_wins,
            wins_low=found.wins[0],
            wins_high=found.wins[1],
            value_low=found.value[0],
            value_high=found.value[1],
        )

    def _chosen(self, rows: Rows, bands: list[Band | None]) -> tuple[ChosenDeal, ...]:
        conditions = self._conditions(rows)
        return tuple(
            ChosenDeal(
                deal=self._name(row),
                value=float(self.value.expected[row]),
                hours=float(self.value.hours[row]),
                hours_by_role=self._hours_by_role(row),
                p_win=float(p_win),
                comparable_deals=0 if band is None else band.deals,
                comparable_won=0 if band is None else band.won,
                conditions=conditions.get(row, ()),
            )
            for row, p_win, band in zip(rows.tolist(), self._p_win(rows), bands, strict=True)
        )

    def _hours_by_role(self, row: int) -> dict[str, float]:
        roles = self.value.hours_by_role.items()
        return {role: float(hours[row]) for role, hours in roles if np.isfinite(hours[row])}

    def _drawn(self, rows: Rows) -> tuple[DrawnDeal, ...]:
        conditions = self._conditions(rows)
        return tuple(
            DrawnDeal(
                deal=self._name(row),
                value=_number(self.value.expected[row]),
                hours=float(self.value.hours[row]),
                hours_by_role=self._hours_by_role(row),
                p_win=float(p_win),
                propensity=float(self.selection.propensity[row]),
                conditions=conditions.get(row, ()),
            )
            for row, p_win in zip(rows.tolist(), self._p_win(rows), strict=True)
        )

    def _conditions(self, rows: Rows) -> dict[int, tuple[Text, ...]]:
        conditional = rows[self.verdicts.policy.conditional[rows]]
        return {
            row: tuple(
                verdict.knockout.condition
                for verdict in decision.knockouts
                if verdict.state is KnockoutState.FIRED and verdict.knockout.condition is not None
            )
            for row, decision in zip(conditional.tolist(), self._decide(conditional), strict=True)
        }

    def _decide(self, rows: Rows) -> list[Decision]:
        return self.qualifier.decide([self.table.deal(row) for row in rows.tolist()])

    def _no_room(self) -> tuple[NoRoom, ...]:
        return tuple(
            NoRoom(
                deal=self._name(one.row),
                value=one.value,
                hours=float(self.value.hours[one.row]),
                hours_worth=one.hours_worth,
                loss=one.loss,
                is_exact=one.is_exact,
                displaced=tuple(map(self._name, one.displaced)),
                joining=tuple(map(self._name, one.joining)),
            )
            for one in self.portfolio.displacements
        )

    def _most_first(self, standing: Standing) -> Rows:
        """Return the deals of a standing, those that could be worth most first."""
        rows = self.portfolio.rows(standing)
        return rows[np.argsort(-self.value.highest[rows], kind="stable")]

    def _open(self, rows: Rows) -> tuple[OpenDeal, ...]:
        asked = [
            (row, self._asked(row, decision))
            for row, decision in zip(rows.tolist(), self._decide(rows), strict=True)
        ]
        return tuple(
            OpenDeal(
                deal=self._name(row),
                lowest=_number(self.value.lowest[row]),
                highest=_number(self.value.highest[row]),
                hours=_number(self.value.hours[row]),
                find_out=names,
                questions=tuple(map(self._label, names)),
            )
            for row, names in asked
        )

    def _asked(self, row: int, decision: Decision) -> tuple[str, ...]:
        """Return what the recommendation waits for, then what the value and the hours do."""
        policy, deal = self.qualifier.policy, self.table.deal(row)
        economics = policy.economics
        hours = [one.remaining_hours for one in economics.roles.values()]
        fields = frozenset().union(*map(fields_of, [economics.remaining_hours, *hours]))
        missing = policy.asked_for(fields - policy.known(deal).keys(), deal.facts)
        numbers = () if self.value.is_known[row] else missing_numbers(policy, deal)
        return tuple(dict.fromkeys((*decision.find_out, *numbers, *missing)))

    def _label(self, name: str) -> Text:
        field = self.qualifier.policy.fields[name]
        return Text(en=field.label_in(name, "en"), fr=field.label_in(name, "fr"))


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
