"""The whole replay of eight deals, every figure counted by hand."""

import pytest

from features import EvidenceError, parse_policy
from tests.unit.training.replay.small_past import DAY, DEALS, POLICY, VALUES, odds, read, replayed
from training.replay.report import read_alike, replay

NO_MONEY = POLICY[: POLICY.index("economics:")] + POLICY[POLICY.index("decision: {go") :]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return replayed(tmp_path_factory.mktemp("past"))


def test_the_population_is_told_apart(found):
    told = found.population
    assert (told.on_file, told.pursued, told.declined, told.open, told.unrecorded) == (
        12, 8, 2, 1, 1,
    )  # fmt: skip
    assert (told.won, told.lost, told.no_decision) == (4, 3, 1)
    assert told.accounts == 5  # A, B, C, and two deals without one
    assert (told.first_day, told.last_day) == ("2025-01-01", "2025-01-08")


def test_hours_are_those_of_the_file_or_else_the_estimate(found):
    assert (found.hours, found.hours_actual, found.hours_estimated) == ("mixed", 3, 5)
    assert found.everything.hours.value == 20 + 5 + 10 + 5 * 10
    assert (found.currency, found.counts_money, found.money_unknown) == ("EUR", True, 1)


def test_every_deal_has_the_recommendation_counted_by_hand(found):
    sides = [getattr(found.policy, kind) for kind in ("go", "conditional_go", "find_out", "no_go")]
    assert [side.deals.value for side in sides] == [2, 1, 2, 3]
    assert [side.won.value for side in sides] == [1, 0, 1, 2]


def test_deals_to_find_out_are_bounded_by_all_stopped_and_all_pursued(found):
    stopped, pursued = found.policy.if_stopped, found.policy.if_pursued
    assert (stopped.kept.deals.value, pursued.kept.deals.value) == (3, 5)
    assert stopped.kept.value.value == VALUES["D1"] + VALUES["D2"] + VALUES["D5"]
    assert pursued.kept.value.value == stopped.kept.value.value + VALUES["D7"]
    assert (stopped.kept.money_unknown, pursued.kept.money_unknown) == (0, 1)
    assert stopped.saved.hours.value == 5 + 10 + 10 + 10 + 10
    assert (stopped.wins_kept_share.value, pursued.wins_kept_share.value) == (0.25, 0.5)
    assert stopped.won_value_kept_share.value == 100 / (100 + 50 + 40)
    assert stopped.win_rate.value == 1 / 3


def test_net_benefit_is_what_the_deals_left(found):
    benefit = found.policy.net_benefit
    assert benefit.pursue_all.value == sum(VALUES.values()) == 40
    assert benefit.people == benefit.pursue_all
    assert benefit.pursue_none.value == 0
    assert benefit.best_possible.value == 60 + 40 + 20
    assert benefit.if_stopped.value == 20


def test_wins_lost_are_named_the_most_valuable_first(found):
    three, eight = found.policy.lost_wins
    assert (three.id, three.name, three.account) == ("D3", "Three", "B")
    assert (three.revenue, three.value, three.hours) == (100, 40, 5)
    assert (three.as_of, three.closed_on) == ("2025-01-03", "2025-02-03")
    assert three.where.endswith("deals.csv:4")
    assert [(one.kind, one.id) for one in three.stopped_by] == [("knockout", "insolvent")]
    assert [(one.kind, one.id) for one in eight.stopped_by] == [("knockout", "tender")]
    (six,) = found.policy.asked_wins
    assert (six.id, six.revenue, six.value) == ("D6", None, None)
    assert [(one.kind, one.id) for one in six.stopped_by] == [("unknown_knockout", "very_large")]


def test_a_knockout_is_told_by_what_it_does_alone_and_given_the_others(found):
    insolvent, tender, very_large = found.policy.knockouts
    assert [one.fires.deals for one in found.policy.knockouts] == [2, 2, 1]
    assert [one.unknown.deals for one in found.policy.knockouts] == [1, 0, 1]
    assert (insolvent.alone.deals, insolvent.alone.won, insolvent.alone.value) == (1, 1, 40)
    assert (tender.alone.deals, tender.alone.won, very_large.alone.deals) == (1, 1, 0)
    assert insolvent.value_back.value == 40
    assert [(m.before, m.after, m.deals.deals) for m in insolvent.dropped] == [
        ("find_out", "go", 1), ("no_go", "go", 1),
    ]  # fmt: skip
    assert [(m.before, m.after, m.deals.deals) for m in very_large.dropped] == [
        ("conditional_go", "go", 1), ("find_out", "go", 1),
    ]  # fmt: skip


