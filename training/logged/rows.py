"""Logged deals as the rows of a file, cell by cell in texts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from features.deal import NOT_APPLICABLE
from features.errors import Problem
from features.logged_deal import LoggedDeal
from features.policy import Policy
from training.logged.facts import (
    FactsToday,
    facts_today,
    number_text,
    says_no_answer,
    text_of_fact,
)
from training.logged.form import Cells, Form
from training.outcomes.outcome import Outcome

Row = dict[str, str]
OBSERVED_TWICE = ""
"""What stands where two answers that share a column for their day were given on two days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows of the deals that could be written, in their order, and what was left out.

    ``misfits`` counts the facts that today's policy does not know or refuses, or has no word for
    (not applicable), by name;
    ``foreign`` the deals of which half or more is such; ``unsaid`` those by an outcome that the
    form has no word for. ``as_lost`` counts deals without a decision that are written as lost.
    """

    deals: tuple[LoggedDeal, ...]
    rows: tuple[Row, ...]
    misfits: Mapping[str, int]
    foreign: int
    unsaid: Mapping[Outcome, int]
    as_lost: int


def rows_of(
    deals: Iterable[LoggedDeal], policy: Policy, form: Form, marks: Mapping[str, str] | None = None
) -> Rows:
    """Return the rows of some deals.

    ``marks`` says which headers have their numbers with another decimal mark than the policy's.
    """
    written: list[tuple[LoggedDeal, Row]] = []
    misfits: dict[str, int] = {}
    unsaid: dict[Outcome, int] = {}
    foreign = as_lost = 0
    writer = _Writer(policy, form, marks or {})
    for deal in deals:
        outcome = Outcome.OPEN if deal.outcome is None else Outcome(deal.outcome)
        cells = form.outcomes.get(outcome)
        if cells is None and outcome is Outcome.NO_DECISION:
            cells, as_lost = form.outcomes.get(Outcome.LOST), as_lost + 1
        if cells is None:
            unsaid[outcome] = unsaid.get(outcome, 0) + 1
            continue
        facts = facts_today(deal, policy)
        if facts.is_foreign:
            foreign += 1
            continue
        row, unwritten = writer.row(deal, facts, cells)
        for name in (*facts.misfits, *unwritten):
            misfits[name] = misfits.get(name, 0) + 1
        written.append((deal, row))
    return Rows(
        deals=tuple(deal for deal, _ in written),
        rows=tuple(row for _, row in written),
        misfits=misfits,
        foreign=foreign,
        unsaid=unsaid,
        as_lost=as_lost,
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    policy: Policy
    form: Form
    marks: Mapping[str, str]

    def row(self, deal: LoggedDeal, facts: FactsToday, outcome: Cells) -> tuple[Row, list[str]]:
        """Return the cells of a deal, blank ones left out, and the facts that no cell can say."""
        cells: Row = {}
        unwritten = []
        for name, fact in facts.known.items():
            header, field = self.form.fields.get(name), self.policy.fields[name]
            if header is None or header in cells:
                continue
            text = text_of_fact(fact, field, self._mark(header))
            if text and (fact is NOT_APPLICABLE or not says_no_answer(text, fact, field)):
                cells[header] = text
            else:
                unwritten.append(name)
        said = {header: text for header, text in outcome.items() if text}
        return {**self._observed(facts), **cells, **self._settings(deal), **said}, unwritten

    def _settings(self, deal: LoggedDeal) -> Row:
        decided = deal.as_of.isoformat()
        told = {
            "id": deal.deal_id,
            "as_of": decided,
            "created_on": decided,
            "closed_on": "" if deal.closed_on is None else deal.closed_on.isoformat(),
            "hours_spent": self._number("hours_spent", deal.hours),
            # Who could not be drawn and was worked all the same was chosen: that is a blank.
            "propensity": self._number("propensity", deal.propensity)
            if 0 < deal.propensity < 1
            else "",
        }
        return {
            header: told[setting]
            for setting, header in self.form.settings.items()
            if told.get(setting)
        }

    def _observed(self, facts: FactsToday) -> Row:
        days: Row = {}
        for name, day in facts.observed_on.items():
            header = self.policy.fields[name].observed_column
            if header is not None:
                same = days.get(header, day.isoformat()) == day.isoformat()
                days[header] = day.isoformat() if same else OBSERVED_TWICE
        return {header: text for header, text in days.items() if text}

    def _number(self, setting: str, value: float | None) -> str:
        if value is None:
            return ""
        return number_text(float(value), self._mark(self.form.settings.get(setting, "")))

    def _mark(self, header: str) -> str:
        declared = "," if self.policy.deals.numbers == "decimal_comma" else "."
        return self.marks.get(header, declared)


def observed_headers(policy: Policy) -> tuple[str, ...]:
    """Return the headers of the days on which answers were given."""
    found = (one.observed_column for one in policy.asked.values())
    return tuple(dict.fromkeys(header for header in found if header is not None))


def columns_of_rows(rows: Sequence[Row], headers: Iterable[str]) -> dict[str, list[Any]]:
    """Return rows as columns, None where a cell is blank."""
    return {header: [row.get(header) for row in rows] for header in headers}


def refused_history(policy: Policy) -> Problem | None:
    """Return what keeps a log from being read beside a history of columns."""
    if policy.deals.history is None:
        return None
    what = "a history would turn back what the log has as it was known already"
    hint = "take the log with a copy of the policy that has no deals.history"
    return Problem(where="deals.history", what=what, hint=hint)
