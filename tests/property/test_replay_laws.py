"""Laws of the replay: it is what a loop over the deals finds, and its figures hang together."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import Phase, given, settings

from models.qualifier import Qualifier
from reports.replay.efficiency import Curve
from reports.replay.report import (
    RECOMMENDATIONS,
    Combination,
    Count,
    KnockoutReplay,
    Move,
    PolicyReplay,
    Replay,
)
from tests.property import strategies as made
from tests.property.pasts import Past, pasts, replay_of
from tests.property.replay_oracle import FIND_OUT, NO_GO, ORDER, Judge, Oracle, track
from training.outcomes.outcome import Outcome
from training.replay.ledger import Ledger
from training.replay.verdicts import Verdicts

half = settings(max_examples=settings().max_examples // 2)
quarter = settings(max_examples=settings().max_examples // 4)
quickly = settings(phases=[Phase.generate], database=None, report_multiple_bugs=False)

KEPT = ("go", "conditional_go")


@pytest.fixture(autouse=True)
def few_draws():
    """Intervals are checked elsewhere: two draws are enough to see that nothing breaks."""
    with few():
        yield


@contextmanager
def few() -> Iterator[None]:
    with (
        patch("training.replay.curve.N_SLOW_DRAWS", 2),
        patch("training.replay.draws.N_DRAWS", 2),
    ):
        yield


def told(counted: Count) -> Any:
    return pytest.approx(counted.model_dump(), abs=1e-9)


def moved(moves: tuple[Move, ...]) -> Any:
    return {(one.before, one.after): told(one.deals) for one in moves}


def of_side(side: Any) -> Any:
    """Return a side as a count, without its intervals."""
    plain = {
        name: figure["value"] if isinstance(figure, dict) else figure
        for name, figure in side.model_dump().items()
    }
    return pytest.approx(plain, abs=1e-9)


def check(past: Past) -> None:
    """Check the whole replay of a past against the oracle."""
    oracle = Oracle(past)
    if not past.pursued:
        return
    found = replay_of(past)
    check_population(found, past)
    assert found.against is not None
    for report, judge in zip((found.policy, found.against), oracle.judges, strict=True):
        check_policy(report, judge, oracle)
        check_rules(report, judge, oracle)
        check_declined(report, judge, past)
    check_swap(found, oracle)
    check_curves(found, oracle)


def check_population(found: Replay, past: Past) -> None:
    counts = {one.value: past.outcomes.count(one) for one in Outcome}
    population = found.population
    assert population.on_file == len(past.deals)
    assert population.pursued == len(past.pursued)
    assert (population.won, population.lost) == (counts["won"], counts["lost"])
    assert population.no_decision == counts["no_decision"]
    assert population.declined == counts["declined_by_us"]
    assert population.open + population.unrecorded == counts["open"]
    names = [past.accounts[row] for row in past.pursued]
    assert population.accounts == len(set(names) - {None}) + names.count(None)


def check_policy(report: PolicyReplay, judge: Judge, oracle: Oracle) -> None:
    for kind in RECOMMENDATIONS:
        assert oracle.count(oracle.given(judge, kind)) == of_side(getattr(report, kind))
    for effect, kinds in ((report.if_stopped, KEPT), (report.if_pursued, (*KEPT, FIND_OUT))):
        kept = oracle.given(judge, *kinds)
        rest = [row for row in oracle.past.pursued if row not in kept]
        assert oracle.count(kept) == of_side(effect.kept)
        assert oracle.count(rest) == of_side(effect.saved)
        assert effect.deals_saved_share is not None
        assert effect.deals_saved_share.value == len(rest) / len(oracle.past.pursued)
        all_wins = len(oracle.wins(oracle.past.pursued))
        share = None if effect.wins_kept_share is None else effect.wins_kept_share.value
        assert share == (len(oracle.wins(kept)) / all_wins if all_wins else None)
    for named, answer in ((report.lost_wins, NO_GO), (report.asked_wins, FIND_OUT)):
        rows = oracle.wins(oracle.given(judge, answer))
        assert [one.where for one in named] == [f"made.csv:{row + 2}" for row in rows]
        for one, row in zip(named, rows, strict=True):
            check_reasons(one, row, judge, answer)
    if report.net_benefit is not None:
        values = [oracle.value(row) or 0.0 for row in oracle.past.pursued]
        assert report.net_benefit.pursue_all.value == pytest.approx(sum(values))
        best = sum(max(value, 0.0) for value in values)
        assert report.net_benefit.best_possible.value == pytest.approx(best)


def check_reasons(named: Any, row: int, judge: Judge, kind: str) -> None:
    truths, rules = judge.truths(row), {one["id"]: one for one in judge.data["knockouts"]}
    expected = []
    for name, truth in truths.items():
        if truth and rules[name]["then"] == "no_go":
            expected.append(("knockout", name))
        elif truth is None and rules[name].get("on_unknown", "find_out") == kind:
            expected.append(("unknown_knockout", name))
    knockouts = [(one.kind, one.id) for one in named.stopped_by if one.id != "go_at"]
    thresholds = [one for one in named.stopped_by if one.id == "go_at"]
    assert knockouts == expected
    worth, hopeless = judge.thresholds(row)
    assert bool(thresholds) is (hopeless or (kind == "find_out" and not worth))
    assert named.recommendation == kind
    assert named.p_win == judge.odds(row)


def check_rules(report: PolicyReplay, judge: Judge, oracle: Oracle) -> None:
    assert [one.id for one in report.knockouts] == [one["id"] for one in judge.data["knockouts"]]
    for one in report.knockouts:
        check_knockout(one, oracle.knockout(judge, one.id))
    expected = oracle.combinations(judge)
    assert [one.knockouts for one in report.combinations] == list(expected)
    for both in report.combinations:
        check_knockout(both, expected[both.knockouts])
    assert report.other_combinations is None


def check_knockout(found: KnockoutReplay | Combination, expected: dict[str, Any]) -> None:
    assert expected["fires"] == told(found.fires)
    assert expected["alone"] == told(found.alone)
    assert expected["dropped"] == moved(found.dropped)
    if isinstance(found, KnockoutReplay):
        assert expected["unknown"] == told(found.unknown)
        back = None if found.value_back is None else found.value_back.value
        assert back == pytest.approx(expected["alone"]["value"])


def check_declined(report: PolicyReplay, judge: Judge, past: Past) -> None:
    given = [judge.recommended(row) for row in past.rows(Outcome.DECLINED_BY_US)]
    declined = report.declined
    assert declined.would_stop.deals == given.count(NO_GO)
    assert declined.would_find_out.deals == given.count(FIND_OUT)
    assert declined.would_pursue.deals == sum(map(given.count, KEPT))
    rate = len(past.rows(Outcome.WON)) / len(past.pursued)
    assert declined.base_rate == pytest.approx(rate)
    for one in (declined.would_stop, declined.would_find_out, declined.would_pursue):
        assert (one.lowest, one.highest) == (0, one.deals)
        at = [min(rate * times, 1) * one.deals for times in (0.5, 1, 1.5)]
        assert [one.at_half, one.at_base_rate, one.at_one_and_a_half] == pytest.approx(at)


def check_swap(found: Replay, oracle: Oracle) -> None:
    new, old = oracle.judges
    swap = found.swap
    assert swap is not None
    pairs = [(one, other) for one in ORDER for other in ORDER]
    assert [(cell.before, cell.after) for cell in swap.cells] == pairs
    for cell in swap.cells:
        rows = set(oracle.given(old, cell.before)) & set(oracle.given(new, cell.after))
        assert oracle.count(rows) == told(cell.deals)
    stopped, before = set(oracle.given(new, NO_GO)), set(oracle.given(old, NO_GO))
    everything = set(oracle.past.pursued)
    assert oracle.count(stopped - before) == told(swap.newly_stopped)
    assert oracle.count(before - stopped) == told(swap.newly_kept)
    assert oracle.count(before & stopped) == told(swap.stopped_by_both)
    assert oracle.count(everything - before - stopped) == told(swap.kept_by_both)
    for named, rows in ((swap.wins_lost, stopped - before), (swap.wins_back, before - stopped)):
        expected = [f"made.csv:{row + 2}" for row in oracle.wins(rows)]
        assert [one.where for one in named] == expected
    assert swap.stopped_gain.value == len(stopped) - len(before)
    if swap.net_benefit_gain is not None:
        gain = oracle.count(before - stopped)["value"] - oracle.count(stopped - before)["value"]
        assert swap.net_benefit_gain.value == pytest.approx(gain)


def check_curves(found: Replay, oracle: Oracle) -> None:
    judge, efficiency = oracle.judges[0], found.efficiency
    assert efficiency is not None
    rows = oracle.where(lambda row: judge.odds(row) is not None) or oracle.past.pursued
    assert efficiency.deals == len(rows)
    for curve in efficiency.curves:
        check_curve(curve, rows, oracle)
    for point, kinds in (
        (efficiency.if_stopped, KEPT),
        (efficiency.if_pursued, (*KEPT, FIND_OUT)),
    ):
        kept = [row for row in rows if judge.recommended(row) in kinds]
        assert point.deals.value == len(kept) / len(rows)
        wins = len(oracle.wins(rows))
        kept_share = None if point.wins is None else point.wins.value
        assert kept_share == (len(oracle.wins(kept)) / wins if wins else None)


def check_curve(curve: Curve, rows: list[int], oracle: Oracle) -> None:
    scores = oracle.scores(curve.order)
    timed = [row for row in rows if oracle.hours(row) is not None]
    paid = [row for row in rows if oracle.value(row) is not None]
    both = [row for row in timed if row in paid]

    def hours(row: int) -> float:
        return oracle.hours(row) or 0.0

    def brought(row: int) -> float:
        return oracle.brought(row) or 0.0

    def one(_: int) -> float:
        return 1.0

    for name, some, work, kept in (
        ("wins_by_deals", rows, one, oracle.is_won),
        ("wins_by_hours", timed, hours, oracle.is_won),
        ("value_by_deals", paid, one, brought),
        ("value_by_hours", both, hours, brought),
    ):
        found, expected = getattr(curve, name), track(some, work, kept, scores)
        assert (found is None) is (expected is None)
        if found is not None and expected is not None:
            assert list(found.kept) == pytest.approx(expected, abs=1e-9)
            marks = [found.kept[25], found.kept[50], found.kept[75]]
            assert [mark.value for mark in found.marks] == pytest.approx(marks, abs=1e-9)
            check_enough(found.kept, found.enough_at.value)


def check_enough(kept: tuple[float, ...], share: float) -> None:
    """Check that 90 % is kept first where it is said, as near as a hundred points can tell."""
    first = next(n for n, one in enumerate(kept) if one >= 0.9 - 1e-9)
    if max(kept[:first], default=0.0) < 0.9 - 1e-9:
        assert share <= first / 100 + 1e-9, (share, first, kept)


@given(pasts())
@half
def test_the_replay_is_what_a_loop_over_the_deals_finds(past):
    check(past)


def caught(past_check: Any) -> None:
    """Check that the oracle sees a mistake, on whatever past it first shows."""

    @given(pasts())
    @quickly
    def law(past: Past) -> None:
        past_check(past)

    with pytest.raises(AssertionError):
        law()


def test_a_ledger_that_takes_every_other_loss_for_a_win_is_caught(monkeypatch):
    count = Ledger.count

    def careless(self: Ledger, sums: Any) -> Count:
        right = count(self, sums)
        return right.model_copy(update={"won": right.won + (right.lost > 1)})

    monkeypatch.setattr(Ledger, "count", careless)
    caught(check)


def test_a_knockout_dropped_without_looking_at_the_others_is_caught(monkeypatch):
    def careless(self: Verdicts, knockout: int) -> Any:
        rows = np.flatnonzero(self.masks.fired[knockout])
        return rows, np.zeros(len(rows), dtype=np.intp)

    monkeypatch.setattr(Verdicts, "without", careless)
    caught(check)


def test_curves_that_tell_ties_apart_by_the_place_in_the_file_are_caught(monkeypatch):
    def careless(*scores: Any) -> Any:
        rows = np.lexsort([np.where(np.isnan(one), np.inf, -one) for one in scores[::-1]])
        return Order(rows, np.arange(len(rows)))

    from training.replay.curve import Order

    monkeypatch.setattr(Order, "by", staticmethod(careless))
    caught(check)


@given(pasts())
@quarter
def test_recommendations_are_those_of_the_qualifier(past):
    """Where no model may speak; :mod:`tests.integration.test_replay_command` has models."""
    blind = replace(past, odds=((None,) * len(past.deals),) * 2)
    policy = made.load(past.policies[0])
    given = [one.recommendation.value for one in Qualifier(policy).decide(past.deals)]
    if past.pursued:
        report = replay_of(blind, beside=None).policy
        for kind in RECOMMENDATIONS:
            rows = [row for row in past.pursued if given[row] == kind]
            assert getattr(report, kind).deals.value == len(rows)


@given(pasts())
@quarter
def test_figures_hang_together(past):
    if not past.pursued:
        return
    found = replay_of(past, beside=0)
    policy, everything = found.policy, found.everything
    parts = [getattr(policy, kind) for kind in RECOMMENDATIONS]
    for name in ("deals", "won", "lost", "no_decision"):
        whole = getattr(everything, name).value
        assert sum(getattr(part, name).value for part in parts) == whole
        for effect in (policy.if_stopped, policy.if_pursued):
            assert getattr(effect.kept, name).value + getattr(effect.saved, name).value == whole
    assert found.swap is not None
    assert found.swap.moved == 0
    assert found.swap.wins_lost == found.swap.wins_back == ()
    gains = (found.swap.stopped_gain, found.swap.wins_kept_gain, found.swap.net_benefit_gain)
    assert all(
        (one.value, one.low, one.high) in {(0, 0, 0), (0, None, None)} for one in gains if one
    )
    check_dominance(found)


def check_dominance(found: Replay) -> None:
    """Check that every curve ends at one, and that none rises above the best possible."""
    assert found.efficiency is not None
    curves = {curve.order: curve for curve in found.efficiency.curves}
    best = curves.pop("best_possible")
    for name in ("wins_by_deals", "wins_by_hours", "value_by_deals", "value_by_hours"):
        top = getattr(best, name)
        for curve in curves.values():
            found_track = getattr(curve, name)
            assert (found_track is None) is (top is None)
            if top is not None:
                assert top.kept[-1] == found_track.kept[-1] == 1.0
                assert np.all(np.array(top.kept) >= np.array(found_track.kept) - 1e-9)
    if best.net_by_deals is not None:
        for curve in curves.values():
            assert np.all(np.array(best.net_by_deals) >= np.array(curve.net_by_deals) - 1e-9)


@given(pasts())
@quarter
def test_without_knockouts_or_thresholds_all_are_pursued_but_those_too_little_known(past):
    """A threshold of zero is pursue-all: only what nobody knows enough of is asked about."""
    bare = {**past.policies[0], "knockouts": [], "decision": {"go_at": {"p_win": 0.0}}}
    past = replace(past, policies=(bare, past.policies[1]), odds=((0.5,) * len(past.deals),) * 2)
    if not past.pursued:
        return
    policy = replay_of(past, beside=None).policy
    assert policy.no_go.deals.value == 0
    assert policy.if_pursued.saved.deals.value == 0
    if policy.net_benefit is not None:
        assert policy.net_benefit.if_pursued == policy.net_benefit.pursue_all
    nothing = {**bare, "criteria": []}
    policy = replay_of(replace(past, policies=(nothing, nothing)), beside=None).policy
    assert policy.go.deals.value == len(past.pursued)


@given(pasts())
@quarter
def test_a_threshold_that_nobody_reaches_stops_all_that_is_known_well_enough(past):
    bare = {**past.policies[0], "criteria": [], "decision": {"go_at": {"p_win": 1.0}}}
    past = replace(past, policies=(bare, bare), odds=((0.75,) * len(past.deals),) * 2)
    if past.pursued:
        assert replay_of(past, beside=None).policy.no_go.deals.value == len(past.pursued)
