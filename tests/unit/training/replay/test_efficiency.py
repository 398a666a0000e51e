"""Every order of work over the same deals."""

import numpy as np
import pytest

from tests.unit.training.replay.small_past import replayed

P_WIN = [0.9, 0.2, 0.8, 0.3, 0.1, np.nan, 0.4, 0.7]
"""Nobody knows of D6: the curves are over the other seven, of which D1, D3 and D8 were won."""


@pytest.fixture(scope="module")
def efficiency(tmp_path_factory):
    return replayed(tmp_path_factory.mktemp("past"), p_win=P_WIN).efficiency


def curve(efficiency, order):
    return next(one for one in efficiency.curves if one.order == order)


def test_all_orders_are_over_the_deals_with_a_probability(efficiency):
    assert (efficiency.deals, efficiency.hours_deals, efficiency.money_deals) == (7, 7, 7)
    assert [one.order for one in efficiency.curves] == [
        "pursue_all", "knockouts", "scorecard", "model", "expected_value",
        "knockouts_then_model", "best_possible",
    ]  # fmt: skip


def test_the_model_works_the_likely_deals_first(efficiency):
    track = curve(efficiency, "model").wins_by_deals
    assert track.kept[100] == 1
    assert track.enough_at.value == pytest.approx((2 + 0.7) / 7)  # the first three were won
    assert track.marks[0].value == pytest.approx(0.25 * 7 / 3)


def test_knockouts_alone_work_what_passes_then_the_rest(efficiency):
    track = curve(efficiency, "knockouts").wins_by_deals
    passed = np.array([0, 3, 4, 7]) / 7, np.array([0, 1, 1, 3]) / 3  # D1 D2 D5, D7, the rest
    assert track.kept == pytest.approx(np.interp(np.linspace(0, 1, 101), *passed))


def test_the_best_possible_is_best_on_every_pair_of_axes(efficiency):
    best = curve(efficiency, "best_possible")
    assert best.wins_by_deals.kept[43] == 1
    assert best.value_by_deals.marks[0].value == pytest.approx((100 + 0.75 * 50) / 190)
    assert best.value_by_hours.kept[100] == 1
    assert max(best.net_by_deals) == pytest.approx(60 + 40 + 20, abs=5)


def test_a_policy_stands_where_its_own_answers_put_it(efficiency):
    stopped = efficiency.if_stopped
    assert stopped.deals.value == pytest.approx(1 / 7)  # D1 only: the others are unlikely
    assert stopped.wins.value == pytest.approx(1 / 3)
    assert stopped.hours.value == pytest.approx(20 / 75)
    assert stopped.value.value == pytest.approx(100 / 190)
    assert stopped.net.value == 60
    assert efficiency.if_pursued.deals.value == pytest.approx(2 / 7)


CLUSTERS = {"D1": 0, "D2": 0, "D3": 1, "D4": 1, "D5": 2, "D6": 2, "D7": 3, "D8": 4}
HOURS = {"D1": 20, "D2": 10, "D3": 5, "D4": 10, "D5": 10, "D7": 10, "D8": 10}


def by_hand(kept, told, figure, *, n_draws=20_000):
    """Return the interval of a share kept, accounts drawn one after the other, and its figure."""
    random = np.random.default_rng(1)
    members = [[one for one, at in CLUSTERS.items() if at == n and one in told] for n in range(5)]
    shares = []
    for _ in range(n_draws):
        deals = [one for n in random.integers(5, size=5) for one in members[n]]
        total = sum(figure(one) for one in deals)
        if total:
            shares.append(sum(figure(one) for one in deals if one in kept) / total)
    return np.quantile(shares, (0.05, 0.95))


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("deals", lambda deal: 1),
        ("wins", lambda deal: deal in ("D1", "D3", "D8")),
        ("hours", lambda deal: HOURS[deal]),
    ],
)
def test_its_intervals_are_those_of_accounts_drawn_again(efficiency, name, figure):
    found = getattr(efficiency.if_stopped, name)
    assert found.low <= found.value <= found.high
    expected = by_hand({"D1"}, HOURS, figure)
    assert (found.low, found.high) == pytest.approx(expected, abs=0.03)


def test_over_all_deals_pursued_they_are_the_intervals_of_what_the_policy_keeps(found):
    for name in ("if_stopped", "if_pursued"):
        point, effect = getattr(found.efficiency, name), getattr(found.policy, name)
        assert point.wins == effect.wins_kept_share
        assert point.value == effect.won_value_kept_share
        assert point.net == effect.kept.value
        for work, saved in (
            (point.deals, effect.deals_saved_share),
            (point.hours, effect.hours_saved_share),
        ):
            assert (work.value, work.low, work.high) == pytest.approx(
                (1 - saved.value, 1 - saved.high, 1 - saved.low)
            )


def test_over_fewer_deals_they_are_their_own(efficiency, found):
    """Nobody knows the chance of D6: neither figure nor interval counts it."""
    point, others = efficiency.if_pursued.deals, found.efficiency.if_pursued.deals
    assert (point.value, others.value) == pytest.approx((2 / 7, 5 / 8))
    assert (point.low, point.high) == pytest.approx(by_hand({"D1", "D7"}, HOURS, bool), abs=0.03)
    assert (others.low, others.high) == pytest.approx(
        by_hand({"D1", "D2", "D5", "D6", "D7"}, CLUSTERS, bool), abs=0.03
    )


def test_without_probabilities_only_rules_and_points_make_an_order(found):
    assert found.efficiency.deals == 8
    assert [one.order for one in found.efficiency.curves] == [
        "pursue_all", "knockouts", "scorecard", "best_possible",
    ]  # fmt: skip
    assert found.efficiency.money_deals == 7
