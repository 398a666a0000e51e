"""The whole replay: past deals run through a policy, beside another where there is one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features.errors import EvidenceError
from features.policy import Policy
from models.economics import has_value
from models.recommended import CONDITIONAL_GO, FIND_OUT, GO, NO_GO
from reports.replay.report import (
    DeclinedDeals,
    Figure,
    HoursBasis,
    NetBenefit,
    PolicyReplay,
    Replay,
)
from training.deals_on_file import DealsOnFile
from training.progress import Tell, in_silence
from training.replay.declined import declined_report
from training.replay.draws import Drawn, drawn
from training.replay.effect import Effects, best_value_by_account, by_account
from training.replay.efficiency import compared, efficiency, work_of
from training.replay.knockouts import combinations, knockout_replays, stopped_alone
from training.replay.ledger import VALUE, Ledger, ledger_of
from training.replay.money import Money, money_of
from training.replay.named import named_deals
from training.replay.origins import Probabilities, probabilities_of
from training.replay.past_deals import PastDeals, deals_without_end, pursued_deals
from training.replay.population import population_of
from training.replay.sensitivity import flips
from training.replay.swap import swap_set
from training.replay.verdicts import Verdicts, verdicts_of

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """One policy, with the deals as it reads them and what it says of them.

    ``endless`` are the deals declined, and those whose end nobody recorded; ``declined`` says
    which are which.
    """

    policy: Policy
    pursued: PastDeals
    endless: PastDeals
    declined: NDArray[np.bool_]
    probabilities: Probabilities
    verdicts: Verdicts
    of_endless: Verdicts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Yardstick:
    """The money that both policies are measured by, and the sums of it."""

    money: Money
    of_endless: Money
    ledger: Ledger
    currency: str | None


def read_alike(other: Policy, policy: Policy) -> Policy:
    """Return a policy that reads the same deals as another: their outcomes, days and accounts.

    Which fields have a track record is part of what a policy knows, and stays its own.
    """
    own = other.deals.track_record
    return replace(other, deals=policy.deals.model_copy(update={"track_record": own}))


def replay(
    on_file: DealsOnFile,
    policy: Policy,
    *,
    as_of: date,
    against: tuple[DealsOnFile, Policy] | None = None,
    probabilities: Sequence[Probabilities] = (),
    seed: int = 0,
    tell: Tell = in_silence,
) -> Replay:
    """Return the replay of a policy over the deals of a file.

    Parameters
    ----------
    on_file
        The deals with their outcomes, as ``read_deals(..., needs_outcome=True)`` reads them under
        the policy: their facts are those known at the decision.
    against
        The same deals as another policy reads them (:func:`read_alike`), and that policy.
    probabilities
        Those under the policy, and under the other, where they are had already; else they are
        learned, from models that never saw the deals that they judge.

    Raises
    ------
    EvidenceError
        When no deal was pursued to its end, or the two policies read different deals.
    """
    files = [(on_file, policy)] + ([] if against is None else [against])
    known = [*probabilities, *[None] * (len(files) - len(probabilities))]
    judged = [
        _judged(*pair, p, as_of=as_of, seed=seed, tell=tell)
        for pair, p in zip(files, known, strict=True)
    ]
    new, old = judged[0], judged[1] if against is not None else None
    if not len(new.pursued):
        raise EvidenceError(
            "no deal of the file was pursued to its end: there is no past to run through\n"
            "  hint: does deals.outcome say which words mean won and lost?"
        )
    if old is not None and not np.array_equal(old.pursued.rows, new.pursued.rows):
        raise EvidenceError(
            "the two policies read different deals from the file\n"
            "  hint: read it for both with the deals block of the first"
        )
    return _report(on_file, new, old, as_of=as_of, seed=seed)


def _judged(
    on_file: DealsOnFile,
    policy: Policy,
    probabilities: Probabilities | None,
    *,
    as_of: date,
    seed: int,
    tell: Tell,
) -> _Judged:
    endless, declined = deals_without_end(on_file, policy, as_of)
    found = probabilities or probabilities_of(on_file, policy, endless, seed=seed, tell=tell)
    pursued = pursued_deals(on_file, policy, found.groups)
    return _Judged(
        policy=policy,
        pursued=pursued,
        endless=endless,
        declined=declined,
        probabilities=found,
        verdicts=verdicts_of(policy, pursued.table, found.pursued),
        of_endless=verdicts_of(policy, endless.table, found.declined),
    )


def _yardstick(new: _Judged, old: _Judged | None) -> _Yardstick:
    """Return the money by the first policy, or by the other where only that one counts any."""
    one = new
    if old is not None and has_value(old.policy.economics):
        one = new if has_value(new.policy.economics) else old
    money = money_of(one.policy, one.pursued)
    return _Yardstick(
        money=money,
        of_endless=money_of(one.policy, one.endless),
        ledger=ledger_of(one.pursued, money),
        currency=one.policy.economics.currency,
    )


def _report(
    on_file: DealsOnFile, new: _Judged, old: _Judged | None, *, as_of: date, seed: int
) -> Replay:
    by = _yardstick(new, old)
    deals, money = new.pursued, by.money
    judged = [new] if old is None else [new, old]
    totals = [*_totals(judged, by.ledger), *_others(new, by.ledger)]
    *sums, best, on_curves = drawn(totals, seed=seed)
    effects = [Effects(by.ledger, sums[2 * n]) for n in range(len(judged))]
    reports = [
        _policy_report(one, effects[n], by, back=sums[2 * n + 1], best=best)
        for n, one in enumerate(judged)
    ]
    return Replay(
        as_of=as_of.isoformat(),
        population=population_of(on_file, deals, as_of),
        currency=by.currency,
        **_hours(money),
        counts_money=money.counted,
        money_unknown=int((~np.isfinite(money.value)).sum()) if money.counted else 0,
        probability=new.probabilities.source,
        everything=effects[0].side(effects[0].everything),
        policy=reports[0],
        against=None if old is None else reports[1],
        against_probability=None if old is None else old.probabilities.source,
        swap=None
        if old is None
        else swap_set(
            deals,
            money,
            by.ledger,
            after=(new.verdicts, effects[0]),
            before=(old.verdicts, effects[1]),
        ),
        efficiency=efficiency(
            new.verdicts, work_of(deals, money, seed=seed), Effects(by.ledger, on_curves)
        ),
    )


def _totals(judged: list[_Judged], ledger: Ledger) -> list[Matrix]:
    """Return, for each policy, the sums by account of its sides and of what its knockouts stop."""
    found = []
    for one in judged:
        cluster, verdicts = judged[0].pursued.cluster, one.verdicts
        found.append(by_account(ledger, verdicts.recommendations, cluster))
        found.append(_stopped_alone(verdicts, ledger, cluster))
    return found


def _stopped_alone(verdicts: Verdicts, ledger: Ledger, cluster: NDArray[np.intp]) -> Matrix:
    """Return what each knockout's deals left, by account: shape (n_accounts, n_knockouts)."""
    totals = np.zeros((int(cluster.max(initial=-1)) + 1, len(verdicts.policy.knockouts)))
    for place in range(totals.shape[1]):
        rows = stopped_alone(verdicts, place)
        np.add.at(totals[:, place], cluster[rows], ledger.figures[rows, VALUE])
    return totals


