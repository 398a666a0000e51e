"""Draws give every deal an answer, and the answers follow the promise as they are told to."""

import numpy as np
import pytest

from simulation.draws import Count, DayNear, Number, OneOf, PartOf, Scene, Unless


@pytest.fixture
def scene():
    random = np.random.default_rng(5)
    return Scene(
        as_of=np.full(4_000, np.datetime64("2026-01-05")),
        promise=random.standard_normal(4_000),
        random=random,
    )


def test_shares_are_kept_and_a_pull_lets_the_promise_show(scene):
    draw = OneOf({"bad": 0.3, "good": 0.7}, pull=0.6)
    good = draw.texts("need", scene) == "good"
    assert abs(good.mean() - 0.7) < 0.03
    assert scene.promise[good].mean() > scene.promise[~good].mean() + 0.5
    blind = OneOf({"bad": 0.3, "good": 0.7}).texts("need", scene) == "good"
    assert abs(scene.promise[blind].mean() - scene.promise[~blind].mean()) < 0.1


def test_numbers_have_their_median_by_another_answer_or_as_a_share_of_a_number(scene):
    scene.texts["kind"] = np.where(scene.promise > 0, "large", "small")
    draw = Number(by="kind", medians={"small": 100, "large": 10_000}, step=10)
    draw.texts("amount", scene)
    large = scene.texts["kind"] == "large"
    assert abs(np.median(scene.numbers["amount"][large]) / 10_000 - 1) < 0.1
    assert (scene.numbers["amount"] % 10 == 0).all()
    Number(of="amount", median=0.5, spread=0.0, step=1).texts("half", scene)
    assert np.allclose(scene.numbers["half"], scene.numbers["amount"] / 2)
    assert Number(1e6, largest=9).texts("capped", scene).tolist() == ["9"] * 4_000


def test_a_part_is_never_more_than_the_whole(scene):
    Number(100, 0.3).texts("asked", scene)
    PartOf("asked", median=0.9, spread=1.0, pull=0.5).texts("met", scene)
    share = scene.numbers["met"] / scene.numbers["asked"]
    assert (scene.numbers["met"] <= scene.numbers["asked"]).all()
    assert abs(np.median(share) - 0.9) < 0.02
    assert np.corrcoef(share, scene.promise)[0, 1] > 0.3


def test_counts_are_whole_and_not_negative(scene):
    Count(2.0, pull=-0.5).texts("competitors", scene)
    counts = scene.numbers["competitors"]
    assert abs(counts.mean() - 2.0) < 0.15
    assert (counts >= 0).all()
    assert np.corrcoef(counts, scene.promise)[0, 1] < -0.3
    assert (Count(5.0, none=0.9).texts("unmet", scene) == "0").mean() > 0.85


def test_days_lie_on_their_side_of_the_decision_and_a_word_may_stand_instead(scene):
    after = DayNear(20).texts("due", scene).astype("datetime64[D]")
    before = DayNear(20, before=True).texts("seen", scene).astype("datetime64[D]")
    assert (before <= scene.as_of).all()
    assert (after >= scene.as_of).all()
    answers = Unless("n/a", 0.25, Count(3.0)).texts("visits", scene)
    assert abs((answers == "n/a").mean() - 0.25) < 0.03
