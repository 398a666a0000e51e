"""A trained model as it is used: the schema, the estimator, and what it was learned from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from features.matrix_column import criterion_column
from features.policy import Criterion
from features.policy.criterion_columns import with_criteria
from features.schema import Matrix, Schema, Unseen
from features.table import DealTable
from features.track_columns import has_track_record, with_track_record
from features.track_record import TrackRecord
from models.added import ByField, FieldContributions, OwnContributions
from models.evidence import Band, EvidenceLevel, evidence_level
from models.fitted import FittedWinProbability
from models.logistic import USUAL_WIN_RATE, Logistic
from models.reference import Reference
from models.unlike_facts import FactOf, UnlikeFact, unlike_facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a model comes from.

    ``trained_on`` is the last day of what it learned from, in ISO form, or None where the deals
    carry no dates; ``metrics`` are those of its evaluation on deals it had not seen.
    """

    n_won: int
    n_lost: int
    data_fingerprint: str
    policy_fingerprint: str
    trained_on: str | None
    metrics: Mapping[str, float]

    @property
    def n_deals(self) -> int:
        """How many closed deals it was learned from."""
        return self.n_won + self.n_lost

    @property
    def base_rate(self) -> float:
        """The share of closed deals that were won; where none have closed, what is assumed."""
        return self.n_won / self.n_deals if self.n_deals else USUAL_WIN_RATE

    @property
    def evidence_level(self) -> EvidenceLevel:
        """How much there was to learn from."""
        return evidence_level(self.n_won, self.n_lost)


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """What the model makes of many deals; arrays have shape (n_deals,).

    ``p_no_decision`` is None where the model has learned nothing of it.
    """

    matrix: Matrix
    log_odds: NDArray[np.float64]
    p_win: NDArray[np.float64]
    p_no_decision: NDArray[np.float64] | None

    @property
    def p_lost(self) -> NDArray[np.float64] | None:
        """What is left by the other two: never negative, as neither is rounded up past it."""
        return None if self.p_no_decision is None else 1 - self.p_win - self.p_no_decision


