"""One rule by itself: the line that is named, and what must not be found."""

import pytest

RULE = """
    criteria:
      - id: rule
        when: {condition}
        points: 5
        label: {{en: "A rule", fr: "Une règle"}}
"""
KNOCKOUT = """
    segments:
      goods: {{label: {{en: "Goods", fr: "Biens"}}, when: {{deliverable: [equipment, parts]}}}}
    knockouts:
      - id: rule
        when: {condition}
        then: {{conditional_go: {{en: "Signed by sales", fr: "Signée par les ventes"}}}}
        reason: {{en: "A reason", fr: "Un motif"}}
        owner: head of sales
        applies_to: [goods]
        {more}
"""


def codes(found):
    return {code for code, _ in found}


@pytest.mark.parametrize(
    "condition",
    [
        "{amount: {below: 0}}",
        "{amount: {above: 10, below: 5}}",
        "{all: [{need: clear}, {need: partial}]}",
        "{need: clear, not: {need: [clear, partial]}}",
        "{all: [{budget: true}, {not: {budget: true}}]}",
        "{amount: {above: {field: amount}}}",
    ],
)
def test_a_rule_that_no_deal_meets_is_found_at_its_condition(lines, condition):
    assert ("NEVER_HOLDS", f"when: {condition}") in lines(RULE.format(condition=condition))


@pytest.mark.parametrize(
    "condition",
    ["{amount: {below: 1}}", "{need: clear, budget: true}", "{region: Atlantis}"],
)
def test_a_rule_that_some_deal_meets_is_not(lines, condition):
    assert not codes(lines(RULE.format(condition=condition))) & {"NEVER_HOLDS", "ALWAYS_HOLDS"}


@pytest.mark.parametrize(
    "condition",
    [
        "{amount: {at_least: 0}}",
        "{any: [{budget: true}, {budget: false}]}",
        "{any: [{amount: {above: 5}}, {amount: {at_most: 7}}]}",
        "{need: [clear, partial, unclear]}",
        "{not: {amount: {above: 5, below: 2}}}",
    ],
)
def test_a_rule_that_every_deal_meets_is_found_at_its_condition(lines, condition):
    assert ("ALWAYS_HOLDS", f"when: {condition}") in lines(RULE.format(condition=condition))


def test_an_answer_or_a_band_that_cannot_be_is_found_at_its_own_line(lines):
    found = lines("""
        criteria:
          - id: bands
            field: amount
            bands:
              - {below: -5, points: 1}
              - {below: 1000, points: 2}
            label: {en: "A size", fr: "Une taille"}
    """)
    assert ("NEVER_HOLDS", "- {below: -5, points: 1}") in found


def test_a_segment_without_deals_is_found(lines):
    found = lines("""
        segments:
          none:
            label: {en: "None", fr: "Aucun"}
            when: {amount: {below: -1}}
    """)
    assert ("NEVER_HOLDS", "when: {amount: {below: -1}}") in found


def test_a_knockout_outside_of_its_segment_is_told_once(lines):
    found = lines(KNOCKOUT.format(condition="{deliverable: services}", more=""))
    assert ("OUTSIDE_ITS_SEGMENT", "applies_to: [goods]") in found
    assert "NEVER_HOLDS" not in codes(found)


def test_a_knockout_that_cannot_hold_at_all_is_not_blamed_on_its_segment(lines):
    found = lines(KNOCKOUT.format(condition="{amount: {below: 0}}", more=""))
    assert ("NEVER_HOLDS", "when: {amount: {below: 0}}") in found
    assert "OUTSIDE_ITS_SEGMENT" not in codes(found)


def test_the_condition_of_a_segment_does_not_make_a_part_idle(lines):
    condition = "{deliverable: equipment, amount: {above: 5}}"
    assert not codes(lines(KNOCKOUT.format(condition=condition, more=""))) & {"IDLE_PART"}


@pytest.mark.parametrize(
    "condition",
    [
        "{any: [{need: clear}, {need: [clear, partial]}]}",
        "{amount: {above: 10, at_least: 5}}",
        "{need: clear, any: [{amount: {above: 1}}, {amount: {above: 2}}]}",
    ],
)
def test_an_idle_part_is_found_once_a_rule(lines, condition):
    found = lines(RULE.format(condition=condition))
    assert found.count(("IDLE_PART", f"when: {condition}")) == 1


@pytest.mark.parametrize(
    ("period", "code"),
    [
        ("{until: 2026-01-04}", "NO_LONGER_IN_EFFECT"),
        ("{until: 2026-01-05}", None),
        ("{from: 2026-02-01}", None),
        ("{from: 2026-12-31, until: 2026-12-31}", None),
    ],
)
def test_a_period_is_held_against_the_day_of_the_check(lines, period, code):
    more = f"in_effect: {period}"
    found = lines(KNOCKOUT.format(condition="{amount: {above: 5}}", more=more))
    told = [one for one in found if one[0].endswith("IN_EFFECT")]
    assert told == ([] if code is None else [(code, more)])


@pytest.mark.parametrize(("worth", "found"), [(5, False), (6, True)])
def test_if_unknown_may_be_worth_as_much_as_the_best_answer(lines, worth, found):
    rule = RULE.format(condition="{budget: false}")
    told = lines(f"{rule.rstrip()}\n        if_unknown: {worth}\n")
    assert (("SILENCE_PAYS", f"if_unknown: {worth}") in told) is found
