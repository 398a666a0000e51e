"""From open deals to a plan: who is in it, what is asked, and what changes nothing."""

import pytest

from features.errors import EvidenceError, InputError
from reports.plan import Plan
from tests.unit.reports.plans import DEALS, EMPTY, POLICY, deal, planned

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
    assert EMPTY.chosen == ()
    assert (EMPTY.value, EMPTY.gap) == (0, 0)
