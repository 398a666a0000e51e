"""The whole market: repeatable, of any size, and in the words of the demo policy."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from features import load_policy
from features.columns import column_of
from features.deal import Fact
from features.fields import PolicyField
from features.kleene import Truth
from features.policy import OutcomeColumn
from features.table import DealTable, TableFacts
from simulation import MarketSettings, SimulatedMarket, simulate, write_deals

POLICY = load_policy(Path(__file__).parents[3] / "examples" / "demo_company" / "policy.yaml")
SMALL = MarketSettings(n_deals=400, seed=11)


@cache
def market() -> SimulatedMarket:
    return simulate(MarketSettings(n_deals=20_000))


def written(settings: MarketSettings, folder: Path) -> tuple[bytes, bytes]:
    here = simulate(settings)
    write_deals(here, folder / "deals.csv")
    return (folder / "deals.csv").read_bytes(), here.truth.to_csv().encode()


def test_the_same_seed_makes_the_same_bytes_and_another_seed_others(tmp_path):
    first, again = written(SMALL, tmp_path), written(replace(SMALL), tmp_path)
    other = written(replace(SMALL, seed=12), tmp_path)
    assert first == again
    assert first[0] != other[0]
    assert first[1] != other[1]


def test_the_global_random_state_is_neither_used_nor_touched():
    np.random.seed(1)  # noqa: NPY002 (the state that must not matter)
    expected = np.random.random()  # noqa: NPY002
    first = simulate(SMALL).deals
    np.random.seed(1)  # noqa: NPY002
    assert simulate(SMALL).deals.equals(first)
    assert np.random.random() == expected  # noqa: NPY002


@pytest.mark.parametrize("n_deals", [100, 100_000])
def test_small_and_large_markets_are_whole(n_deals):
    here = simulate(MarketSettings(n_deals=n_deals))
    assert len(here.deals) == len(here.truth) == n_deals
    assert not here.truth.isna().any().any()
    assert set(here.deals.outcome) >= {"won", "lost", "no_decision", "open"}
    numbers = here.truth.select_dtypes("number").to_numpy()
    assert np.isfinite(numbers).all()


def test_siblings_share_what_their_account_does():
    here = market()
    effects = here.truth.account_effect.groupby(here.deals.account)
    assert (effects.max() == effects.min()).all()
    assert effects.first().nunique() > 1_000
    assert len(here.deals[["account", "region"]].drop_duplicates()) == effects.ngroups
    assert 4 <= effects.size().mean() <= 7


def test_the_policy_names_every_column_and_no_other():
    spec = POLICY.deals
    assert isinstance(spec.outcome, OutcomeColumn)
    named: set[str | None] = {field.column or name for name, field in POLICY.fields.items()}
    named |= {spec.id, spec.account, spec.as_of, spec.closed_on, spec.outcome.column}
    named |= {spec.hours_spent, spec.seller, spec.team}
    assert set(market().deals.columns) == named


def test_every_outcome_word_has_its_meaning_in_the_policy():
    words = POLICY.deals.outcome
    for outcome in ("won", "lost", "no_decision", "declined_by_us", "open"):
        assert getattr(words, outcome) == (outcome,)
        assert (market().deals.outcome == outcome).any()


@pytest.mark.parametrize("name", sorted(POLICY.fields))
def test_every_answer_is_one_that_the_policy_reads(name):
    field = POLICY.fields[name]
    answers = market().deals[name].dropna().unique()
    read = {field.read(str(answer)) for answer in answers}
    assert len(read) == len(answers)
    values = getattr(field, "values", None)
    assert values is None or read == set(values)


@cache
def judged() -> dict[str, Truth]:
    """Return where each rule of the policy holds, and where it does not."""
    deals = market().deals
    columns = {name: column_of(facts_of(deals[name], field), field)
               for name, field in POLICY.fields.items()}  # fmt: skip
    days = np.array(deals.qualified_on, dtype="datetime64[D]")
    facts = TableFacts(DealTable(ids=tuple(deals.deal_id), as_of=days, columns=columns))
    conditions = {rule.id: rule.when for rule in POLICY.criteria}
    conditions |= {rule.id: rule.when for rule in POLICY.knockouts}
    return {name: condition.truth(facts) for name, condition in conditions.items()}


def facts_of(column: "pd.Series[Any]", field: PolicyField) -> list[Fact | None]:
    known = column.notna()
    return [field.read(str(a)) if k else None for a, k in zip(column, known, strict=True)]


def gain(rule_id: str) -> float:
    """Return by how much a rule raises the true p_win."""
    p_win, truth = market().truth.p_win.to_numpy(), judged()[rule_id]
    return float(p_win[truth.true].mean() - p_win[truth.false].mean())


@pytest.mark.parametrize("criterion", POLICY.criteria, ids=lambda criterion: criterion.id)
def test_the_experts_are_right_about_every_criterion_but_one(criterion):
    if criterion.id == "strategic":
        assert abs(gain("strategic")) < 0.02
    else:
        assert np.sign(criterion.points) * gain(criterion.id) > 0.03


def test_what_the_experts_overlook_matters():
    assert "days_to_deadline" not in POLICY.mentioned_fields()
    days = market().deals.days_to_deadline.to_numpy(dtype=float, na_value=np.nan)
    p_win = market().truth.p_win.to_numpy()
    assert p_win[days >= 30].mean() - p_win[days <= 10].mean() > 0.15


@pytest.mark.parametrize("knockout", POLICY.knockouts, ids=lambda knockout: knockout.id)
def test_every_knockout_meets_its_deals_and_spares_most(knockout):
    assert 0.005 < judged()[knockout.id].true.mean() < 0.15


def test_the_points_tell_good_deals_from_bad_ones():
    points = np.sum([c.points * judged()[c.id].true for c in POLICY.criteria], axis=0)
    go_at = POLICY.decision.go_at.points
    assert go_at is not None
    worth_it = points >= go_at
    p_win = market().truth.p_win.to_numpy()
    assert 0.3 < worth_it.mean() < 0.8
    assert p_win[worth_it].mean() > 2 * p_win[~worth_it].mean()
