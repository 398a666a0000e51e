"""The whole replay of eight deals, every figure counted by hand."""

import pytest

from features import EvidenceError, parse_policy
from tests.unit.training.replay.small_past import DAY, DEALS, POLICY, VALUES, odds, read, replayed
from training.replay.report import read_alike, replay

NO_MONEY = POLICY[: POLICY.index("economics:")] + POLICY[POLICY.index("decision: {go") :]


def test_hours_are_those_of_the_file_or_else_the_estimate(found):
    assert (found.hours, found.hours_actual, found.hours_estimated) == ("mixed", 3, 5)
    assert found.everything.hours.value == 20 + 5 + 10 + 5 * 10
    assert (found.currency, found.counts_money, found.money_unknown) == ("EUR", True, 1)


def test_net_benefit_is_what_the_deals_left(found):
    benefit = found.policy.net_benefit
    assert benefit.pursue_all.value == sum(VALUES.values()) == 40
    assert benefit.people == benefit.pursue_all
    assert benefit.pursue_none.value == 0
    assert benefit.best_possible.value == 60 + 40 + 20
    assert benefit.if_stopped.value == 20


def test_without_money_or_hours_nothing_is_said_of_them_and_nothing_is_zero(tmp_path):
    found = replayed(tmp_path, policy_text=NO_MONEY.replace("  hours_spent: Hours\n", ""))
    assert (found.hours, found.hours_unknown, found.counts_money) == ("none", 8, False)
    side = found.policy.no_go
    assert (side.hours, side.cost, side.value, found.policy.net_benefit) == (None,) * 4
    assert found.policy.knockouts[0].fires.value is None
    assert found.policy.knockouts[0].value_back is None
    assert all(curve.value_by_hours is None for curve in found.efficiency.curves)


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
