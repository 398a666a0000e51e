"""A source of deals, each labelled with how it ended: for the leak alarm and the data report."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from features.crm.preset import LeakClass
from features.errors import DealsError, Problem
from features.policy import Policy
from training.cohorts import first_day, last_day
from training.data_report import Source
from training.days import first_days, readable_days
from training.deals_columns import columns_of
from training.deals_on_file import DealsOnFile
from training.due_days import due_days
from training.leaks import (
    Finding,
    LabelledDeals,
    ListedLeak,
    Severity,
    find_leaks,
    unexcused,
)
from training.mapping.deal_mapping import REASONS, DealMapping, map_deals
from training.outcomes.outcome import Outcome
from training.outcomes.reading import OutcomeReading, read_outcomes
from training.outcomes.rule import OutcomeRule, word_rule
from training.readers.column_kinds import typed_frame
from training.readers.conventions import Conventions
from training.sources.raw_table import RawTable
from training.unrecorded import MonthOfDeals, unrecorded_by_month

_SEVERITY = {
    LeakClass.SAYS_THE_OUTCOME: Severity.CERTAIN,
    LeakClass.KNOWN_AT_CLOSE: Severity.CERTAIN,
    LeakClass.CHANGES_LATER: Severity.SUSPECT,
}
"""What a preset's list weighs; an identifier is no leak."""


def labelled_source(
    raw: RawTable, policy: Policy | None = None, *, outcome: str | None = None
) -> tuple[LabelledDeals, Source]:
    """Return the deals of a source with their outcomes, and what is known of their columns.

    Parameters
    ----------
    policy
        Says which columns are used and how deals end; without one, a preset or a search does.
    outcome
        The column that says how deals ended, where neither should decide.

    Raises
    ------
    DealsError
        When nothing says how the deals ended, or a column that is named is not there.
    """
    problems: list[Problem] = []
    found = None if policy is None else columns_of(raw, policy, problems)
    if problems:
        raise DealsError(problems)
    mapping = map_deals(raw) if found is None or found.mapping is None else found.mapping
    rule: OutcomeRule | None = None if found is None else found.rule
    if outcome is not None:
        rule = word_rule(outcome)
    reading = read_outcomes(raw, preset=mapping.preset, rule=rule)
    opening = (found and (found.created_on or found.as_of)) or mapping.header("created_on")
    closings = (found and found.closing_columns) or mapping.columns.get("closed_on", ())
    source = Source(
        where=raw.where,
        outcome_column=reading.rule.columns[0],
        opening_column=opening,
        closing_columns=closings,
        ids=_ids(mapping, found.id if found else None),
        declared=None if policy is None or found is None else frozenset(found.fields.values()),
        listed=listed_leaks(raw, mapping, reading),
        excused={} if policy is None else policy.deals.keep,
        notes=raw.notes,
    )
    deals = labelled_deals(raw, reading, opening, closings)
    return deals, replace(source, months=_months(raw, deals, mapping, reading, closings))


def stop_for_leaks(deals: DealsOnFile, policy: Policy) -> None:
    """Refuse to learn from a column that certainly knows how the deals ended.

    Looked at are the columns that the win model would see, as they were read. A column that is as
    it was known at its event may stay, whatever a preset says of its last value.

    Raises
    ------
    DealsError
        With each certain leak that the policy does not name under ``deals.keep`` with a reason.
    """
    if leaks := certain_leaks(deals, policy):
        raise DealsError(
            [
                Problem(
                    where=deals.raw.where,
                    what=f"column '{leak.column}' gives the outcome away: {leak.evidence.en}",
                    hint=f"{leak.remedy.en}; or say why it may stay: "
                    f"deals: {{keep: {{{leak.column}: reason}}}}",
                )
                for leak in leaks
            ]
        )


def certain_leaks(
    deals: DealsOnFile, policy: Policy, typed: pd.DataFrame | None = None
) -> tuple[Finding, ...]:
    """Return the columns that the win model would see and that certainly know the outcome.

    Those that the policy excuses under ``deals.keep`` are left out. ``typed`` is what
    :func:`training.readers.column_kinds.typed_frame` makes of the source, where it is known.
    """
    reading, columns = deals.reading, deals.columns
    if reading is None:
        return ()
    seen = {
        columns.fields[name]
        for name, field in policy.fields.items()
        if name in columns.fields and field.in_model
    }
    opening = columns.created_on or columns.as_of
    labelled = labelled_deals(deals.raw, reading, opening, columns.closing_columns, typed)
    frame = labelled.frame[[name for name in labelled.frame.columns if name in seen]]
    listed = {} if columns.mapping is None else listed_leaks(deals.raw, columns.mapping, reading)
    told = {name: leak for name, leak in listed.items() if name not in deals.rewound}
    return unexcused(find_leaks(replace(labelled, frame=frame), told), policy.deals.keep)


def _months(
    raw: RawTable,
    deals: LabelledDeals,
    mapping: DealMapping,
    reading: OutcomeReading,
    closings: tuple[str, ...],
) -> tuple[MonthOfDeals, ...]:
    """Return how many ends are not recorded, month by month, on the last day of the file."""
    if first_day(deals) is None:
        return ()
    due_on, _ = due_days(
        raw,
        closed=closings,
        expected=mapping.columns.get("expected_close", ()),
        is_open=reading.outcomes == Outcome.OPEN,
    )
    day: date = last_day(deals).astype("datetime64[D]").item()
    return unrecorded_by_month(
        reading.outcomes, recorded=reading.recorded, due_on=due_on, as_of=day
    )


def _ids(mapping: DealMapping, named: str | None) -> tuple[str, ...]:
    found = (named, mapping.header("deal_id"))
    return tuple(dict.fromkeys(name for name in found if name is not None))


def listed_leaks(
    raw: RawTable, mapping: DealMapping, reading: OutcomeReading
) -> dict[str, ListedLeak]:
    """Return what a preset knows beforehand of the columns; nothing where no CRM is known."""
    if mapping.preset is None:  # names that anybody might give prove nothing
        return {}
    roles = mapping.roles(raw.headers, reading.columns)
    return {
        role.header: ListedLeak(_SEVERITY[role.leak], REASONS[role.leak])
        for role in roles
        if role.leak in _SEVERITY and role.leak is not None
    }


def labelled_deals(
    raw: RawTable,
    reading: OutcomeReading,
    opening: str | None,
    closings: tuple[str, ...],
    typed: pd.DataFrame | None = None,
) -> LabelledDeals:
    """Return the rows that are deals; the columns that the outcome was read from are left out.

    ``typed`` is the typed frame of the source, where it is known already.
    """
    kept = np.flatnonzero(reading.is_deal)
    rest = [name for name in raw.headers if name not in reading.rule.columns]
    if typed is None:
        typed = typed_frame(replace(raw, table=raw.table.select(rest)))
    conventions = Conventions(raw.table)
    created_on = readable_days(raw, opening, conventions)
    closed = (readable_days(raw, name, conventions) for name in closings)
    closed_on = first_days(days for days in closed if days is not None)
    if closed_on is not None:  # of an open deal it is only the day that somebody hopes for
        closed_on = np.where(reading.outcomes == Outcome.OPEN, np.datetime64("NaT"), closed_on)
    return LabelledDeals(
        frame=typed[rest].iloc[kept].reset_index(drop=True),
        outcome=np.array([outcome.value for outcome in reading.outcomes[kept]], dtype=object),
        created_on=None if created_on is None else created_on[kept],
        closed_on=None if closed_on is None else closed_on[kept],
    )
