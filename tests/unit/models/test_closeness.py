"""How sure a recommendation is: close calls, and values that a fifth more cost would turn."""

from dataclasses import replace
from datetime import date

import pytest

from features import Deal
from features.policy import GoAt
from models.closeness import CHANGE, closeness, deciding_levels
from models.evidence import Band
from models.qualifier import Qualifier
from models.reasons import reasons_for
from tests.unit.models.test_contributions import WORTH

ZERO = GoAt(expected_value=0.0)


@pytest.fixture
def estimate(qualifier):
    """Return an estimate of 50 %, with 20 of 40 comparable deals won: 37 to 63 %."""
    (decision,) = qualifier.decide([Deal(as_of=date(2026, 1, 5), facts={"fit": 1.0})])
    return replace(decision.estimate, p_win=0.5, band=Band(1.0, 40, 20))


def worth(p_win=0.5, if_won=20_000.0, cost=8_000.0):
    value = p_win * if_won - cost
    return replace(
        WORTH, if_won=if_won, remaining_cost=cost, expected_value=value, lowest=value,
        highest=value, break_even=cost / if_won,
    )  # fmt: skip


def told(estimate, money, go_at):
    return [(r.code.value, r.about, r.fact) for r in closeness(estimate, money, go_at)]


def test_a_threshold_within_the_interval_of_comparable_deals_is_a_close_call(estimate):
    low, high = estimate.band.interval
    assert (round(low, 2), round(high, 2)) == (0.37, 0.63)
    assert told(estimate, None, GoAt(p_win=0.45)) == [("CLOSE_CALL", "go_at", 0.45)]
    assert told(estimate, None, GoAt(p_win=low)) == [("CLOSE_CALL", "go_at", low)]
    assert told(estimate, None, GoAt(p_win=0.3)) == told(estimate, None, GoAt(p_win=0.7)) == []
    (one,) = closeness(estimate, None, GoAt(p_win=0.45))
    assert one.figures == {"at": 0.45, "p_win": 0.5, "low": low, "high": high,
                           "deals": 40, "won": 20}  # fmt: skip


def test_so_is_a_break_even_and_the_probability_at_which_the_asked_value_is_reached(estimate):
    assert deciding_levels(worth(), ZERO) == {"break_even": 0.4}
    assert ("CLOSE_CALL", "break_even", 0.4) in told(estimate, worth(), ZERO)
    asked = GoAt(expected_value=2_000.0)
    assert deciding_levels(worth(), asked) == {"break_even": 0.5}
    assert ("CLOSE_CALL", "break_even", 0.5) in told(estimate, worth(), asked)
    cheap = worth(cost=1_000.0)
    assert told(estimate, cheap, ZERO) == []
    assert deciding_levels(worth(), GoAt(p_win=0.45)) == {"go_at": 0.45}  # money does not decide


def test_where_one_threshold_settles_it_the_other_is_no_close_call(estimate):
    both = GoAt(p_win=0.7, expected_value=0.0)
    assert told(estimate, worth(), both) == []
    never = worth(if_won=-5.0)
    assert told(estimate, never, GoAt(p_win=0.45, expected_value=0.0)) == []


def test_nothing_is_close_to_a_threshold_that_always_or_never_holds(estimate):
    sure = replace(estimate, band=Band(1.0, 0, 0))
    assert told(sure, worth(cost=0.0), ZERO) == []
    assert told(sure, None, GoAt(p_win=0.0)) == told(sure, None, GoAt(p_win=1.0)) == []
    assert told(replace(estimate, band=None), None, GoAt(p_win=0.45)) == []


@pytest.mark.parametrize(
    ("cost", "about"),
    [
        (8_000.0, []),  # 10,000 - 9,600 = 400, and 8,000 - 8,000 = 0: still worth it
        (8_500.0, [("remaining_cost", 0.2), ("if_won", -0.2)]),
        (8_200.0, [("if_won", -0.2)]),  # 10,000 - 9,840 = 160
        (11_000.0, [("remaining_cost", -0.2), ("if_won", 0.2)]),
        (12_500.0, [("remaining_cost", -0.2)]),  # 10,000 - 10,000 = 0: just worth it
    ],
)
def test_a_value_that_a_fifth_turns_is_sensitive(estimate, cost, about):
    found = [(who, fact) for code, who, fact in told(estimate, worth(cost=cost), ZERO)
             if code == "VALUE_SENSITIVE"]  # fmt: skip
    assert found == about


def test_it_agrees_with_the_recommendation_for_the_changed_numbers(estimate):
    """Brute force: the reason is there just where the value asked for is on the other side."""
    turned = 0
    for cost in range(1_000, 20_000, 250):
        for asked in (-3_000.0, 0.0, 3_000.0):
            money, go_at = worth(cost=float(cost)), GoAt(expected_value=asked)
            expected = {
                about
                for about, changes in (("remaining_cost", (0.0, CHANGE)), ("if_won", (CHANGE, 0)))
                for sign in (1, -1)
                if (0.5 * 20_000 * (1 + sign * changes[0]) - cost * (1 + sign * changes[1])
                    >= asked) is not (money.expected_value >= asked)
            }  # fmt: skip
            found = {r.about for r in closeness(estimate, money, go_at)
                     if r.code == "VALUE_SENSITIVE"}  # fmt: skip
            assert found == expected, (cost, asked)
            turned += bool(found)
    assert turned > 20


def test_a_value_that_does_not_decide_is_not_sensitive(estimate):
    close = worth(cost=9_000.0)
    assert told(estimate, close, GoAt(p_win=0.1)) == []
    unlikely = told(estimate, close, GoAt(p_win=0.55, expected_value=0.0))
    assert [code for code, *_ in unlikely] == ["CLOSE_CALL", "CLOSE_CALL"]
    unknown = replace(close, expected_value=None, if_won=None)
    assert told(estimate, unknown, ZERO) == []


def test_it_is_said_only_where_the_recommendation_hangs_on_the_estimate(qualifier):
    def codes(estimate=None, **facts):
        (decision,) = qualifier.decide([Deal(as_of=date(2026, 1, 5), facts=facts)])
        near = replace(decision.estimate, p_win=0.5, band=Band(1.0, 40, 20), **(estimate or {}))
        found = reasons_for(facts, knockouts=decision.knockouts, scorecard=decision.scorecard,
                            estimate=near, worth=worth(cost=9_000.0),
                            go_at=GoAt(p_win=0.45, expected_value=0.0))  # fmt: skip
        return {r.code for r in found} & {"CLOSE_CALL", "VALUE_SENSITIVE"}

    known = {"fit": 1.0, "risk": 0.0, "budget": True}
    assert codes(**known) == {"CLOSE_CALL", "VALUE_SENSITIVE"}
    assert codes(**known | {"risk": 3.0}) == set()  # refused
    assert codes(budget=True) == set()  # too little is known
    assert codes({"level": "none"}, **known) == set()  # the points decide


def test_neither_changes_the_recommendation(qualifier, shop_deals):
    """A close call goes just where its threshold says, and there are such calls on both sides."""
    sides = set()
    for decision in Qualifier(qualifier.policy, qualifier.model).decide(shop_deals[0]):
        for reason in (one for one in decision.reasons if one.code == "CLOSE_CALL"):
            low = reason.figures["p_win"] < reason.figures["at"]
            assert (decision.recommendation == "no_go") is low
            sides.add(low)
    assert sides == {True, False}
