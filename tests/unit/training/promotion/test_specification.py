"""What of a policy a win model can depend on."""

import pytest

from features import parse_policy
from reports.promotion import Rule
from training.promotion.specification import rule_of, specification_of


def changed(text, old, new):
    assert old in text
    return parse_policy(text.replace(old, new).encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("go_at: {p_win: 0.3", "go_at: {p_win: 0.4"),
        ("on_unknown: no_go", "on_unknown: find_out"),
        ("A budget, or a referral", "Budget or referral"),
        ("Is there a budget?", "Has a budget been set?"),
    ],
)
def test_rules_and_words_are_not_the_models_business(policy, policy_text, old, new):
    other = changed(policy_text, old, new)
    assert other.fingerprint != policy.fingerprint
    assert specification_of(other) == specification_of(policy)
    assert rule_of(other, policy, same_code=True, has_champion=True) is Rule.RULES


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("points: 20", "points: 25"),
        ("values: [Low, Mid, High]", "values: [Low, Mid, High, Top]"),
        ("better: higher}", "better: lower}"),
        ("lost: [Lost]", "lost: [Lost, Gone]"),
        ("unknown: [Unknown]", "unknown: [Unknown, None]"),
    ],
)
def test_what_is_learned_and_from_what_is(policy, policy_text, old, new):
    other = changed(policy_text, old, new)
    assert specification_of(other) != specification_of(policy)
    assert rule_of(other, policy, same_code=True, has_champion=True) is Rule.CHANGE


def test_the_rule_follows_from_policy_code_and_champion(policy):
    assert rule_of(policy, None, same_code=False, has_champion=False) is Rule.FIRST
    assert rule_of(policy, policy, same_code=True, has_champion=True) is Rule.REFRESH
    assert rule_of(policy, policy, same_code=False, has_champion=True) is Rule.CHANGE
    assert rule_of(policy, None, same_code=True, has_champion=True) is Rule.CHANGE
