"""Whether deals that somebody let through were won, beside the policy's own go deals."""

from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np

from features.errors import DealsError, Problem
from features.override import Override
from models.decision import Recommendation
from models.qualifier import Qualifier
from reports.overrides.report import FEWEST_A_ROLE, Overrides, RoleOverrides
from reports.refused.report import Rate
from training.deals_on_file import DealsOnFile
from training.overrides import Book
from training.past_deals import Mask, PastDeals
from training.rates import rate_of

GOES = (Recommendation.GO, Recommendation.CONDITIONAL_GO)


def override_report(
    deals: DealsOnFile, book: Book, qualifier: Qualifier, *, as_of: date
) -> Overrides:
    """Return what became of the deals that somebody let through, the last word on each.

    Overrides are no draw: whoever lets a deal through believes in it. They are told beside the
    policy's own go deals, and never pooled with deals drawn for exploration.

    Raises
    ------
    DealsError
        When the deals carry no outcomes.
    """
    if deals.outcomes is None:
        what, hint = "the deals carry no outcomes", "deals.outcome in the policy names the column"
        raise DealsError([Problem(where=deals.raw.where, what=what, hint=hint)])
    told = [one for one in book.latest().values() if one.decided_on <= as_of]
    through = {one.deal: one for one in told if one.goes_ahead}
    past = PastDeals.of(
        deals.table, deals.outcomes, deals.closed_on, deals.propensity, through.keys()
    )
    return overrides_of(past, told, qualifier, as_of=as_of)


def overrides_of(
    past: PastDeals, told: Iterable[Override], qualifier: Qualifier, *, as_of: date
) -> Overrides:
    """Return the report on past deals, of which ``told`` are the overrides, one a deal."""
    told = list(told)
    through = {one.deal: one for one in told if one.goes_ahead}
    chosen, ended = past.overridden, past.ended
    says = qualifier.judge(past.table).recommendations
    own = np.isin(says, GOES) & ~chosen & ~past.drawn(qualifier.policy)
    return Overrides(
        policy=qualifier.policy.name,
        title=qualifier.policy.title,
        as_of=as_of.isoformat(),
        let_through=len(through),
        held_back=sum(not one.goes_ahead for one in told),
        standing=sum(one.stands_on(as_of) for one in told),
        found=int(chosen.sum()),
        open=int((chosen & ~ended & ~past.declined).sum()),
        declined=int((chosen & past.declined).sum()),
        rate=_counted(past, chosen & ended),
        own=_counted(past, own & ended),
        roles=tuple(_roles(past, through)),
    )


def _roles(past: PastDeals, through: dict[str, Override]) -> Iterator[RoleOverrides]:
    """Yield the roles from a to z; one with few closed deals keeps its win rate to itself."""
    by = np.array(
        [_role(through[one]) if one in through else "" for one in map(str, past.table.ids)],
        dtype=object,
    )
    names = {_role(one) for one in through.values()}
    for role in sorted(names, key=str.casefold):
        ended = np.asarray(by == role, dtype=bool) & past.ended
        closed = int(ended.sum())
        yield RoleOverrides(
            role=role,
            overrides=sum(_role(one) == role for one in through.values()),
            closed=closed,
            rate=_counted(past, ended) if closed >= FEWEST_A_ROLE else None,
        )


def _role(one: Override) -> str:
    """Return a role however it is written: head of sales, Head of  Sales."""
    return " ".join(one.by.split()).casefold()


def _counted(past: PastDeals, of: Mask) -> Rate:
    return rate_of(past.won[of], np.ones(int(of.sum())))