def test_knockouts_that_fire_together_are_a_set_of_their_own(found):
    told = {both.knockouts: both for both in found.policy.combinations}
    assert {names: both.fires.deals for names, both in told.items()} == {
        ("insolvent",): 1, ("tender",): 1, ("insolvent", "tender"): 1, ("very_large",): 1,
    }  # fmt: skip
    both = told["insolvent", "tender"]
    assert (both.alone.deals, both.alone.lost) == (1, 1)
    assert found.policy.other_combinations is None


def test_a_threshold_that_a_win_misses_is_named_with_what_it_reached(tmp_path):
    found = replayed(tmp_path, p_win=[0.1, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.2])
    stopped = {one.id: one.stopped_by for one in found.policy.lost_wins}
    (missed,) = stopped["D1"]
    assert (missed.kind, missed.reached, missed.threshold) == ("p_win", 0.1, 0.3)
    assert [one.kind for one in stopped["D8"]] == ["knockout", "p_win"]
    assert found.policy.knockouts[1].alone.deals == 0  # D8 is unlikely as well


def test_without_money_or_hours_nothing_is_said_of_them_and_nothing_is_zero(tmp_path):
    found = replayed(tmp_path, policy_text=NO_MONEY.replace("  hours_spent: Hours\n", ""))
    assert (found.hours, found.hours_unknown, found.counts_money) == ("none", 8, False)
    side = found.policy.no_go
    assert (side.hours, side.cost, side.value, found.policy.net_benefit) == (None,) * 4
    assert found.policy.knockouts[0].fires.value is None
    assert found.policy.knockouts[0].value_back is None
    assert all(curve.value_by_hours is None for curve in found.efficiency.curves)


def test_the_swap_set_names_the_wins_that_move(tmp_path):
    against = POLICY.replace("insolvent: true", "insolvent: false")
    found = replayed(tmp_path, against=against)
    swap = found.swap
    assert [one.id for one in swap.wins_lost] == ["D3"]
    assert [one.id for one in swap.wins_back] == ["D1", "D6"]
    assert (swap.wins_lost[0].before, swap.wins_lost[0].recommendation) == ("go", "no_go")
    assert (swap.newly_stopped.deals, swap.newly_kept.deals) == (1, 4)
    assert (swap.stopped_by_both.deals, swap.kept_by_both.deals) == (2, 1)
    assert swap.stopped_gain.value == -3
    assert swap.hours_saved_gain.value == 5 - (20 + 10 + 10 + 10)
    assert swap.net_benefit_gain.value == 60 - 20 - 20 - 40
    assert found.against.name == "small"


def test_the_money_of_the_other_policy_counts_where_the_first_has_none(tmp_path):
    found = replayed(tmp_path, policy_text=NO_MONEY, against=POLICY)
    assert found.currency == "EUR"
    assert found.policy.net_benefit.pursue_all.value == 40


def test_one_account_has_no_interval(tmp_path):
    text = "\n".join(DEALS.splitlines()[:3])
    policy, on_file = read(tmp_path, deals=text + "\n")
    figure = replay(on_file, policy, as_of=DAY, probabilities=[odds([0.5, 0.5], ())])
    assert (figure.policy.go.deals.low, figure.policy.go.deals.high) == (None, None)


def test_a_file_without_a_past_is_refused(tmp_path):
    policy, on_file = read(
        tmp_path, deals="\n".join([DEALS.splitlines()[0], *DEALS.splitlines()[9:]])
    )
    with pytest.raises(EvidenceError, match="no deal of the file was pursued"):
        replay(on_file, policy, as_of=DAY)


def test_policies_that_read_other_deals_are_refused_and_can_be_made_to_read_alike(tmp_path):
    policy, on_file = read(tmp_path)
    other = POLICY.replace("lost: [Lost]", "lost: [Lost, Declined]").replace(
        ", declined_by_us: [Declined]", ""
    )
    strange, beside = read(tmp_path, other)
    given = [odds([0.5] * 8), odds([0.5] * 10, [0.5])]
    with pytest.raises(EvidenceError, match="different deals"):
        replay(on_file, policy, as_of=DAY, against=(beside, strange), probabilities=given)
    assert read_alike(parse_policy(other.encode()), policy).deals == policy.deals
