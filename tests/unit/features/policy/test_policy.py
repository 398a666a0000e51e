"""The policy as a value: what it mentions, and what identifies it."""

from dataclasses import FrozenInstanceError

import pytest
from pydantic import ValidationError

from features import Policy, parse_policy
from features.policy import DealsFile, GoAt
from features.policy.criteria import CriterionText

TEXT = {"en": "a", "fr": "b"}


def test_a_policy_mentions_the_fields_that_some_rule_looks_at(policy):
    assert policy.mentioned_fields() == set(policy.fields)


def test_a_field_of_no_rule_is_not_mentioned(policy_text):
    more = policy_text.replace("criteria:", "  idle: {type: boolean}\n\ncriteria:", 1)
    policy = parse_policy(more.encode())
    assert set(policy.fields) - policy.mentioned_fields() == {"idle"}


def test_a_policy_without_rules_mentions_nothing(policy_text):
    start, end = policy_text.index("criteria:"), policy_text.index("decision:")
    policy = parse_policy((policy_text[:start] + policy_text[end:]).encode())
    assert policy.mentioned_fields() == frozenset()
    assert (policy.criteria, policy.knockouts) == ((), ())


def test_a_policy_cannot_be_changed(policy: Policy):
    with pytest.raises(FrozenInstanceError):
        policy.name = "other"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        policy.decision.go_at.p_win = 0.9  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        policy.fields["amount"].used_by_model = False  # type: ignore[misc]


def test_a_knockout_refuses_unless_it_names_a_condition(policy):
    refusing = {knockout.id: knockout.refuses for knockout in policy.knockouts}
    assert refusing == {
        "insolvent_customer": True,
        "exposure_over_limit": True,
        "no_budget_no_authority": True,
        "large_without_referral": False,
    }
    conditional = policy.knockouts[-1].condition
    assert conditional is not None
    assert conditional.en == "The head of sales agrees"


@pytest.mark.parametrize("points", [1001, -1001, float("nan"), float("inf"), "many"])
def test_the_points_of_a_criterion_are_a_finite_number_up_to_a_thousand(points):
    with pytest.raises(ValidationError):
        CriterionText.model_validate({"id": "a", "label": TEXT, "when": {}, "points": points})


@pytest.mark.parametrize("p_win", [-0.01, 1.01, float("nan"), None])
def test_the_probability_to_go_at_is_between_0_and_1(p_win):
    with pytest.raises(ValidationError):
        GoAt.model_validate({"p_win": p_win})


@pytest.mark.parametrize("missing", ["column", "won", "lost"])
def test_the_outcome_column_needs_a_name_and_words_for_won_and_lost(missing):
    outcome = {"column": "Status", "won": ["Won"], "lost": ["Lost"]}
    DealsFile.model_validate({"outcome": outcome})
    del outcome[missing]
    with pytest.raises(ValidationError, match=missing):
        DealsFile.model_validate({"outcome": outcome})
