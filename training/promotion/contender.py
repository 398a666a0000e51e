"""Who is compared: a specification that learns before the cut, or a model as it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from features.policy import Policy
from features.track_columns import with_track_record
from models.boosting import Effort
from models.win_model import WinModel
from training.changing_fields import changing_fields
from training.closed_deals import ClosedDeals, track_record_of
from training.deals_on_file import DealsOnFile
from training.intake import deals_of
from training.promotion.compare import Groups, Vector
from training.promotion.fitting import Rows, Split, learned_again


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A policy with the closed deals as it reads them, and the model where it is judged as it is.

    ``places`` has shape (n_deals,): where each deal of the comparison stands among ``deals``, -1
    where this policy reads no such deal. ``effort`` is what its training tried, and tries again.
    """

    policy: Policy
    deals: ClosedDeals
    places: Rows
    model: WinModel | None = None
    effort: Effort = "normal"

    def p_win(self, split: Split, *, seed: int) -> Vector:
        """Return the probabilities of the held-out deals, learned from the others or known."""
        model = self.model
        if model is None:
            teaching = self.places[split.train]
            rows = teaching[teaching >= 0]
            model = learned_again(self.deals, self.policy, rows, seed=seed, effort=self.effort)
        p_win, _ = model.p_win(self.deals.table.take(self.places[split.held_out]))
        return p_win


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRows:
    """Held-out deals, a row for each split that judged them; every array has shape (n_rows,).

    ``rows`` are places among the closed deals, ``base`` the share won among those that taught;
    ``champion`` is None where there is nothing to compare with.
    """

    rows: Rows
    won: Vector
    groups: Groups
    base: Vector
    challenger: Vector
    champion: Vector | None


def challenger_of(policy: Policy, deals: ClosedDeals, effort: Effort = "normal") -> Contender:
    """Return the contender that the deals of the comparison were read for."""
    return Contender(policy=policy, deals=deals, places=np.arange(len(deals)), effort=effort)


def champion_of(
    policy: Policy,
    model: WinModel | None,
    deals: ClosedDeals,
    on_file: DealsOnFile,
    as_of: date,
    *,
    effort: Effort = "normal",
) -> Contender:
    """Return a champion with the deals of the comparison as its own policy reads them.

    Parameters
    ----------
    model
        The champion as it is, or None to let its specification learn again.
    deals, on_file
        The deals of the comparison: closed ones, in the order of the file's teaching rows.

    Raises
    ------
    DealsError
        When the champion's policy cannot read the source.
    """
    theirs = deals_of(on_file.raw, policy, as_of=as_of, needs_outcome=True)
    places = _places(teaching_rows(on_file), theirs.kept)
    known = np.flatnonzero(places >= 0)
    table = theirs.table.take(places[known])
    own = replace(
        deals.take(known),
        table=table,
        kept_out=changing_fields(theirs, policy),
        declined=None,  # these are as the other policy reads them
        declined_on=None,
    )
    record = track_record_of(own, policy)
    if record is not None:
        with_record = with_track_record(table, record, closed_on=own.closed_on)
        own = replace(own, table=with_record)
    among_own = np.full(len(deals), -1, dtype=np.intp)
    among_own[known] = np.arange(len(known))
    return Contender(policy=policy, deals=own, places=among_own, model=model, effort=effort)


def teaching_rows(on_file: DealsOnFile) -> Rows:
    """Return the rows of the source that `training.closed_deals.closed_deals` keeps, in order."""
    if on_file.outcomes is None:
        return np.arange(0)
    teaches = np.array([outcome.teaches for outcome in on_file.outcomes], dtype=bool)
    return on_file.kept[np.flatnonzero(teaches)]


def judge_rows(
    deals: ClosedDeals,
    splits: Sequence[Split],
    challenger: Contender,
    champion: Contender | None,
    *,
    seed: int,
) -> JudgedRows:
    """Return what both contenders say of the same held-out deals, learned from the same others."""
    pieces = [
        _judged(deals, _shared(split, champion), challenger, champion, seed) for split in splits
    ]
    theirs = [piece.champion for piece in pieces if piece.champion is not None]
    return JudgedRows(
        rows=np.concatenate([piece.rows for piece in pieces]),
        won=np.concatenate([piece.won for piece in pieces]),
        groups=np.concatenate([piece.groups for piece in pieces]),
        base=np.concatenate([piece.base for piece in pieces]),
        challenger=np.concatenate([piece.challenger for piece in pieces]),
        champion=np.concatenate(theirs) if champion is not None else None,
    )


def _judged(
    deals: ClosedDeals, split: Split, challenger: Contender, champion: Contender | None, seed: int
) -> JudgedRows:
    return JudgedRows(
        rows=split.held_out,
        won=deals.won[split.held_out],
        groups=deals.groups[split.held_out],
        base=np.full(len(split.held_out), deals.won[split.train].mean()),
        challenger=challenger.p_win(split, seed=seed),
        champion=None if champion is None else champion.p_win(split, seed=seed),
    )


def _shared(split: Split, champion: Contender | None) -> Split:
    """Return a split whose judging deals both contenders can read."""
    if champion is None:
        return split
    return Split(split.train, split.held_out[champion.places[split.held_out] >= 0])


def _places(wanted: Rows, kept: Rows) -> Rows:
    """Return where each wanted row stands among those kept, -1 where it does not."""
    where = {int(row): place for place, row in enumerate(kept)}
    return np.array([where.get(int(row), -1) for row in wanted], dtype=np.intp)
