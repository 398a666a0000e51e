"""One deal alone gets the decision that it gets in a batch, to the last bit."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from features import Deal, DealTable, parse_policy
from models.knockouts import judge_policy
from models.one_deal import Rules, fields_of_value
from models.qualifier import FEW_DEALS, Qualifier
from models.scorecard import add_points
from tests.asked_worlds import policy_of
from tests.unit.models.conftest import random_deals

DAY = date(2026, 1, 5)


def alike(one, other):
    """Return whether two decisions are the same, NaN included."""
    return repr(one) == repr(other)


@pytest.fixture(scope="module")
def deals(shop_deals):
    odd = [
        {},
        {"fit": 1e9, "sector": "never met"},
        {"fit": -0.0, "risk": 2.0, "budget": True},
        {"fit": float(np.nextafter(0, 1)), "sector": "a"},
    ]
    return [*shop_deals[0][:60], *(Deal(id="odd", as_of=DAY, facts=facts) for facts in odd)]


@pytest.mark.parametrize("alone", [True, False])
def test_one_deal_is_decided_as_in_a_batch(qualifier, shop_policy, deals, alone):
    judge = Qualifier(shop_policy) if alone else qualifier
    together = judge.decide(deals)
    assert len(deals) > FEW_DEALS
    for deal, decided in zip(deals, together, strict=True):
        assert alike(judge.decide([deal])[0], decided)


def test_the_check_would_notice_the_last_bit(qualifier, deals):
    (one,) = qualifier.decide(deals[:1])
    moved = replace(one.estimate, p_win=float(np.nextafter(one.estimate.p_win, 1)))
    assert not alike(one, replace(one, estimate=moved))


def test_rules_of_one_deal_come_to_what_a_batch_says(shop_policy, deals):
    table = DealTable.of(deals, shop_policy.fields)
    verdict, points = judge_policy(shop_policy, table), add_points(shop_policy, table)
    for row, deal in enumerate(deals):
        rules = Rules.of(shop_policy, deal)
        for name in ("refused", "open", "conditional"):
            assert getattr(rules.policy_verdict(), name)[0] == getattr(verdict, name)[row]
        for name in ("earned", "lowest", "highest", "undecided"):
            assert getattr(rules.points(), name)[0] == getattr(points, name)[row]


def test_only_fields_of_the_money_are_looked_at():
    assert set(fields_of_value(policy_of())) == {"sector"}


@pytest.mark.parametrize("share", [0.1, 0.4])
def test_who_is_explored_is_so_alone_and_in_a_batch(share):
    text = policy_of(go_at="{p_win: 0.5, points: 4}").text
    text = text.replace("go_at:", f"exploration: {{share: {share}, most_hours: 70}}, go_at:")
    judge = Qualifier(parse_policy(text.encode()))
    deals = [
        Deal(id=f"D{n}", as_of=DAY, facts={"size": 1.0 + n % 4, "broke": False, "rank": "low"})
        for n in range(60)
    ]
    together = judge.decide(deals)
    assert len({one.exploration.explored for one in together}) == 2
    for deal, decided in zip(deals, together, strict=True):
        assert alike(judge.decide([deal])[0], decided)


def test_answers_met_before_change_nothing(qualifier):
    first, _ = random_deals(30, seed=8)
    fresh = Qualifier(qualifier.policy, qualifier.model)
    assert [fresh.decide([one])[0] for one in first] == [
        qualifier.decide([one])[0] for one in reversed(first)
    ][::-1]
