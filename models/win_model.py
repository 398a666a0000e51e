"""A trained model as it is used: the schema, the estimator, and what it was learned from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from features.policy import Criterion
from features.policy.criterion_columns import with_criteria
from features.schema import Matrix, Schema, Unseen
from features.table import DealTable
from features.track_columns import has_track_record, with_track_record
from features.track_record import TrackRecord
from models.evidence import Band, EvidenceLevel, evidence_level
from models.logistic import USUAL_WIN_RATE, Logistic
from models.reference import Reference
from models.unlike_facts import UnlikeFact, unlike_facts
from models.win_probability import WinProbability

SMALLEST_TOTAL = 1e-9


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


@dataclass(frozen=True, slots=True)
class FieldContributions:
    """What each field adds to the log-odds.

    ``terms`` has shape (n_deals, n_fields) in the order of ``fields``; ``baseline`` (n_deals,).
    """

    fields: tuple[str, ...]
    terms: NDArray[np.float64]
    baseline: NDArray[np.float64]

    def shares(self) -> NDArray[np.float64]:
        """Return each field's share in the probability, where 1 is 100 percentage points.

        The way from the baseline's probability to the deal's is divided in proportion to the
        log-odds, so that a deal's shares add up to it exactly. Shape (n_deals, n_fields).
        """
        slope = _slope(self.baseline, self.terms.sum(axis=1))
        return np.asarray(self.terms * slope[:, None])


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnContributions:
    """What each field and each criterion adds to the log-odds by the columns that are its own.

    The column of a criterion's points is wholly the criterion's, whatever it looks at; all others
    are their field's. ``of_fields`` has shape (n_deals, n_fields), ``of_criteria`` (n_deals,
    n_criteria), ``baseline`` (n_deals,); with it they add up to the log-odds.
    """

    fields: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    of_fields: NDArray[np.float64]
    of_criteria: NDArray[np.float64]
    baseline: NDArray[np.float64]

    def shares(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the shares in the probability, of fields and of criteria, as those by field."""
        total = self.of_fields.sum(axis=1) + self.of_criteria.sum(axis=1)
        slope = _slope(self.baseline, total)[:, None]
        return self.of_fields * slope, self.of_criteria * slope


def _slope(baseline: NDArray[np.float64], total: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how much probability one unit of log-odds is on the way from the baseline."""
    p_win = expit(baseline + total)
    # Where the terms cancel out there is no way to divide: take the slope at that point.
    still = np.abs(total) < SMALLEST_TOTAL
    way = p_win - expit(baseline)
    return np.where(still, p_win * (1 - p_win), way / np.where(still, 1.0, total))


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


@dataclass(frozen=True, slots=True, kw_only=True)
class WinModel:
    """From a table of deals to win probabilities; ``version`` identifies the artifact.

    ``criteria`` are those of the policy that it was trained under, of which it sees the points;
    ``no_decision`` gives the log-odds that a deal which is not won ends without a decision, None
    where too few did. ``reference`` holds some closed deals, to say what an unknown fact may turn
    out to be; None where nobody will ask.
    """

    schema: Schema
    estimator: WinProbability
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
        matrix = self.matrix(table)
        log_odds = self.estimator.log_odds(matrix.values)
        p_win: NDArray[np.float64] = expit(log_odds)
        undecided = None
        if self.no_decision is not None:
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

    def unlike_facts(self, table: DealTable, odds: Odds) -> list[tuple[UnlikeFact, ...]]:
        """Return the facts of each deal that are unlike those of closed deals."""
        return unlike_facts(table, self.schema, odds.matrix, self.estimator.logistic_.scaling)

    def contributions(self, table: DealTable) -> FieldContributions:
        """Return what each field adds to the log-odds of each deal."""
        return self.contributions_to(self.matrix(table))

    def contributions_to(self, matrix: Matrix) -> FieldContributions:
        """Return what each field adds to the log-odds of each deal of a matrix."""
        terms, baseline = self.estimator.contributions(matrix.values)
        fields = self.fields()
        place = {name: n for n, name in enumerate(fields)}
        by_field = np.zeros((len(terms), len(fields)))
        # Column by column, so that one deal gets the same last bit as in a batch.
        for names, column in zip(self.owners(), terms.T, strict=True):
            for name in names:
                by_field[:, place[name]] += column / len(names)
        return FieldContributions(fields, by_field, baseline)

    def contributions_by_owner(self, matrix: Matrix) -> OwnContributions:
        """Return what each field and each criterion adds to the log-odds by its own columns."""
        terms, baseline = self.estimator.contributions(matrix.values)
        fields, criteria = self.fields(), [one.id for one in self.criteria]
        of_fields = np.zeros((len(terms), len(fields)))
        of_criteria = np.zeros((len(terms), len(criteria)))
        for column, added in zip(self.schema.columns, terms.T, strict=True):
            if column.kind == "criterion":
                of_criteria[:, criteria.index(column.field)] += added
            else:
                of_fields[:, fields.index(column.field)] += added
        return OwnContributions(
            fields=fields,
            criteria=self.criteria,
            of_fields=of_fields,
            of_criteria=of_criteria,
            baseline=baseline,
        )

    def fields(self) -> tuple[str, ...]:
        """Return the fields that the model sees, themselves or in the points of a criterion."""
        in_criteria = (name for one in self.criteria for name in sorted(one.fields()))
        return tuple(dict.fromkeys((*self.schema.fields(), *in_criteria)))

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
