"""What nothing uses, and the fact that counts three times."""

import pytest


def codes(found):
    return [code for code, _ in found]


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("{type: date}", True),
        ("{type: boolean, used_by_model: false}", True),
        ("{type: boolean}", False),
        ("{type: text}", False),
    ],
)
def test_a_field_is_unused_when_nobody_looks_at_it(lines, field, found):
    line = f"idle: {field[:-1]}, label: {{en: a, fr: b}}}}"
    assert (("UNUSED_FIELD", line) in lines(f"fields:\n  {line}\n")) is found


@pytest.mark.parametrize(
    "use",
    [
        "economics: {margin: {field: idle}}",
        "segments: {some: {label: {en: a, fr: b}, when: {idle: {above: 3}}}}",
        "criteria: [{id: one, when: {idle: {above: 3}}, points: 5, label: {en: a, fr: b}}]",
        "knockouts: [{id: one, when: {idle: {above: 3}}, then: no_go, reason: {en: a, fr: b}}]",
        "fields: {idle: {type: date}, r: {type: days_between, end: as_of, start: idle}}",
    ],
)
def test_any_use_is_a_use(lines, use):
    text = use if use.startswith("fields") else (
        f"fields: {{idle: {{type: number, used_by_model: false}}}}\n{use}\n"
    )  # fmt: skip
    assert "UNUSED_FIELD" not in codes(lines(text))


def test_a_derived_field_is_used_by_a_number_too(lines):
    fields = "fields: {rate: {type: ratio, of: amount, to: amount, label: {en: a, fr: b}}}\n"
    assert "UNUSED_DERIVED_FIELD" in codes(lines(fields))
    used = fields + "economics: {margin_rate: {field: rate}, revenue: {field: amount}}\n"
    assert "UNUSED_DERIVED_FIELD" not in codes(lines(used))


def test_exploration_needs_a_no_go_that_is_testable_and_in_effect(lines):
    text = """
        knockouts:
          - id: one
            when: {{need: unclear}}
            then: {then}
            testable: true
            reason: {{en: a, fr: b}}
            {more}
        decision:
          exploration: {{share: {share}}}
    """
    line = "exploration: {share: 0.1}"
    conditional = "{conditional_go: {en: a, fr: b}}"
    assert ("NOTHING_TO_EXPLORE", line) not in lines(text.format(then="no_go", more="", share=0.1))
    over = "in_effect: {until: 2020-01-01}"
    assert ("NOTHING_TO_EXPLORE", line) in lines(text.format(then="no_go", more=over, share=0.1))
    assert ("NOTHING_TO_EXPLORE", line) in lines(text.format(then=conditional, more="", share=0.1))
    none = lines(text.format(then="no_go", more="", share=0))
    assert ("NEVER_TESTED", "testable: true") in none
    assert "NOTHING_TO_EXPLORE" not in codes(none)


@pytest.mark.parametrize(
    ("knockout", "criterion", "model", "found"),
    [
        ("{seen: false}", "{seen: true}", "true", True),
        ("{health: distressed}", "{seen: true}", "true", False),
        ("{seen: false}", "{amount: {above: 5}}", "true", False),
        ("{seen: false}", "{seen: true}", "false", False),
    ],
)
def test_a_fact_counts_three_times_in_all_three_only(lines, knockout, criterion, model, found):
    text = f"""
        fields: {{seen: {{type: boolean, used_by_model: {model}}}}}
        criteria:
          - id: one
            when: {criterion}
            points: 5
            label: {{en: a, fr: b}}
        knockouts:
          - {{id: two, when: {knockout}, then: no_go, reason: {{en: a, fr: b}}}}
    """
    told = [line for code, line in lines(text) if code == "COUNTED_THREE_TIMES"]
    assert told == ([f"when: {criterion}"] if found else [])
