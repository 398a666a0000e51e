"""The page in a terminal holds what the page holds."""

import io

import pytest
from rich.console import Console

from features.policy import parse_policy
from features.texts import LANGUAGES
from reports.policy_lines import policy_lines
from reports.policy_page import policy_page

MARKUP = "[bold]{ brackets [/nonsense]"


def printed(policy, language, width=200):
    paper = io.StringIO()
    console = Console(file=paper, width=width, highlight=False)
    for line in policy_lines(policy_page(policy, language)):
        console.print(line)
    return paper.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_and_question_is_printed(machines, language):
    text = printed(machines, language)
    for rule in (*machines.knockouts, *machines.criteria):
        assert rule.id in text
    assert all(name in text for name in machines.fields)
    assert machines.fingerprint in text


def test_losses_and_gains_are_on_their_sides(machines):
    text = printed(machines, "en")
    assert "▇│" in text
    assert "│▇" in text


def test_a_policy_without_rules_says_so_and_markup_stays_as_it_is():
    policy = parse_policy(
        f"""
policy: small
title: {{en: "{MARKUP}", fr: "{MARKUP}"}}
deals: {{outcome: {{column: Status, won: [W], lost: [L]}}}}
fields: {{need: {{type: boolean}}}}
decision: {{go_at: {{p_win: 0.4}}}}
""".encode()
    )
    text = printed(policy, "en", width=60)
    assert MARKUP in text
    assert "no deal is refused" in text
    assert "nothing earns points" in text
