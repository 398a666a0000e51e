"""From open deals to a plan: who is in it, what is asked, and what changes nothing."""

import pytest

from features.errors import EvidenceError, InputError
from reports.plan.report import Plan
from tests.unit.reports.plans import DEALS, EMPTY, EXPLORING, POLICY, deal, planned

FOUND = planned()


def ids(deals):
    return [one.deal.id for one in deals]


def test_each_deal_stands_where_it_belongs():
    assert ids(FOUND.chosen) == ["B", "C"]  # 40 hours of presales are for two
    assert ids(FOUND.no_room) == ["A"]
    assert ids(FOUND.find_out) == ["perhaps"]
    assert sorted(ids(FOUND.unknown)) == ["no-hours", "no-margin"]
    assert ids(FOUND.no_value) == ["dear"]
    assert [one.id for one in FOUND.refused] == ["insolvent", "poor"]
    assert FOUND.deals == len(DEALS)


def test_sums_are_those_of_the_deals():
    assert FOUND.value == pytest.approx(sum(one.value for one in FOUND.chosen))
    assert (FOUND.bound, FOUND.gap) == (pytest.approx(FOUND.value), 0)
    assert FOUND.promise.value == pytest.approx(FOUND.value)
    assert FOUND.hours == 60
    presales = FOUND.capacities[0]
    assert (presales.role, presales.there, presales.used, presales.wanted) == (
        "presales", 40, 40, 60,
    )  # fmt: skip
    assert FOUND.chosen[0].hours_by_role == {"presales": 20, "engineer": 10}


def test_a_no_says_what_it_makes_room_for():
    left = FOUND.no_room[0]
    assert ids([left]) == ["A"]
    assert [one.id for one in left.displaced] == ["C"]
    worse = FOUND.chosen[1].value - left.value
    assert (left.loss, left.is_exact) == (pytest.approx(worse), True)
    assert left.hours_worth == pytest.approx(FOUND.capacities[0].price * 20)
    assert left.hours_worth >= left.value


def test_conditions_and_questions_are_shown():
    assert [text.en for text in FOUND.chosen[0].conditions] == ["A later date"]
    assert FOUND.chosen[1].conditions == ()
    assert FOUND.find_out[0].find_out == ("solvent",)
    assert FOUND.find_out[0].questions[0].fr == "Solvable"
    asked = {one.deal.id: one for one in FOUND.unknown}
    assert asked["no-margin"].find_out == ("margin",)
    assert asked["no-margin"].lowest == -2_800  # a margin of at least 0, by the policy
    assert asked["no-margin"].highest > 0
    assert asked["no-hours"].lowest is None  # hours without an end
    assert asked["no-hours"].find_out == ("engineer",)


def test_a_policy_alone_says_that_it_assumes():
    assert FOUND.assumed
    assert (FOUND.evidence_level, FOUND.closed_deals) == ("none", 0)
    assert FOUND.promise.comparable_value is None
    assert FOUND.not_counted == ("contacts", "default risk")


def test_what_was_spent_and_names_change_nothing_of_it():
    spent = tuple(deal(one.id, **{**one.facts, "spent": 1e6 * place})
                  for place, one in enumerate(DEALS)
                  if one.id in {"A", "B", "C"})  # fmt: skip
    plain = tuple(one for one in DEALS if one.id in {"A", "B", "C"})
    assert planned(spent) == planned(plain)
    named = planned(names=[f"Press {place}" for place in range(len(DEALS))])
    assert [one.deal.name for one in named.chosen] == ["Press 1", "Press 2"]


