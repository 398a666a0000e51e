"""The closed deals that teach: pursued to their end, with twins and accounts known."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from features.columns import CategoryColumn, Column, Rows
from features.errors import EvidenceError
from features.policy import Policy
from features.table import DealTable
from features.track_columns import labels_of, with_track_record
from features.track_record import TrackRecord
from models.evidence import LEVELS
from training.changing_fields import changing_fields
from training.deals_on_file import DealsOnFile
from training.decision_days import decision_days
from training.outcomes.outcome import Outcome
from training.past_deals import drawn_again

FEWEST = LEVELS[-1][0]
FEWEST_GROUPS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDeals:
    """Deals that were won, lost, or ended without a decision; arrays have shape (n_deals,).

    ``won`` is 1.0 or 0.0. ``twins`` numbers the groups of deals alike in everything the model may
    see; ``groups`` joins twins with the deals of one account, and is what no split tears apart.
    ``no_decision`` says which of those that were not won ended without one. ``opened_on``,
    ``closed_on`` and ``human_p`` (what people thought of the chance to win) are None where the
    file has none, NaT or NaN where a deal has none; ``kept_out`` names the fields that no
    model may see, since what is on file is not what was known. ``accounts`` numbers the accounts,
    -1 where a deal has none; None where the file has none. ``propensity`` is the chance that each
    deal had of being pursued, None where the file says nothing of it.

    ``declined`` are the facts of deals that were declined before the newest closing, as they were
    known, and ``declined_on`` the days on which they were decided, shape (n_declined,); None
    where there are none. They never teach a model and enter no figure: they only say what facts
    come in (`models.reference`).
    """

    table: DealTable
    won: NDArray[np.float64]
    no_decision: NDArray[np.bool_]
    twins: NDArray[np.intp]
    groups: NDArray[np.intp]
    opened_on: NDArray[np.datetime64] | None
    closed_on: NDArray[np.datetime64] | None
    human_p: NDArray[np.float64] | None
    fingerprint: str
    left_out: tuple[str, ...]
    kept_out: tuple[str, ...] = ()
    accounts: NDArray[np.intp] | None = None
    propensity: NDArray[np.float64] | None = None
    declined: DealTable | None = None
    declined_on: NDArray[np.datetime64] | None = None

    def __len__(self) -> int:
        return len(self.won)

    @property
    def n_won(self) -> int:
        """How many were won."""
        return int(self.won.sum())

    @property
    def n_twins(self) -> int:
        """How many deals are alike an earlier one in everything the model may see."""
        return len(self) - len(np.unique(self.twins))

    def take(self, rows: Rows) -> "ClosedDeals":
        """Return some of the deals, and those declined before the newest closing of these."""
        some = ClosedDeals(
            table=self.table.take(rows),
            won=self.won[rows],
            no_decision=self.no_decision[rows],
            twins=self.twins[rows],
            groups=self.groups[rows],
            opened_on=None if self.opened_on is None else self.opened_on[rows],
            closed_on=None if self.closed_on is None else self.closed_on[rows],
            human_p=None if self.human_p is None else self.human_p[rows],
            fingerprint=self.fingerprint,
            left_out=self.left_out,
            kept_out=self.kept_out,
            accounts=None if self.accounts is None else self.accounts[rows],
            propensity=None if self.propensity is None else self.propensity[rows],
        )
        return some.with_declined(self.declined, self.declined_on)

    def with_declined(
        self, declined: DealTable | None, declined_on: NDArray[np.datetime64] | None
    ) -> "ClosedDeals":
        """Return the deals beside those of the declined that were decided before they ended.

        Where the file has no such days, all of them; where it has, none without a day.
        """
        ends = np.array([], dtype="datetime64[D]") if self.closed_on is None else self.closed_on
        ends = ends[~np.isnat(ends)]
        if declined is not None and declined_on is not None and len(ends):
            before = np.flatnonzero(declined_on < ends.max())
            declined, declined_on = declined.take(before), declined_on[before]
        return replace(self, declined=declined, declined_on=declined_on)


def closed_deals(deals: DealsOnFile, policy: Policy) -> ClosedDeals:
    """Return the deals of a file that teach.

    Raises
    ------
    EvidenceError
        When there are fewer than 10 won or 10 not won: until then the policy alone decides.
    """
    outcomes = np.array([], dtype=object) if deals.outcomes is None else deals.outcomes
    teaches = np.array([outcome.teaches for outcome in outcomes], dtype=bool)
    rows = np.flatnonzero(teaches)
    won = (outcomes[rows] == Outcome.WON).astype(np.float64)
    n_won, n_not = int(won.sum()), int(len(won) - won.sum())
    if min(n_won, n_not) < FEWEST:
        raise EvidenceError(
            f"{n_won} won and {n_not} not won are too few to learn from (at least {FEWEST} each)\n"
            "  hint: until then the policy alone decides: qualifox serve --policy FILE"
        )
    table = deals.table.take(rows)
    closed_on = None if deals.closed_on is None else deals.closed_on[rows]
    kept_out = changing_fields(deals, policy)
    twins = _twins(table, policy, kept_out)
    accounts = None if deals.accounts is None else deals.accounts[rows]
    groups = _joined(twins, accounts, table.ids)
    _require_variety(groups, won)
    closed = ClosedDeals(
        table=table,
        won=won,
        no_decision=np.asarray(outcomes[rows] == Outcome.NO_DECISION, dtype=bool),
        twins=twins,
        groups=groups,
        opened_on=None if deals.opened_on is None else deals.opened_on[rows],
        closed_on=closed_on,
        human_p=None if deals.human_p is None else deals.human_p[rows],
        fingerprint=deals.fingerprint,
        left_out=deals.left_out,
        kept_out=kept_out,
        accounts=None if accounts is None else _numbered(accounts),
        propensity=_chances(deals, policy, rows),
    )
    refused = np.flatnonzero(outcomes == Outcome.DECLINED_BY_US)
    if len(refused):
        days = decision_days(deals, policy)
        declined_on = None if days is None else days[refused]
        closed = closed.with_declined(deals.table.take(refused), declined_on)
    record = track_record_of(closed, policy)
    if record is None:
        return closed
    return replace(closed, table=with_track_record(table, record, closed_on=closed_on))


def _chances(deals: DealsOnFile, policy: Policy, rows: Rows) -> NDArray[np.float64] | None:
    """Return the chances of the deals that chance chose; who chose the others was sure of them."""
    if deals.propensity is None:
        return None
    drawn = drawn_again(deals.table.ids, deals.propensity, policy)
    return np.where(drawn, deals.propensity, 1.0)[rows]


def _numbered(accounts: NDArray[np.object_]) -> NDArray[np.intp]:
    named = np.array([label is not None and label != "" for label in accounts], dtype=bool)
    numbers = np.full(len(accounts), -1, dtype=np.intp)
    numbers[named] = np.unique(accounts[named].astype(str), return_inverse=True)[1]
    return numbers


def track_record_of(deals: ClosedDeals, policy: Policy) -> TrackRecord | None:
    """Return what became of the deals by label; None where the policy asks for none.

    In training every deal sees only what had closed before its own day, so that the columns made
    of it may be split like any others.
    """
    names = policy.deals.track_record
    if not names or deals.closed_on is None:
        return None
    return TrackRecord.of(labels_of(deals.table, names), deals.closed_on, deals.won)


def _require_variety(groups: NDArray[np.intp], won: NDArray[np.float64]) -> None:
    """Refuse deals that cannot be split into some to learn from and others to judge by."""
    fewest = min(len(np.unique(groups[won == ended])) for ended in (0.0, 1.0))
    if fewest < FEWEST_GROUPS:
        raise EvidenceError(
            f"the deals of one outcome are of only {fewest} accounts or kinds, too few to learn\n"
            "  hint: are the policy's fields answered, and are they different questions?"
        )


def _twins(table: DealTable, policy: Policy, kept_out: tuple[str, ...]) -> NDArray[np.intp]:
    """Return the number of each deal's group of deals alike in all that any model may see.

    Of a field with a track record the model sees what became of its labels: deals of different
    labels are not alike.
    """
    tracked = policy.deals.track_record
    seen = [
        name
        for name, field in policy.fields.items()
        if (field.in_model and name not in kept_out) or name in tracked
    ]
    columns = [table.columns[name] for name in seen if name in table.columns]
    if not columns:
        raise EvidenceError("the policy has no field that a model may see, and the file answers")
    values = np.column_stack([_as_numbers(column) for column in columns])
    whole_rows = np.ascontiguousarray(values).view(np.dtype((np.void, values[0].nbytes)))
    return np.unique(whole_rows.ravel(), return_inverse=True)[1]


def _as_numbers(column: Column) -> NDArray[np.float64]:
    """Return a column as numbers that are the same for the same facts."""
    if isinstance(column, CategoryColumn):
        return column.codes.astype(np.float64)
    return np.where(column.not_applicable(), np.inf, column.values)


def _joined(
    twins: NDArray[np.intp], accounts: NDArray[np.object_] | None, ids: tuple[str | None, ...]
) -> NDArray[np.intp]:
    """Return groups in which twins, deals of one account, and deals of one id are together."""
    parent = list(range(len(twins)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for labels in (twins, ids, () if accounts is None else accounts):
        first: dict[object, int] = {}
        for place, label in enumerate(labels):
            if label is not None and label != "":
                parent[root(place)] = root(first.setdefault(label, place))
    return np.unique([root(place) for place in range(len(twins))], return_inverse=True)[1]
