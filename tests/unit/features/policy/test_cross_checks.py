"""What one setting says of another: names that must be those of fields of the right kind."""

import pytest

from features import PolicyError, parse_policy
from tests.unit.features.policy.test_mistakes import EVERY_SETTING

TEXT = EVERY_SETTING.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "what", "hint"),
    [
        ("of: margin", "of: margn", "the policy has no field 'margn'", "did you mean 'margin'?"),
        ("of: margin", "of: health", "'health' is not a number that somebody gives", "one of: "),
        ("of: margin", "of: days_left", "'days_left' is not a number that somebody gives",
         "one of: "),
        ("end: due_on", "end: amount", "'amount' is not a day that somebody gives", "one of: "),
        ("end: due_on", "end: as_off", "the policy has no field 'as_off'",
         "did you mean 'as_of'?"),
        ("end: due_on", "end: as_of", "the days are between a day and itself", "give two days"),
        ("revenue: {field: amount}", "revenue: {field: budget}", "'budget' is not a number", ""),
        ("margin: {field: margin,", "margin: {field: marge,", "the policy has no field 'marge'",
         "did you mean 'margin'?"),
        ("{by: deliverable, values: {equipment: 60", "{by: deliverable, values: {machine: 60",
         "'machine' is not an allowed value", "one of: equipment, parts, service"),
        ("{by: deliverable, values: {equipment: 60, parts: 20}", "{by: amount, values: {a: 1}",
         "'amount' has no answers to list", "a table goes by a category"),
        ("otherwise: 30", "otherwise: -30", "'cost_per_contact' cannot be negative", "write 0"),
        ("loss_given_default: 0.6", "loss_given_default: 60",
         "'loss_given_default' is a share, from 0 to 1", "write 30 % as 0.3"),
        ("watch: 0.05", "watch: 5", "'default_probability' is a share, from 0 to 1", "write 30 %"),
        ("lost: [Lost]", "lost: [Lost, Won]", "'Won' means 'won' already", "keep one"),
        ("[equipment, parts, service]", "[equipment, parts, Unknown]",
         "'Unknown' means unknown in the whole file", "take it out"),
        ("applies_to: [complex]", "applies_to: [complx]", "the policy has no segment 'complx'",
         "did you mean 'complex'?"),
    ],
)  # fmt: skip
def test_a_setting_that_does_not_fit_another_is_told_once_at_its_line(old, new, what, hint):
    assert TEXT.count(old) == 1
    text = TEXT.replace(old, new)
    with pytest.raises(PolicyError) as refused:
        parse_policy(text.encode(), "p.yaml")
    (problem,) = refused.value.problems
    assert problem.what == what
    assert (problem.hint or "").startswith(hint)
    line = text[: text.index(new)].count("\n") + 1
    assert problem.where in {f"p.yaml:{line}", f"p.yaml:{line + 1}"}


def test_a_field_that_is_itself_broken_is_not_blamed_again():
    text = TEXT.replace("margin: {type: number, unit: EUR}", "margin: {type: nmber}")
    with pytest.raises(PolicyError) as refused:
        parse_policy(text.encode())
    assert [problem.what for problem in refused.value.problems] == ["there is no type 'nmber'"]
