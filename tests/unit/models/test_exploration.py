"""Which refused deals are worked all the same: by chance, as declared, and within the cap."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from features.policy.decision import Exploration
from models.decision import Recommendation
from models.exploration import as_worked, drawn, explore, place_of
from tests.unit.models.test_refusals import FINE, POLICY, of, without

IDS = [f"D-{number}" for number in range(400)]
EVERY = np.full(len(IDS), 5.0)
shares = st.floats(0, 0.5)
hours = st.lists(st.floats(0, 60), min_size=1, max_size=40)
caps = st.one_of(st.none(), st.floats(0, 300))


def policy_with(**settings):
    decision = POLICY.decision.model_copy(update={"exploration": Exploration(**settings)})
    return replace(POLICY, decision=decision)


def block(share=0.1, most_hours=None, seed=0):
    return Exploration(share=share, most_hours=most_hours, seed=seed)


def told(share, most_hours, needed, *, together=True, seed=0, ids=None):
    names = IDS[: len(needed)] if ids is None else ids
    chosen = block(share, most_hours, seed)
    return drawn(chosen, names, np.array(needed, dtype=float), together=together)


def test_a_place_is_the_same_in_every_process():
    script = "from models.exploration import place_of; print(place_of(7, 'É-1'))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert float(done.stdout) == place_of(7, "É-1")
    assert all(0 <= place_of(0, one) < 1 for one in ["", "a", "\ud800", *IDS])


@pytest.mark.parametrize("share", [0.05, 0.1, 0.5])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_share_explored_is_the_share_declared(share, seed):
    ids = [str(number) for number in range(20_000)]
    explored, chance = drawn(block(share, seed=seed), ids, None, together=False)
    assert binomtest(int(explored.sum()), len(ids), share).pvalue > 0.001
    assert (chance == share).all()


def test_the_binomial_test_sees_a_draw_that_is_off():
    ids = [str(number) for number in range(20_000)]
    explored = np.array([place_of(0, one) < 0.11 for one in ids])  # a tenth too many
    assert binomtest(int(explored.sum()), len(ids), 0.1).pvalue < 0.001


@given(shares, shares, hours, caps, st.integers(0, 5))
def test_more_share_never_un_explores(one, other, needed, most, seed):
    low, high = sorted([one, other])
    fewer, _ = told(low, most, needed, seed=seed)
    more, _ = told(high, most, needed, seed=seed)
    assert not (fewer & ~more).any()


@given(shares, hours, st.floats(0, 300), st.integers(0, 5))
def test_what_is_explored_fits_the_cap_and_has_a_chance(share, needed, most, seed):
    explored, chance = told(share, most, needed, seed=seed)
    assert np.array(needed)[explored].sum() <= most + 1e-9
    assert (chance[explored] > 0).all()
    assert (chance <= share + 1e-12).all()
    alone, alone_chance = told(share, most, needed, seed=seed, together=False)
    assert not (explored & ~alone).any()
    assert (chance <= alone_chance + 1e-12).all()


@given(shares, hours, caps, st.permutations(range(40)))
def test_the_order_of_the_deals_does_not_matter(share, needed, most, order):
    order = [place for place in order if place < len(needed)]
    first = told(share, most, needed)
    second = told(share, most, [needed[p] for p in order], ids=[IDS[p] for p in order])
    for before, after in zip(first, second, strict=True):
        assert np.array_equal(before[order], after)


@pytest.mark.parametrize("together", [True, False])
def test_rows_of_one_id_are_one_deal(together):
    explored, chance = told(0.5, 8, [5, 5, 2], ids=["a", "a", "b"], together=together)
    assert not explored[:2].any()  # ten hours together, where eight are left
    assert chance.tolist() == [0, 0, 0.5]


@pytest.mark.parametrize("most", [20.0, 60.0, 150.0])
def test_the_chances_add_up_to_what_is_explored_on_average(most):
    random = np.random.default_rng(1)
    needed = random.gamma(2, 5, size=60)
    found = [told(0.3, most, needed, seed=seed) for seed in range(150)]
    counts = np.array([explored.sum() for explored, _ in found], dtype=float)
    error = counts.std() / np.sqrt(len(counts))
    assert abs(counts.mean() - found[0][1].sum()) < 4 * error
    assert found[0][1].sum() < 0.3 * 60  # the cap takes chances away
    # Deal by deal: the large ones have less of a chance, and their chance says how much less.
    shares = np.mean([explored for explored, _ in found], axis=0)
    large = needed > np.median(needed)
    for group in (large, ~large):
        of_group = np.array([explored[group].mean() for explored, _ in found])
        error = of_group.std() / np.sqrt(len(found))
        assert abs(shares[group].mean() - found[0][1][group].mean()) < 4 * error
    # What a naive reading would say, the plain share, is far off.
    assert abs(counts.mean() - 0.3 * 60) > 4 * counts.std() / np.sqrt(len(counts))


def test_chances_are_those_of_full_enumeration():
    """Three equal deals, room for one: it is explored if its place is first and below the share.

    So the chance is the integral of (1 - u)^2 up to the share.
    """
    _, chance = told(0.4, 5, [5, 5, 5])
    exact = (1 - 0.6**3) / 3
    assert chance == pytest.approx(exact, rel=0.05)


def test_hours_that_nobody_knows_fit_no_cap():
    explored, chance = told(0.5, 100, [np.nan, 5, 500])
    assert not explored[[0, 2]].any()
    assert chance.tolist() == [0, 0.5, 0]
    _, chance = drawn(block(0.5, 100), ["a"], None, together=True)
    assert chance.tolist() == [0]
    _, chance = drawn(block(0.5), ["a"], None, together=True)
    assert chance.tolist() == [0.5]


def test_only_soft_refusals_with_an_id_are_drawn():
    table, recommended = of(
        FINE, {**FINE, "abroad": True}, {**FINE, "broke": True}, without("abroad")
    )
    selection = explore(policy_with(share=0.25), table, recommended)
    assert selection.propensity.tolist() == [1, 0.25, 0, 1]
    assert selection.eligible.tolist() == [False, True, False, False]
    nameless = replace(table, ids=("0", None, "", "3"))
    selection = explore(policy_with(share=0.5), nameless, recommended)
    assert selection.propensity.tolist() == [1, 0, 0, 1]
    assert selection.eligible.tolist() == [False, True, False, False]


def test_it_is_off_by_default():
    decision = POLICY.decision.model_copy(update={"exploration": None})
    table, recommended = of({**FINE, "abroad": True}, FINE)
    for policy in (replace(POLICY, decision=decision), policy_with(share=0)):
        selection = explore(policy, table, recommended)
        assert not selection.explored.any()
        assert selection.propensity.tolist() == [0, 1]


def test_many_deals_and_one_get_the_same_answer():
    """Without a shared cap: what else was asked does not matter."""
    table, recommended = of(*[{**FINE, "abroad": True}] * 200)
    policy = policy_with(share=0.3, most_hours=10)
    needed = np.linspace(1, 12, 200)
    whole = explore(policy, table, recommended, needed)
    for row in range(0, 200, 7):
        rows = np.array([row])
        one = explore(policy, table.take(rows), recommended[rows], needed[rows])
        assert one.explored[0] == whole.explored[row]
        assert one.propensity[0] == whole.propensity[row]
    assert whole.explored.sum() > 20
    assert (whole.propensity[needed > 10] == 0).all()


def test_a_refused_deal_that_was_drawn_is_still_refused_by_the_policy():
    """Exploration changes no verdict: the recommendation given to it stays as it was."""
    table, recommended = of({**FINE, "abroad": True})
    before = recommended.copy()
    selection = explore(policy_with(share=0.5), table, recommended)
    selection = replace(selection, explored=np.array([True]))
    worked = [as_worked(recommended, selection, np.array([one]))[0] for one in (False, True)]
    assert worked == [Recommendation.GO, Recommendation.CONDITIONAL_GO]
    assert recommended[0] == before[0] == Recommendation.NO_GO
    selection = replace(selection, explored=np.array([False]))
    assert as_worked(recommended, selection, np.array([True]))[0] == Recommendation.NO_GO


def test_ten_thousand_deals_take_a_second_or_so():
    needed = np.full(10_000, 5.0)
    ids = [str(n) for n in range(10_000)]
    explored, chance = drawn(block(0.1, 400), ids, needed, together=True)
    assert explored.sum() == 80
    assert chance.sum() == pytest.approx(80, rel=0.01)