def test_drawn_deals_stand_apart_and_take_their_hours_first():
    found = planned(policy=EXPLORING)
    (drawn,) = found.drawn
    assert (drawn.deal.id, drawn.hours, drawn.propensity) == ("poor", 30, 0.5)
    assert drawn.hours_by_role == {"presales": 20, "engineer": 10}
    assert [one.id for one in found.refused] == ["insolvent"]
    assert ids(found.chosen) == ["B"]  # 20 of the 40 hours of presales are left
    presales = found.capacities[0]
    assert (presales.there, presales.drawn, presales.used) == (40, 20, 20)
    assert found.exploration.hours == 30
    assert found.exploration.value == drawn.value
    assert found.exploration.foregone == pytest.approx(FOUND.value - found.value)
    assert found.exploration.cost == pytest.approx(FOUND.value - found.value - drawn.value)


def test_the_choice_is_that_of_a_capacity_which_lacks_the_drawn_hours():
    found, reduced = planned(policy=EXPLORING), planned(hours={"presales": 20.0})
    assert (found.chosen, found.no_room) == (reduced.chosen, reduced.no_room)
    assert (found.value, found.bound, found.promise) == (
        reduced.value, reduced.bound, reduced.promise,
    )  # fmt: skip
    assert found.chosen != FOUND.chosen  # a plan that ignores them would be another


def test_nothing_is_drawn_where_the_policy_explores_nothing():
    assert (FOUND.drawn, FOUND.exploration) == ((), None)
    assert FOUND.capacities[0].drawn == 0
    nothing = planned(policy=EXPLORING.replace("share: 0.5", "share: 0"))
    assert nothing.to_data() == FOUND.to_data()


def test_what_does_not_fit_is_refused_as_before_and_counted():
    tight = planned(policy=EXPLORING, hours={"presales": 19.0})
    assert (tight.drawn, tight.exploration.left_out) == ((), 1)
    assert [one.id for one in tight.refused] == ["insolvent", "poor"]
    unknown = planned((deal("A"), deal("poor", fit="poor", engineer=None)), policy=EXPLORING,
                      hours={None: 500.0})  # fmt: skip
    assert (unknown.drawn, unknown.exploration.left_out) == ((), 1)
    assert planned(policy=EXPLORING, most_deals=0).drawn == ()


def test_a_drawn_deal_keeps_its_conditions_and_may_have_no_known_value():
    found = planned(
        (deal("A"), deal("poor", fit="poor", load=120.0, margin=None)), policy=EXPLORING
    )
    (drawn,) = found.drawn
    assert [text.en for text in drawn.conditions] == ["A later date"]
    assert drawn.value is None
    assert (found.exploration.value, found.exploration.unknown) == (0, 1)


def test_hours_that_are_given_win_over_the_policy():
    more = planned(hours={"presales": 60.0})
    assert ids(more.chosen) == ["B", "C", "A"]
    assert more.capacities[0].price == 0
    assert ids(planned(most_deals=1).chosen) == ["B"]
    assert planned(hours={None: 0.0}).chosen == ()


def test_without_ids_deals_are_told_by_their_rows():
    found = planned((deal(None, margin=1e4), deal(None)))
    assert ids(found.chosen) == ["2", "1"]


def test_a_policy_that_lacks_money_or_odds_is_told_what_to_write():
    with pytest.raises(InputError, match="what a deal is worth"):
        planned(policy=POLICY.replace("margin: {field: margin}", "revenue: {field: margin}"))
    criteria = POLICY[POLICY.index("criteria:") : POLICY.index("knockouts:")]
    bare = POLICY.replace(criteria, "").replace(", points: 10", "")
    with pytest.raises(EvidenceError, match="nothing gives a probability"):
        planned(policy=bare)


def test_nothing_is_planned_of_nothing():
    with pytest.raises(InputError, match="nothing to plan"):
        planned(())


def test_the_json_twin_reads_back_as_the_same_plan():
    assert Plan.model_validate(FOUND.to_data()) == FOUND
    explored = planned(policy=EXPLORING)
    assert Plan.model_validate(explored.to_data()) == explored
    assert EMPTY.chosen == ()
    assert (EMPTY.value, EMPTY.gap) == (0, 0)
