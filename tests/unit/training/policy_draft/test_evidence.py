from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.columns import CategoryColumn, NumericColumn
from training.policy_draft.evidence import Answer, Compared, compare_answers, discoveries


def compared(won, deals, rest_won, rest_deals):
    return Compared(field="f", answer=Answer("x"), won=won, deals=deals, rest_won=rest_won,
                    rest_deals=rest_deals)  # fmt: skip


def test_ten_points_double_the_odds_of_many_deals():
    assert compared(2_000, 3_000, 1_000, 2_000).points == 10
    assert compared(1_000, 2_000, 2_000, 3_000).points == -10


def test_few_deals_are_drawn_towards_all_the_others():
    assert 0 < compared(10, 10, 500, 1_000).points < 30
    assert compared(10_000, 10_001, 1, 10_000).points == 30  # never more than that


@given(st.integers(10, 60), st.integers(10, 60), st.data())
def test_points_rise_with_what_was_won(deals, others, data):
    won, rest = data.draw(st.integers(0, deals - 1)), data.draw(st.integers(1, others - 1))
    assert (
        compared(won + 1, deals, rest, others).points >= compared(won, deals, rest, others).points
    )


def test_p_values_are_those_of_fisher_and_of_chi_square():
    assert compared(3, 10, 9, 10).p_value == pytest.approx(0.0198, abs=1e-4)
    assert compared(300, 1_000, 360, 1_000).p_value == pytest.approx(0.0051, abs=2e-4)
    assert compared(0, 10, 0, 10).p_value == 1.0


def noise(seed, n=400, fields=30):
    draw = np.random.default_rng(seed)
    columns = {
        f"f{i}": CategoryColumn(draw.integers(0, 3, n).astype(np.int32), ("a", "b", "c"))
        for i in range(fields)
    }
    return columns, (draw.random(n) < 0.4).astype(np.float64)


def test_noise_is_told_apart_in_one_file_of_twenty_at_most():
    found = [any(one.tells for one in compare_answers(*noise(seed))) for seed in range(40)]
    assert sum(found) <= 6  # 5 % of 40 is 2; more than 6 would happen once in a hundred
    # negative control: without the correction, almost every file would show something
    naive = [any(one.p_value < 0.05 for one in compare_answers(*noise(seed))) for seed in range(8)]
    assert sum(naive) > 6


def test_a_real_difference_is_found_on_its_side():
    columns, won = noise(1)
    columns["real"] = NumericColumn(
        (won + np.random.default_rng(2).normal(0, 0.8, len(won))) * 100
    )
    columns["yes"] = NumericColumn((np.arange(len(won)) % 3 == 0) * won, "boolean")
    told = {(one.field, one.answer): one for one in compare_answers(columns, won) if one.tells}
    bands = [one for (field, _), one in told.items() if field == "real"]
    assert bands[0].points < 0 < bands[-1].points
    assert told["yes", Answer(True)].points > 0 > told["yes", Answer(False)].points


def test_bands_cover_every_number_once():
    columns, won = noise(3)
    columns = {"n": NumericColumn(np.random.default_rng(4).lognormal(8, 1, len(won)))}
    bands = compare_answers(columns, won)
    assert sum(band.deals for band in bands) == len(won)
    assert all(a.answer.high == b.answer.low for a, b in pairwise(bands))


def test_too_few_deals_say_nothing():
    columns, won = noise(5)
    assert compare_answers(columns, np.zeros_like(won)) == ()
    few = {"f": CategoryColumn(np.r_[np.zeros(9), np.ones(391)].astype(np.int32), ("a", "b"))}
    assert [one.answer.word for one in compare_answers(few, won)] == []


def test_discoveries_of_nothing():
    assert discoveries([]).tolist() == []
    assert discoveries([0.2, 0.01]).tolist() == [False, True]
