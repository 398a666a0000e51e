"""Past deals: what none or all of them meet, and what nobody ever answered."""

from datetime import date

import pytest

RULE = """
    criteria:
      - id: rule
        when: {condition}
        points: 5
        label: {{en: "A rule", fr: "Une règle"}}
"""
FOUND = {"MET_BY_NO_DEAL", "MET_BY_ALL_DEALS", "BEYOND_OBSERVED_RANGE", "RARELY_KNOWN",
         "TESTED_ANSWER_NEVER_SEEN", "LISTED_ANSWER_NEVER_SEEN", "ANSWER_NOT_LISTED"}  # fmt: skip


def told(found):
    return {code for code, _ in found} & FOUND


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("{amount: {above: 40000}}", set()),
        ("{amount: {above: 400000}}", {"MET_BY_NO_DEAL"}),
        ("{amount: {above: 400001}}", {"MET_BY_NO_DEAL", "BEYOND_OBSERVED_RANGE"}),
        ("{amount: {at_least: 18000}}", {"MET_BY_ALL_DEALS"}),
        ("{any: [{amount: {above: 40000}}, {amount: {below: 9}}]}", {"BEYOND_OBSERVED_RANGE"}),
        ("{region: [North, Nort]}", {"TESTED_ANSWER_NEVER_SEEN"}),
        ("{region: Nort}", {"MET_BY_NO_DEAL", "TESTED_ANSWER_NEVER_SEEN"}),
        ("{region: [North, South, East]}", {"MET_BY_ALL_DEALS"}),
    ],
)
def test_a_rule_is_held_against_the_past(lines, condition, expected):
    found = lines(RULE.format(condition=condition), deals=True)
    assert told(found) == expected
    assert all(line == f"when: {condition}" for code, line in found if code in expected)


def test_without_deals_nothing_is_said_of_the_past(lines):
    assert not told(lines(RULE.format(condition="{amount: {above: 400001}}")))


def test_a_fact_that_nobody_records_is_told_as_that_only(lint):
    found = lint(RULE.format(condition="{need: clear, budget: true}"), deals=True, budget=None)
    rules = {one.about[0]: one for one in found if one.code == "RARELY_KNOWN"}
    assert set(rules) == {"budget_confirmed"}
    assert rules["budget_confirmed"].about == ("budget_confirmed", "budget")
    assert "0 of 40" in rules["budget_confirmed"].what.en


def test_a_criterion_that_hangs_on_a_missing_fact_may_still_be_settled_by_another(lint):
    found = lint(RULE.format(condition="{need: clear, budget: true}"), deals=True, budget=None)
    assert [one.code for one in found if one.about[:1] == ("rule",)] == ["MET_BY_NO_DEAL"]


def test_days_are_compared_as_days(lint):
    text = """
        fields: {asked_on: {type: date, label: {en: a, fr: b}}}
        criteria:
          - id: rule
            when: {asked_on: {after: 2031-01-01}}
            points: 5
            label: {en: "A rule", fr: "Une règle"}
    """
    found = lint(text, deals=True, asked_on=date(2026, 1, 2))
    (beyond,) = [one for one in found if one.code == "BEYOND_OBSERVED_RANGE"]
    assert "2031-01-01" in beyond.what.en
    assert "2026-01-02" in beyond.what.fr


def test_a_band_without_limits_is_not_out_of_range(lines):
    assert not told(
        lines(
            """
        criteria:
          - id: any_amount
            field: amount
            bands: [{below: 50000, points: 5}, {points: 0}]
            label: {en: "A rule", fr: "Une règle"}
    """,
            deals=True,
        )
    )


def test_answers_of_the_deals_that_a_closed_field_does_not_list(lint):
    found = lint(
        "fields: {need: {type: category, values: [clear], label: {en: a, fr: b}}}\n"
        "criteria:\n"
        "  - {id: financial_goods, when: {budget: false}, points: 5, label: {en: a, fr: b}}\n",
        deals=True,
    )
    (one,) = [one for one in found if one.code == "ANSWER_NOT_LISTED"]
    assert one.about == ("need", "partial", "unclear")
    assert one.what.en.startswith("20 past deals")


def test_a_table_of_points_for_an_open_category_lists_what_the_deals_say(lines):
    text = """
        criteria:
          - id: place
            field: region
            values: {North: 5, South: 2}
            label: {en: "A rule", fr: "Une règle"}
    """
    assert ("ANSWER_NOT_LISTED", "values: {North: 5, South: 2}") in lines(text, deals=True)
    assert not told(lines(text.replace("South: 2", "South: 2, East: 1"), deals=True))