def _others(new: _Judged, ledger: Ledger) -> tuple[Matrix, Matrix]:
    """Return the best that could be kept by account, and the sides of the deals on the curves."""
    cluster, verdicts = new.pursued.cluster, new.verdicts
    on_curves = ledger.only(compared(verdicts))
    return (
        best_value_by_account(ledger, cluster),
        by_account(on_curves, verdicts.recommendations, cluster),
    )


def _hours(money: Money) -> Mapping[str, Any]:
    known = np.isfinite(money.hours)
    actual, estimated = int(money.actual.sum()), int((known & ~money.actual).sum())
    basis: HoursBasis = "mixed" if actual and estimated else "actual" if actual else "estimated"
    return {
        "hours": basis if known.any() else "none",
        "hours_actual": actual,
        "hours_estimated": estimated,
        "hours_unknown": int((~known).sum()),
    }


def _policy_report(
    one: _Judged, effects: Effects, by: _Yardstick, *, back: Drawn, best: Drawn
) -> PolicyReplay:
    verdicts, deals, policy = one.verdicts, one.pursued, one.policy
    given = verdicts.recommendations
    knockouts = knockout_replays(verdicts, by.ledger)
    if by.ledger.has_money:
        knockouts = tuple(
            told.model_copy(update={"value_back": back.figure(n)})
            for n, told in enumerate(knockouts)
        )
    sets, others = combinations(verdicts, by.ledger)
    return PolicyReplay(
        name=policy.name,
        title=policy.title,
        version=policy.version,
        fingerprint=policy.fingerprint,
        go=effects.side(effects.of((GO,))),
        conditional_go=effects.side(effects.of((CONDITIONAL_GO,))),
        find_out=effects.side(effects.of((FIND_OUT,))),
        no_go=effects.side(effects.of((NO_GO,))),
        if_stopped=effects.effect(effects.kept_if_stopped),
        if_pursued=effects.effect(effects.kept_if_pursued),
        net_benefit=_net_benefit(effects, best) if by.ledger.has_money else None,
        lost_wins=named_deals(
            deals, by.money, verdicts, np.flatnonzero(deals.won & (given == NO_GO))
        ),
        asked_wins=named_deals(
            deals, by.money, verdicts, np.flatnonzero(deals.won & (given == FIND_OUT))
        ),
        knockouts=knockouts,
        combinations=sets,
        other_combinations=others,
        sensitivity=flips(verdicts, deals.table, by.ledger),
        declined=_bounded(one, by, one.declined),
        unrecorded=_bounded(one, by, ~one.declined),
    )


def _bounded(one: _Judged, by: _Yardstick, some: NDArray[np.bool_]) -> DeclinedDeals:
    rows = np.flatnonzero(some)
    base_rate = float(one.pursued.won.mean())
    given = one.of_endless.recommendations[rows]
    return declined_report(given, by.of_endless.take(rows), base_rate)


def _net_benefit(effects: Effects, best: Drawn) -> NetBenefit:
    everything = effects.everything.figure(VALUE)
    return NetBenefit(
        if_stopped=effects.kept_if_stopped.figure(VALUE),
        if_pursued=effects.kept_if_pursued.figure(VALUE),
        pursue_all=everything,
        pursue_none=Figure(value=0.0, low=0.0, high=0.0),
        people=everything,
        best_possible=best.figure(0),
    )
