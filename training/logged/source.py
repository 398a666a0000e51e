"""The decision log as a source of deals, alone or beside a file, and what is told about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from features.errors import DealsError, EvidenceError, Problem
from features.logged_deal import LoggedDeal, LoggedPast
from features.policy import Policy
from features.texts import Text
from training.logged.form import form_of_file, form_of_policy
from training.logged.joined import decimal_marks, joined
from training.logged.rows import (
    Rows,
    columns_of_rows,
    observed_headers,
    refused_history,
    rows_of,
)
from training.logged.words import told
from training.sources.location import read_source
from training.sources.raw_table import RawTable

WHERE = "the decision log"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedSource:
    """What :func:`training.intake.deals_of` reads, and the deals of the log that are in it.

    ``notes`` say what was left out and why; ``counts`` the same for programs.
    """

    raw: RawTable
    deals: tuple[LoggedDeal, ...]
    notes: tuple[Text, ...]
    counts: Mapping[str, int]

    def told_by(self, model: str | None) -> dict[str, float]:
        """Return the probabilities that a model's version told, by the deals' ids."""
        return {
            deal.deal_id: deal.p_win
            for deal in self.deals
            if deal.model == model and deal.p_win is not None
        }


def logged_source(
    past: LoggedPast,
    policy: Policy,
    *,
    beside: str | Path | None = None,
    query: str | None = None,
    sheet: str | None = None,
) -> LoggedSource:
    """Return the deals of a log in the form that the policy, or a file ``beside``, gives them.

    Raises
    ------
    DealsError, InputError
        When the file cannot be read, or the policy says no form that can be written.
    EvidenceError
        When no deal is left.
    """
    problem = refused_history(policy)
    if problem is not None:
        raise DealsError([problem])
    if beside is None:
        rows = _written(rows_of(past.deals, policy, form := form_of_policy(policy)), past)
        headers = dict.fromkeys((*form.headers, *observed_headers(policy)))
        columns = columns_of_rows(rows.rows, headers)
        table = pa.table({name: pa.array(column, pa.string()) for name, column in columns.items()})
        # Nothing in it was filled in later, whatever a preset says of these columns in an export.
        raw, in_both = RawTable(table=table, where=WHERE, known_then=(*columns,)), 0
    else:
        file = read_source(beside, query=query, sheet=sheet)
        form = form_of_file(file, policy)
        if "id" not in form.settings:
            hint = "name the column of the deals' ids: deals: {id: ...}"
            problem = Problem(
                where=file.where, what="to join it with the log takes ids", hint=hint
            )
            raise DealsError([problem])
        rows = rows_of(past.deals, policy, form, decimal_marks(file, policy, form))
        found = joined(file, policy, form, rows.rows, WHERE)
        raw, in_both = found.raw, found.in_both
    has_chance = "propensity" in form.settings
    notes, counts = told(past, rows, in_both=in_both, has_chance=has_chance)
    return LoggedSource(raw=raw, deals=rows.deals, notes=notes, counts=counts)


def _written(rows: Rows, past: LoggedPast) -> Rows:
    if rows.rows:
        return rows
    n_left = len(past.deals) + past.erased + past.too_late
    raise EvidenceError(
        f"the decision log has no closed deal to learn from ({n_left} were left out)\n"
        "  hint: tell how deals end: POST /v1/outcomes; a deal counts once it was scored before"
        " the day on which it closed"
    )
