"""What each criterion and each field brings to a deal, so that it all adds up.

Two questions are kept apart. Why not more points: each criterion's points minus the best that it
could bring; together they are the deal's points minus the best points. What moves the probability:
the estimate knows the points of criteria, and fields. What the points add is the criterion's
alone. What a field adds besides goes to the criterion that looks at it, in equal parts where
several do, and stays the field's own where none does; together with the baseline they are the
deal's log-odds, its probability, and its money.

Points lost are exact: a criterion at its best would bring just so many more. A share of the
probability says what is associated with the facts in past deals, not what would follow from
changing them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias, cast

from scipy.special import expit

from models.decision import Decision, Estimate, Worth
from models.knockouts import KnockoutVerdict
from models.scorecard import CriterionVerdict

Kind: TypeAlias = Literal["criterion", "field", "knockout"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one criterion, field or knockout brings to one deal; None where that is not counted.

    ``points_lost`` are its points minus the best it could bring, negative or zero; an unknown
    criterion may still gain ``points_open`` of them. ``share`` is its part of the way from the
    baseline's probability to ``p_win``, 1 being 100 percentage points, ``log_odds`` the same in
    log-odds, and ``money`` the share times what a won deal brings. ``fields`` are those that it
    looks at.
    """

    about: str
    kind: Kind
    fields: tuple[str, ...]
    points: float | None = None
    points_lost: float | None = None
    points_open: float | None = None
    share: float | None = None
    log_odds: float | None = None
    money: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """Where the probability starts from before anything is known of a deal.

    ``money`` is what a deal of that probability would bring, less the remaining cost; None where
    the money is not counted or unknown.
    """

    p_win: float
    log_odds: float
    money: float | None


class Shares(NamedTuple):
    """One criterion's or field's part of the estimate, in probability and in log-odds."""

    share: float
    log_odds: float


NOTHING = Shares(0.0, 0.0)
Grouped: TypeAlias = tuple[Mapping[str, Shares], Mapping[str, Shares]]


def contributions_of(decision: Decision) -> tuple[Contribution, ...]:
    """Return what everything brings: knockouts, then criteria, then fields, in policy order."""
    return contributions(
        knockouts=decision.knockouts,
        criteria=decision.scorecard.criteria,
        estimate=decision.estimate,
        worth=decision.worth,
    )


def contributions(
    *,
    knockouts: Sequence[KnockoutVerdict] = (),
    criteria: Sequence[CriterionVerdict] = (),
    estimate: Estimate | None = None,
    worth: Worth | None = None,
) -> tuple[Contribution, ...]:
    """Return what everything brings; the parts of a decision, where there is none yet."""
    if_won = None if worth is None else worth.if_won
    by_criterion, by_field = grouped(estimate, criteria)
    return (
        *(_of_knockout(one) for one in knockouts),
        *(_of_criterion(one, by_criterion.get(one.criterion.id), if_won) for one in criteria),
        *(_of_field(name, part, if_won) for name, part in by_field.items()),
    )


def grouped(estimate: Estimate | None, criteria: Sequence[CriterionVerdict]) -> Grouped:
    """Return the estimate's parts by criterion, and those of the fields that none looks at.

    Every criterion is there where there is an estimate; one whose fields it does not see has zero.
    The points of a criterion that the policy no longer has, or that looks at other fields now, are
    those of its fields in equal parts, and go the way of what fields add.
    """
    if estimate is None:
        return {}, {}
    asked_before, found = estimate.memo.get("grouped", (None, None))
    if asked_before is not criteria:  # the reasons ask, and then whoever tells all of them
        found = _grouped(estimate, criteria)
        estimate.memo["grouped"] = criteria, found
    return cast("Grouped", found)


def _grouped(estimate: Estimate, criteria: Sequence[CriterionVerdict]) -> Grouped:
    looking: dict[str, list[str]] = defaultdict(list)
    for verdict in criteria:
        for name in verdict.criterion.fields():
            looking[name].append(verdict.criterion.id)
    by_criterion, of_fields = _owned(estimate, criteria)
    by_field: dict[str, Shares] = {}
    for name, (share, log_odds) in of_fields.items():
        owners = looking.get(name)
        if owners is None:
            by_field[name] = Shares(share, log_odds)
            continue
        n = len(owners)
        for owner in owners:
            has = by_criterion[owner]
            by_criterion[owner] = Shares(has[0] + share / n, has[1] + log_odds / n)
    return by_criterion, by_field


def _owned(
    estimate: Estimate, criteria: Sequence[CriterionVerdict]
) -> tuple[dict[str, Shares], dict[str, Shares]]:
    """Return what the points of the policy's criteria add, and what is left for each field."""
    by_criterion = {one.criterion.id: NOTHING for one in criteria}
    looks_at = {one.criterion.id: one.criterion.looked_at for one in criteria}
    contributions = estimate.contributions
    left = {n: Shares(share, contributions[n]) for n, share in estimate.shares.items()}
    for ident, part in estimate.of_criteria.items():
        if looks_at.get(ident) == part.fields:
            by_criterion[ident] = Shares(part.share, part.log_odds)
            continue
        n = len(part.fields)
        for name in part.fields:
            has = left.get(name, NOTHING)
            left[name] = Shares(has[0] + part.share / n, has[1] + part.log_odds / n)
    return by_criterion, left


def baseline_of(estimate: Estimate | None, worth: Worth | None) -> Baseline | None:
    """Return where the probability starts from; None where there is no estimate."""
    if estimate is None:
        return None
    p_win = float(expit(estimate.baseline))
    money = None
    if worth is not None and worth.if_won is not None and worth.remaining_cost is not None:
        money = p_win * worth.if_won - worth.remaining_cost
    return Baseline(p_win=p_win, log_odds=estimate.baseline, money=money)


def points_lost(verdict: CriterionVerdict) -> float:
    """Return the points of a criterion minus the best it could bring: negative or zero.

    Above zero only where the policy values an unknown answer above every known one.
    """
    return verdict.points - max(verdict.criterion.attainable())


def _of_knockout(verdict: KnockoutVerdict) -> Contribution:
    knockout = verdict.knockout
    return Contribution(about=knockout.id, kind="knockout", fields=knockout.looked_at)


def _of_criterion(
    verdict: CriterionVerdict, part: Shares | None, if_won: float | None
) -> Contribution:
    return Contribution(
        about=verdict.criterion.id,
        kind="criterion",
        fields=verdict.criterion.looked_at,
        points=verdict.points,
        points_lost=points_lost(verdict),
        points_open=verdict.highest - verdict.points,
        share=None if part is None else part.share,
        log_odds=None if part is None else part.log_odds,
        money=_money(part, if_won),
    )


def _of_field(name: str, part: Shares, if_won: float | None) -> Contribution:
    return Contribution(
        about=name,
        kind="field",
        fields=(name,),
        share=part.share,
        log_odds=part.log_odds,
        money=_money(part, if_won),
    )


def _money(part: Shares | None, if_won: float | None) -> float | None:
    return None if part is None or if_won is None else part.share * if_won
