"""The economics block: which numbers go together, told where one of them is missing."""

import pytest

from features import PolicyError, load_policy, parse_policy
from tests.unit.features.policy.test_mistakes import EVERY_SETTING

ALONE = [
    ("margin_rate: 0.2", "'margin_rate' counts for nothing without 'revenue'"),
    ("cost_per_hour: 80", "'cost_per_hour' counts for nothing without 'remaining_hours'"),
    ("cost_per_contact: 8", "'cost_per_contact' counts for nothing without 'remaining_contacts'"),
    ("default_probability: 0.1, exposure: 5",
     "'default_probability' counts for nothing without 'loss_given_default'"),
    ("default_probability: 0.1",
     "'default_probability' counts for nothing without 'loss_given_default' and 'exposure'"),
    ("loss_given_default: 0.1",
     "'loss_given_default' counts for nothing without 'default_probability'"),
    ("discount_rate_per_year: 0.1",
     "'discount_rate_per_year' counts for nothing without 'months_to_close'"),
    ("margin: 5, margin_rate: 0.1, revenue: 9", "'margin' is given too, as money"),
    ("margin: 5, cost_per_hour: -1, remaining_hours: 3", "'cost_per_hour' cannot be negative"),
    ("default_probability: 20, loss_given_default: 1, exposure: 5",
     "'default_probability' is a share, from 0 to 1"),
    ("margin: 5, remaining_hours: 3, roles: {presales: {remaining_hours: 2}}",
     "'remaining_hours' is said role by role too"),
    ("roles: {presales: {remaining_hours: -2}}", "'remaining_hours' cannot be negative"),
    ("roles: {presales: {remaining_hours: {field: nothing}}}",
     "the policy has no field 'nothing'"),
]  # fmt: skip


@pytest.mark.parametrize(("economics", "words"), ALONE)
def test_a_number_that_means_nothing_alone_or_cannot_be_is_told(policy_text, economics, words):
    with pytest.raises(PolicyError) as refused:
        parse_policy(f"{policy_text}\neconomics: {{{economics}}}\n".encode())
    assert [problem.what for problem in refused.value.problems] == [words]


@pytest.mark.parametrize(
    "economics", ["margin: 5", "margin: 5, remaining_hours: 5", "exposure: 5", "margin: -5", ""]
)
def test_numbers_that_may_stand_alone_do(policy_text, economics):
    parse_policy(f"{policy_text}\neconomics: {{{economics}}}\n".encode())


def test_a_threshold_on_a_value_that_can_never_be_known_is_told(policy_text):
    text = policy_text.replace("{p_win: 0.3, points: 10}", "{expected_value: 100}")
    for economics in ("", "economics: {margin: 5}", "economics: {other_costs: 5}"):
        with pytest.raises(PolicyError, match="can never be known"):
            parse_policy(f"{text}\n{economics}\n".encode())
    for cost in ("other_costs: 1", "roles: {presales: {remaining_hours: 2, cost_per_hour: 3}}"):
        parse_policy(f"{text}\neconomics: {{margin: 5, {cost}}}\n".encode())


def test_the_block_says_which_numbers_it_has_and_which_fields_they_hang_on():
    economics = load_policy(EVERY_SETTING).economics
    assert "capacity_hours" not in economics.amounts()
    assert economics.fields() == {"amount", "margin", "hours", "deliverable", "exposure", "health"}


def test_hours_by_role_name_their_fields_and_their_limits(policy_text):
    written = (
        "{remaining_hours: {by: source, values: {Referral: 3}, otherwise: 1}, capacity_hours: 9}"
    )
    text = f"{policy_text}\neconomics: {{roles: {{presales: {written}}}}}\n"
    economics = parse_policy(text.encode()).economics
    assert economics.fields() == {"source"}
    assert economics.capacities() == {"presales": 9}
