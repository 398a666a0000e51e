"""Knockouts by effect and segment, criteria by group, and all that is said of each."""

from dataclasses import replace
from datetime import date

import pytest

from features.policy import Period, WaiverTerms
from reports.policy_rules import criterion_groups, knockout_groups, period, scale, waiver_in_words

SPACE = "\N{NO-BREAK SPACE}"


def entry(groups, name):
    return next(one for group in groups for one in group.knockouts if one.id == name)


def notes(one):
    return {note.about: note.text for note in one.notes}


def test_knockouts_that_refuse_come_first_and_those_for_every_deal_before_segments(machines):
    groups = knockout_groups(machines, "en")
    assert [(group.refuses, group.segment) for group in groups] == [
        (True, "Every deal"), (True, "Complex offers or Goods"), (False, "Goods"),
    ]  # fmt: skip
    assert groups[1].scope == (
        "Amount of the offer: at least €100,000 or Deliverable: equipment or parts"
    )
    assert sum(len(group.knockouts) for group in groups) == len(machines.knockouts)


def test_a_knockout_says_when_who_and_what_unknown_means(machines):
    groups = knockout_groups(machines, "en")
    insolvent = entry(groups, "insolvent")
    assert insolvent.lines == ("Financial health: distressed",)
    assert notes(insolvent) == {
        "If not known": "refused until it is known",
        "Owner": "credit control",
        "Waiver": f"head of sales or CFO, for at most 30{SPACE}days",
    }
    prepayment = entry(groups, "prepayment")
    assert prepayment.condition == "Prepayment"
    assert notes(prepayment)["Waiver"] == "nobody may waive it"
    assert notes(prepayment)["If not known"] == "find out before deciding"
    too_late = entry(groups, "too_late")
    assert too_late.when == "When all of these hold"
    assert "Tested" in notes(too_late)
    assert entry(groups, "crowded_or_poor").when == "When any of these holds"


@pytest.mark.parametrize(
    ("start", "until", "english", "french"),
    [
        (date(2026, 3, 1), None, "from 1~March 2026", "à partir du 1er~mars 2026"),
        (None, date(2026, 3, 2), "until 2~March 2026", "jusqu'au 2~mars 2026"),
        (
            date(2026, 1, 1), date(2026, 12, 31),
            "from 1~January 2026 until 31~December 2026",
            "du 1er~janvier 2026 au 31~décembre 2026",
        ),
    ],
)  # fmt: skip
def test_days_of_effect_in_words(start, until, english, french):
    given = {"from": start, "until": until}
    days = Period.model_validate({name: day for name, day in given.items() if day})
    assert period(days, "en") == english.replace("~", SPACE)
    assert period(days, "fr") == french.replace("~", SPACE)
    assert period(None, "fr") == ""


def test_a_waiver_of_one_day_is_singular(machines):
    rule = replace(machines.knockouts[0], waiver=WaiverTerms(by=("CFO",), days=1))
    assert waiver_in_words(rule, "fr") == f"CFO, pour 1{SPACE}jour au plus"


def test_criteria_stand_by_group_with_their_best_points(machines):
    groups = criterion_groups(machines, "fr")
    assert [group.title for group in groups] == [
        "Budget", "Risque", "Concurrence", "Domaine d'emploi", "Autres critères",
    ]  # fmt: skip
    assert [group.best for group in groups][:2] == ["au mieux +15", "au mieux +10"]


def test_a_criterion_says_each_case_and_what_unknown_is_worth(machines):
    groups = criterion_groups(machines, "en")
    by_id = {one.id: one for group in groups for one in group.criteria}
    budget = by_id["budget_covers"]
    assert [case.points for case in budget.cases] == [-10, 5, 15]  # its bands leave nothing over
    assert budget.unknown == "−2 meanwhile"
    health = by_id["known_health"]
    assert (health.cases[-1].when, health.cases[-1].points) == ("otherwise", -15)
    assert health.unknown == "to complete"
    assert by_id["alone"].note == "the past decides which way it counts"
    assert by_id["big"].note is None
    assert len(by_id["big"].cases) == 1


def test_the_scale_holds_zero_and_every_criterion(machines):
    assert scale(machines) == (-15, 15)
