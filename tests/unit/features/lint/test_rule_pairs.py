"""Two rules: which of them is named at which line, and when both have their use."""

import pytest

TWO = """
    knockouts:
      - id: wide
        when: {{amount: {{above: 100}}}}
        then: no_go
        reason: {{en: "A reason", fr: "Un motif"}}
        owner: head of sales
        {wide}
      - id: narrow
        when: {{amount: {{above: 500}}}}
        then: {then}
        reason: {{en: "A reason", fr: "Un motif"}}
        owner: head of sales
        {narrow}
"""
CONDITIONAL = '{conditional_go: {en: "Signed by sales", fr: "Signée par les ventes"}}'
NARROW = "when: {amount: {above: 500}}"


def two(*, wide="", narrow="", then="no_go"):
    return TWO.format(wide=wide, narrow=narrow, then=then)


def shadowed(found):
    return [line for code, line in found if code == "SHADOWED"]


@pytest.mark.parametrize("then", ["no_go", CONDITIONAL])
def test_a_knockout_inside_a_no_go_is_shadowed(lines, then):
    assert shadowed(lines(two(then=then))) == [NARROW]


@pytest.mark.parametrize(
    "settings",
    [
        {"wide": "waiver: {by: [ceo]}"},
        {"wide": "in_effect: {until: 2026-06-30}"},
        {"wide": "on_unknown: ignore"},
        {"narrow": "on_unknown: no_go"},
        {"wide": "in_effect: {until: 2020-06-30}"},
    ],
    ids=str,
)
def test_a_knockout_that_still_decides_something_is_not_shadowed(lines, settings):
    assert shadowed(lines(two(**settings))) == []


@pytest.mark.parametrize(
    "settings",
    [
        {"narrow": "in_effect: {until: 2026-06-30}"},
        {"narrow": "waiver: {by: [ceo]}"},
        {"wide": "on_unknown: no_go"},
        {"narrow": "on_unknown: ignore"},
        {"narrow": "in_effect: {until: 2026-06-30}", "wide": "in_effect: {until: 2026-06-30}"},
    ],
    ids=str,
)
def test_a_weaker_knockout_is_shadowed_all_the_same(lines, settings):
    assert shadowed(lines(two(**settings))) == [NARROW]


def test_a_wider_conditional_go_shadows_no_no_go(lines):
    text = two().replace("then: no_go", f"then: {CONDITIONAL}", 1)
    assert shadowed(lines(text)) == []


def test_a_shadow_that_takes_two_fields_to_see_is_seen(lines):
    found = lines("""
        knockouts:
          - id: wide
            when: {any: [{need: unclear}, {budget: false}]}
            then: no_go
            reason: {en: "A reason", fr: "Un motif"}
            owner: head of sales
          - id: narrow
            when: {need: {not: [clear, partial]}, amount: {above: 500}}
            then: no_go
            reason: {en: "A reason", fr: "Un motif"}
            owner: head of sales
    """)
    assert shadowed(found) == ["when: {need: {not: [clear, partial]}, amount: {above: 500}}"]


def test_a_rule_that_decides_before_all_is_known_is_not_shadowed(lines):
    """Whatever the budget is, the wide one fires; but only once somebody knows it."""
    found = lines("""
        knockouts:
          - id: wide
            when: {any: [{amount: {above: 5}, budget: true}, {amount: {above: 4}, budget: false}]}
            then: no_go
            reason: {en: "A reason", fr: "Un motif"}
            owner: head of sales
          - id: narrow
            when: {amount: {above: 500}}
            then: no_go
            reason: {en: "A reason", fr: "Un motif"}
            owner: head of sales
    """)
    assert shadowed(found) == []


def test_the_finding_names_the_line_of_the_other_rule(lint):
    (found,) = [one for one in lint(two()) if one.code == "SHADOWED"]
    assert found.where == "addition.yaml:10"
    assert found.also == ("addition.yaml:4",)
    assert found.about == ("narrow", "wide")
    assert "addition.yaml:4" in found.hint.en


def test_three_equal_criteria_are_told_pair_by_pair_and_opposite_points_contradict(lines):
    rule = '\n  - {{id: {}, when: {}, points: {}, label: {{en: "a", fr: "b"}}}}'
    text = "criteria:" + rule.format("one", "{need: clear}", 5)
    text += rule.format("two", "{not: {need: [partial, unclear]}}", -5)
    found = lines(text)
    assert [code for code, line in found if "id: two" in line] == ["CONTRADICTORY"]
    assert "DUPLICATE" not in {code for code, _ in found}


def test_knockouts_that_are_never_in_effect_together_do_not_contradict(lines):
    text = two(
        wide="in_effect: {until: 2026-06-30}", narrow="in_effect: {from: 2026-07-01}",
        then=CONDITIONAL,
    ).replace("above: 500", "above: 100")  # fmt: skip
    assert not {code for code, _ in lines(text)} & {"CONTRADICTORY", "DUPLICATE", "SHADOWED"}


def test_knockouts_with_different_conditions_of_the_same_deals_are_no_duplicates(lines):
    other = CONDITIONAL.replace("Signed", "Paid")
    text = two(then=other).replace("then: no_go", f"then: {CONDITIONAL}", 1)
    found = {code for code, _ in lines(text.replace("above: 500", "above: 100"))}
    assert not found & {"DUPLICATE", "CONTRADICTORY", "SHADOWED"}


def test_one_knockout_that_refuses_all_is_an_error_and_not_told_twice(lines):
    found = lines("""
        knockouts:
          - id: all_of_them
            when: {amount: {at_least: 0}}
            then: no_go
            reason: {en: "A reason", fr: "Un motif"}
            owner: head of sales
    """)
    assert ("REFUSES_EVERY_DEAL", "when: {amount: {at_least: 0}}") in found
    assert "ALWAYS_HOLDS" not in {code for code, _ in found}


def test_only_the_knockouts_that_are_needed_to_refuse_all_are_named(lint):
    rule = '\n  - {{id: {}, when: {}, then: no_go, owner: x, reason: {{en: "a", fr: "b"}}}}'
    text = "knockouts:" + rule.format("idle", "{region: East}")
    text += rule.format("small", "{amount: {at_most: 50}}")
    text += rule.format("large", "{amount: {above: 50}}")
    (found,) = [one for one in lint(text) if one.code == "REFUSES_EVERY_DEAL"]
    assert found.about == ("small", "large")
    assert found.where == "addition.yaml:4"


def test_a_reward_is_found_in_a_table_and_a_penalty_is_only_a_note(lines):
    text = """
        criteria:
          - id: payment
            field: health
            values:
              sound: 5
              watch: {watch}
              distressed: {distressed}
            label: {{en: "They can pay", fr: "Ils peuvent payer"}}
        knockouts:
          - id: distressed
            when: {{health: distressed}}
            then: no_go
            reason: {{en: "A reason", fr: "Un motif"}}
            owner: credit control
    """
    assert ("REWARDS_WHAT_IS_REFUSED", "distressed: 3") in lines(
        text.format(watch=0, distressed=3)
    )
    found = lines(text.format(watch=0, distressed=-3))
    assert ("REFUSED_ANYWAY", "distressed: -3") in found
