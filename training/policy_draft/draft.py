"""A policy drafted from an export: it loads as it is, reads every row, says what to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from features.errors import DealsError, Problem
from features.policy import Policy, parse_policy
from features.texts import Language, Text
from training.deals_on_file import DealsOnFile
from training.intake import deals_of
from training.labelled_source import certain_leaks, labelled_deals, listed_leaks
from training.leaks import find_leaks
from training.mapping.deal_mapping import map_deals
from training.outcomes.outcome import Outcome
from training.policy_draft.columns import DraftColumn, Use, draft_columns, without_kinds_of_account
from training.policy_draft.criteria import candidate_criteria, candidate_knockouts
from training.policy_draft.deals_block import DealsBlock, DealsBlockWriter
from training.policy_draft.evidence import Compared, compare_answers
from training.policy_draft.fields import UNREAD, DraftField, draft_field
from training.policy_draft.names import field_names
from training.policy_draft.outcome import read_draft_outcomes
from training.policy_draft.page import Draft, draft_text
from training.readers.column_kinds import inferred_columns
from training.readers.conventions import Conventions
from training.sources.raw_table import RawTable


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDraft:
    """A drafted policy: its text, what it loads as, and what it was made of.

    ``kept_out`` are the columns that became no field, each with the reason; ``criteria`` counts
    the candidates; ``closed_deals`` and ``won`` are the deals behind them. ``unsure_outcomes`` are
    words of the outcome that stand under open until somebody says what they mean.
    """

    text: str
    policy: Policy
    fields: tuple[DraftField, ...]
    kept_out: tuple[DraftColumn, ...]
    criteria: int
    closed_deals: int
    won: int
    unsure_outcomes: tuple[str, ...] = ()


def draft_policy(
    raw: RawTable,
    *,
    name: str,
    title: str,
    as_of: date,
    preset: str | None = None,
    outcome: str | None = None,
    language: Language | None = None,
) -> PolicyDraft:
    """Return a policy for the deals of a source.

    Parameters
    ----------
    name, title
        What the policy is called; the title is that of the source, for people.
    as_of
        The day to pretend to be.
    preset
        The CRM that the source comes from; None to recognise it.
    outcome
        The column that says how deals ended, where neither a preset nor a search should decide.
    language
        The language of the remarks; both unless given.

    Raises
    ------
    DealsError
        When the source does not say how its deals ended, has no column left to ask about, or
        holds something that no policy could read.
    """
    return _Drafting(
        raw, name=name, title=title, as_of=as_of, preset=preset, outcome=outcome, language=language
    ).draft()


class _Drafting:
    def __init__(
        self,
        raw: RawTable,
        *,
        name: str,
        title: str,
        as_of: date,
        preset: str | None,
        outcome: str | None,
        language: Language | None,
    ) -> None:
        self.raw, self.name, self.title, self.as_of = raw, name, title, as_of
        self.language, self.outcome = language, outcome
        mapping = map_deals(raw, preset=preset)
        self.reading, self.unsure = read_draft_outcomes(raw, preset=mapping.preset, column=outcome)
        self.inferred = inferred_columns(raw)
        self.facts = {name: column.facts for name, column in self.inferred.items()}
        self.mapping = without_kinds_of_account(mapping, self.facts)

    def draft(self) -> PolicyDraft:
        columns = self._columns()
        while True:  # each round keeps out at least one column more
            fields, columns = self._fields(columns)
            policy = self._policy(self._draft(fields, columns))
            deals = deals_of(self.raw, policy, as_of=self.as_of, needs_outcome=True)
            leaks = {
                leak.column: leak.evidence for leak in certain_leaks(deals, policy, self._typed)
            }
            if not leaks:
                return self._finished(fields, columns, deals)
            columns = [one.out(leaks[one.header]) if one.header in leaks else one
                       for one in columns]  # fmt: skip

    def _columns(self) -> list[DraftColumn]:
        opening = self.mapping.header("created_on")
        closings = self.mapping.columns.get("closed_on", ())
        labelled = labelled_deals(self.raw, self.reading, opening, closings, self._typed)
        leaks = find_leaks(labelled, listed_leaks(self.raw, self.mapping, self.reading))
        headers = self.raw.headers
        return list(draft_columns(headers, self.mapping, self.reading, self.facts, leaks))

    @cached_property
    def _typed(self) -> pd.DataFrame:
        return pd.DataFrame({name: one.series() for name, one in self.inferred.items()})

    @cached_property
    def _deals_block(self) -> DealsBlock:
        writer = DealsBlockWriter(self.raw, self.mapping, self.reading, self.inferred)
        says_outcome = self.outcome is not None or bool(self.unsure)
        return writer.block(says_outcome=says_outcome, unsure=self.unsure)

    def _fields(
        self, columns: Sequence[DraftColumn]
    ) -> tuple[dict[str, DraftField], list[DraftColumn]]:
        """Return the fields by name, and the columns with those kept out that no type reads."""
        block = self._deals_block.data
        conventions = Conventions(
            self.raw.table, numbers=block.get("numbers"), dates=block.get("dates")
        )
        used = [one for one in columns if one.use is not Use.OUT]
        names = field_names(one.header for one in used)
        fields: dict[str, DraftField] = {}
        told: dict[str, DraftColumn] = {}
        for one in used:
            values, inferred = self.raw.table.column(one.header), self.inferred[one.header]
            found = draft_field(names[one.header], one, values, inferred, conventions)
            if found is None:
                told[one.header] = one.out(UNREAD)
            else:
                fields[found.name] = found
        if not fields:
            what = "no column is left that says something about a deal before it ends"
            hint = "`qualifox deals inspect` says what each column is"
            raise DealsError([Problem(where=self.raw.where, what=what, hint=hint)])
        return fields, [told.get(one.header, one) for one in columns]

    def _draft(self, fields: dict[str, DraftField], columns: Sequence[DraftColumn]) -> Draft:
        counts = self.reading.counts
        closed = sum(n for outcome, n in counts.items() if outcome.teaches)
        return Draft(
            name=self.name,
            title=Text(en=f"Qualification: {self.title}", fr=f"Qualification : {self.title}"),
            where=self.raw.where,
            deals=self._deals_block,
            fields=fields,
            kept_out=tuple(one for one in columns if one.use is Use.OUT),
            closed_deals=closed,
            won=counts[Outcome.WON],
        )

    def _policy(self, draft: Draft) -> Policy:
        return parse_policy(draft_text(draft, self.language).encode(), f"{self.name}.yaml")

    def _finished(
        self, fields: dict[str, DraftField], columns: Sequence[DraftColumn], deals: DealsOnFile
    ) -> PolicyDraft:
        compared = self._compared(fields, deals)
        draft = self._draft(fields, columns).with_candidates(
            candidate_criteria(compared, fields), candidate_knockouts(compared, fields), compared
        )
        draft = draft.with_threshold(self._policy(draft), deals.table)
        text = draft_text(draft, self.language)
        return PolicyDraft(
            text=text,
            policy=parse_policy(text.encode(), f"{self.name}.yaml"),
            fields=tuple(fields.values()),
            kept_out=draft.kept_out,
            criteria=len(draft.criteria),
            closed_deals=draft.closed_deals,
            won=draft.won,
            unsure_outcomes=self.unsure,
        )

    def _compared(self, fields: dict[str, DraftField], deals: DealsOnFile) -> tuple[Compared, ...]:
        outcomes = np.array([], dtype=object) if deals.outcomes is None else deals.outcomes
        teaches = np.array([outcome.teaches for outcome in outcomes], dtype=bool)
        table = deals.table.take(np.flatnonzero(teaches))
        won = (outcomes[teaches] == Outcome.WON).astype(np.float64)
        columns = {name: table.columns[name] for name, one in fields.items() if one.in_model}
        return compare_answers(columns, won)
