"""A first model of few deals sits meanwhile: who may, who may not, and who comes after it."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from features import load_policy, parse_policy
from models.champions import champions
from models.registry import Registry
from qualifox import demo
from qualifox.cli import run
from qualifox.home import be_quiet
from reports.promotion import GateReport, Rule, Verdict
from simulation import MarketSettings, simulate, write_deals
from training.fit import fit_model
from training.promotion import gate
from training.promotion.on_record import readings_of
from training.promotion.promote import incumbent_of
from training.retrain import retrain
from training.train import read_teaching, train

ROOT = Path(__file__).parent.parent.parent
POLICY_FILE = ROOT / "examples" / "demo_company" / "policy.yaml"
FEW, MORE, ENOUGH = date(2024, 1, 1), date(2024, 7, 1), date(2025, 1, 1)
NAME = "demo_company"


@pytest.fixture(scope="module")
def policy():
    be_quiet()
    return load_policy(POLICY_FILE)


@pytest.fixture(scope="module")
def market(tmp_path_factory):
    place = tmp_path_factory.mktemp("market") / "deals.csv"
    write_deals(simulate(MarketSettings(n_deals=400, seed=7)), place)
    return place


@pytest.fixture
def registry(new_home, monkeypatch):
    be_quiet()
    monkeypatch.setattr("training.train.try_in_a_process_of_its_own", lambda _: None)
    return Registry(new_home)


def asked(teaching, incumbent=None):
    """Return what the gate says, as promotion asks it."""
    plan = gate.plan_of(teaching, incumbent)
    draft = GateReport(
        model=NAME, challenger="1", champion=None, rule=plan.rule,
        verdict=Verdict.INSUFFICIENT_EVIDENCE,
    )  # fmt: skip
    if plan.can_sit:
        return gate.take_a_free_seat(plan, teaching, acknowledged=False, draft=draft)
    if not plan.can_judge:
        return draft
    return gate.read_holdout(
        plan, teaching, incumbent, attempts=1, acknowledged=False, draft=draft
    )


def test_few_deals_sit_more_take_their_place_and_enough_are_judged(
    registry, market, policy, capsys
):
    first = train(policy, market, lambda: registry, as_of=FEW)
    assert (first.verdict, first.report.rule) == (Verdict.PROVISIONAL, Rule.FIRST)
    assert first.promoted
    assert first.report.closed_deals == 100
    assert registry.get(NAME).provisional

    second = retrain(policy, market, lambda: registry, as_of=MORE)
    assert (second.report.verdict, second.report.rule) == (Verdict.PROVISIONAL, Rule.FIRST)
    assert second.is_news
    again = retrain(policy, market, lambda: registry, as_of=MORE)
    assert (again.report.verdict, again.is_news) == (Verdict.ALREADY_CHAMPION, False)
    assert run(["promote", "--policy", str(POLICY_FILE)]) == 0

    proven = retrain(policy, market, lambda: registry, as_of=ENOUGH)
    assert (proven.report.verdict, proven.report.rule) == (Verdict.PROMOTED, Rule.FIRST)
    assert proven.report.champion == "2"
    assert proven.report.attempts == 1  # who merely sat has not been an attempt
    assert len(readings_of(registry, NAME)) == 3
    assert [one.provisional for one in registry.versions(NAME)] == [False, True, True]

    capsys.readouterr()
    assert run(["rollback", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["provisional"]
    assert champions(registry, NAME) == ["1", "2"]
    seated = incumbent_of(registry, registry.get(NAME))
    assert seated is not None
    assert seated.provisional


def test_without_criteria_few_deals_are_insufficient_as_nothing_was_there_before_them(
    market, policy
):
    start, end = policy.text.index("\ncriteria:"), policy.text.index("\nknockouts:")
    assert start < end
    bare = parse_policy((policy.text[:start] + "\ncriteria: []" + policy.text[end:]).encode())
    teaching = read_teaching(bare, market, as_of=FEW)
    assert not gate.plan_of(teaching, None).can_sit
    assert asked(teaching).verdict is Verdict.INSUFFICIENT_EVIDENCE


def test_permuted_outcomes_are_never_proven_and_opposite_ones_do_not_sit(market, policy):
    few, enough = (read_teaching(policy, market, as_of=day) for day in (FEW, ENOUGH))
    for seed in range(4):
        for teaching in (few, enough):
            won = np.random.default_rng(seed).permutation(teaching.deals.won)
            mixed = replace(teaching, deals=replace(teaching.deals, won=won))
            assert asked(mixed).verdict is not Verdict.PROMOTED
    # what teaches and what judges contradict each other: the held-out half turned round
    cut = gate.plan_of(few, None).holdout.rows
    won = few.deals.won.copy()
    won[cut] = 1 - won[cut]
    turned = replace(few, deals=replace(few.deals, won=won))
    assert asked(turned).verdict is Verdict.NOT_BETTER_THAN_BASE_RATE


def test_a_seat_is_free_where_its_holder_is_provisional_and_not_where_it_was_judged(
    market, policy
):
    few = read_teaching(policy, market, as_of=FEW)
    model = gate.Incumbent(
        policy=policy, model=fit_model(few.deals, policy, seed=0), same_code=True
    )
    assert gate.plan_of(few, model).rule is Rule.REFRESH
    assert not gate.plan_of(few, model).can_sit
    sitting = replace(model, provisional=True)
    assert gate.plan_of(few, sitting).rule is Rule.FIRST
    assert gate.plan_of(few, sitting).can_sit


@pytest.mark.parametrize(
    ("champion", "challenger", "trained"),
    [(None, None, False), ("other", None, False), ("this", None, True), ("other", "this", True),
     ("this", "other", True), (None, "this", False)],
)  # fmt: skip
def test_the_demo_does_not_train_again_what_is_waiting(policy, champion, challenger, trained):
    versions = {"champion": champion, "challenger": challenger}

    def find(_, alias="champion"):
        state = versions[alias]
        of_policy = policy.fingerprint if state == "this" else "another"
        return None if state is None else SimpleNamespace(policy=of_policy)

    known: Any = SimpleNamespace(find=find)
    assert demo.was_trained(known, policy) is trained
