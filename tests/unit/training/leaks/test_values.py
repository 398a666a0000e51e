"""Values that know the outcome, and honest ones that only help."""

import numpy as np
import pandas as pd
import pytest

from reports.findings import LeakKind, Severity
from training.leaks.levels import levels_of
from training.leaks.values import value_clues

N_COLUMNS = 20


@pytest.fixture
def clues(won):
    def find(values, name="cf_1"):
        found = value_clues(name, levels_of(pd.Series(values)), won, N_COLUMNS)
        return {clue.kind: clue for clue in reversed(found)}  # the first of a kind

    return find


@pytest.mark.parametrize("words", [("yes", "no"), (0.0, 1.0), ("A", "B"), (7.0, -3.0)])
def test_the_outcome_under_another_name_is_certain_in_any_coding(clues, won, rng, words):
    wrong = rng.random(len(won)) < 0.02
    found = clues(np.where((won == 1) ^ wrong, *words))
    assert found[LeakKind.HIDDEN_TARGET].severity is Severity.CERTAIN
    assert found[LeakKind.HIDDEN_TARGET].numbers["agree"] > 0.96
    assert found[LeakKind.PREDICTS_ALONE].severity is Severity.CERTAIN


def test_zero_for_every_lost_deal_is_certain(clues, won, rng):
    found = clues(np.where(won == 1, rng.uniform(100, 900, len(won)), 0.0))
    assert found[LeakKind.PREDICTS_ALONE].severity is Severity.CERTAIN
    assert found[LeakKind.PINNED_VALUE].severity is Severity.CERTAIN


def test_a_strong_honest_column_is_no_leak(clues, won, rng):
    """AUC 0.73, as the best honest column of the public tables."""
    assert clues(rng.normal(size=len(won)) + 0.87 * won) == {}


def test_too_good_but_not_sure_is_suspect(clues, won, rng):
    found = clues(rng.normal(size=len(won)) + 1.9 * won)
    assert found[LeakKind.PREDICTS_ALONE].severity is Severity.SUSPECT


def test_reasons_given_to_lost_deals_only_are_pinned(clues, won, rng):
    reason = np.where(rng.random(len(won)) < 0.5, "price", "late")
    given = (won == 0) & (rng.random(len(won)) < 0.7)
    found = clues(np.where(given, reason, "none"))
    assert found[LeakKind.PINNED_VALUE].severity is Severity.CERTAIN
    assert "one outcome in 100% of" in found[LeakKind.PINNED_VALUE].evidence.en


def test_values_that_are_pure_by_luck_are_not_pinned(clues, won, rng):
    """The negative control: chosen and judged by the same deals, rare values do look pure."""
    accounts = rng.integers(0, 120, len(won))
    counted = pd.Series(won).groupby(accounts).agg(["size", "mean"])
    lucky = counted[(counted["size"] >= 3) & (counted["mean"] == 0)]
    assert lucky["size"].sum() > 20
    assert clues(accounts.astype(str)) == {}


def test_a_value_that_nearly_decides_is_suspect(clues, won, rng):
    rare = rng.random(len(won)) < np.where(won == 1, 0.5, 0.02)
    found = clues(np.where(rare, "form", "call"))
    assert found[LeakKind.PINNED_VALUE].severity is Severity.SUSPECT
    assert "“form”" in found[LeakKind.PINNED_VALUE].evidence.en
    assert "« form »" in found[LeakKind.PINNED_VALUE].evidence.fr.replace("\xa0", " ")


def test_a_name_alone_accuses_nobody(clues, won, rng):
    assert clues(rng.normal(size=len(won)), name="Closed Won Reason") == {}


@pytest.mark.parametrize(
    ("name", "severity"),
    [("days in stage", Severity.CERTAIN), ("lead score", Severity.SUSPECT)],
)
def test_a_name_supports_what_the_values_say(clues, won, rng, name, severity):
    values = rng.normal(size=len(won)) + 0.87 * won
    assert clues(values, name=name)[LeakKind.TELLING_NAME].severity is severity


def test_texts_met_once_are_passed_over(clues, won):
    assert clues([f"deal {n}" for n in range(len(won))], name="Closed name") == {}