@dataclass(frozen=True, kw_only=True)
class WinModel:
    """From a table of deals to win probabilities; ``version`` identifies the artifact.

    ``criteria`` are those of the policy that it was trained under, of which it sees the points;
    ``no_decision`` gives the log-odds that a deal which is not won ends without a decision, None
    where too few did. ``reference`` holds some closed deals, to say what an unknown fact may turn
    out to be; None where nobody will ask.
    """

    schema: Schema
    estimator: FittedWinProbability
    provenance: Provenance
    criteria: tuple[Criterion, ...] = ()
    no_decision: Logistic | None = None
    track_record: TrackRecord | None = None
    reference: Reference | None = None
    version: str = "unsaved"

    def moved(self, shift: float, metrics: Mapping[str, float]) -> "WinModel":
        """Return the model with so much added to every log-odds, its provenance saying so.

        ``metrics`` are added to those that it has. Who learned from which deals stays as it was,
        and so does the share of what is not won that ends without a decision.
        """
        origin = self.provenance
        return replace(
            self,
            estimator=self.estimator.moved(shift),
            provenance=replace(origin, metrics={**origin.metrics, **metrics}),
            version="unsaved",
        )

    def matrix(self, table: DealTable) -> Matrix:
        """Return what the model sees of some deals, with the track record of their labels."""
        record = self.track_record
        if record is not None and not has_track_record(table, record):
            table = with_track_record(table, record)
        return self.schema.matrix(with_criteria(table, self.criteria))

    def odds(self, table: DealTable) -> Odds:
        """Return what the model makes of some deals."""
        return self.odds_of(self.matrix(table))

    def odds_of(self, matrix: Matrix, *, of_winning: bool = False) -> Odds:
        """Return what the model makes of some deals, from what it sees of them.

        ``of_winning`` leaves out how the others end.
        """
        log_odds = self.estimator.log_odds(matrix.values)
        p_win: NDArray[np.float64] = expit(log_odds)
        undecided = None
        if self.no_decision is not None and not of_winning:
            undecided = (1 - p_win) * expit(self.no_decision.log_odds(matrix.values))
        return Odds(matrix=matrix, log_odds=log_odds, p_win=p_win, p_no_decision=undecided)

    def p_win(self, table: DealTable) -> tuple[NDArray[np.float64], tuple[Unseen, ...]]:
        """Return each deal's win probability, shape (n_deals,), and the categories never met."""
        odds = self.odds(table)
        return odds.p_win, odds.matrix.unseen

    def bands(self, p_win: NDArray[np.float64]) -> list[Band | None]:
        """Return the comparable past deals of each deal, None where no deal has closed."""
        found = self.estimator.evidence_.bands(p_win)
        return [band if band.deals else None for band in found]

    def stability_range(self, odds: Odds) -> NDArray[np.float64] | None:
        """Return how far the estimates move with closed deals drawn anew, shape (n_deals, 2).

        None where the model has not learned it.
        """
        stability = self.estimator.stability_
        if stability is None:
            return None
        Z = self.estimator.logistic_.scaling.centred(odds.matrix.values)
        return np.column_stack(stability.range_of(odds.log_odds, Z))

    def unlike_facts(self, fact_of: FactOf, odds: Odds) -> list[tuple[UnlikeFact, ...]]:
        """Return the facts of each deal that are unlike those of closed deals."""
        return unlike_facts(fact_of, self.schema, odds.matrix, self.estimator.logistic_.scaling)

    def contributions(self, table: DealTable) -> FieldContributions:
        """Return what each field adds to the log-odds of each deal."""
        return self.contributions_to(self.odds(table))

    def contributions_to(self, odds: Odds) -> FieldContributions:
        """Return what each field adds to the log-odds that the model makes of some deals."""
        terms, baseline = self.estimator.contributions(odds.matrix.values, odds.log_odds)
        return FieldContributions(self._fields, self._by_field.sums(terms), baseline)

    def contributions_by_owner(self, odds: Odds) -> OwnContributions:
        """Return what each field and each criterion adds to the log-odds by its own columns."""
        terms, baseline = self.estimator.contributions(odds.matrix.values, odds.log_odds)
        sums, n_fields = self._by_owner.sums(terms), len(self._fields)
        return OwnContributions(
            fields=self._fields,
            criteria=self.criteria,
            of_fields=np.ascontiguousarray(sums[:, :n_fields]),
            of_criteria=np.ascontiguousarray(sums[:, n_fields:]),
            baseline=baseline,
        )

    def fields(self) -> tuple[str, ...]:
        """Return the fields that the model sees, themselves or in the points of a criterion."""
        return self._fields

    @cached_property
    def _fields(self) -> tuple[str, ...]:
        in_criteria = (name for one in self.criteria for name in sorted(one.fields()))
        return tuple(dict.fromkeys((*self.schema.fields(), *in_criteria)))

    @cached_property
    def _by_field(self) -> ByField:
        return ByField.of_owners(self.owners(), self._fields)

    @cached_property
    def _by_owner(self) -> ByField:
        """How columns are given to the fields and, after them, to the criteria."""
        columns = [(c.source if c.kind == "criterion" else c.field,) for c in self.schema.columns]
        criteria = [criterion_column(one.id) for one in self.criteria]
        return ByField.of_owners(columns, (*self._fields, *criteria))

    def owners(self) -> list[tuple[str, ...]]:
        """Return the fields that each column says something of.

        The points of a criterion that looks at several fields are theirs in equal parts.
        """
        looked_at = {one.id: tuple(sorted(one.fields())) for one in self.criteria}
        return [
            looked_at[column.field] if column.kind == "criterion" else (column.field,)
            for column in self.schema.columns
        ]

    def summary(self) -> dict[str, Any]:
        """Return what a reader of an answer should know of the model."""
        origin = self.provenance
        return {
            "closed_deals": origin.n_deals,
            "won": origin.n_won,
            "base_rate": origin.base_rate,
            "evidence_level": origin.evidence_level,
        }
