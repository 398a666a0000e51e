"""What the page says of how deals are decided."""

import json

import pytest

from features.policy import parse_policy
from features.texts import LANGUAGES
from reports.policy_page import policy_page

SMALL = """
policy: small
title: {en: Small, fr: Petite}
deals: {outcome: {column: Status, won: [W], lost: [L]}}
fields: {need: {type: boolean}}
"""


def page_of(decision: str, rest: str = "", language="en"):
    return policy_page(parse_policy(f"{SMALL}{rest}decision: {decision}\n".encode()), language)


def test_the_figures_are_those_of_the_policy(machines):
    knockouts, criteria, worth, questions = policy_page(machines, "en").figures
    assert (knockouts.value, knockouts.note) == ("4", "3 refuse, 1 set a condition")
    assert (criteria.value, criteria.note) == ("5", "from −30 to +42 points")
    assert (worth.value, worth.note) == (
        "12.5%", "of win probability, and €5,000 of expected value",
    )  # fmt: skip
    assert questions.value == str(len(machines.asked))


@pytest.mark.parametrize(
    ("go_at", "value", "sentence"),
    [
        ("{p_win: 0.4}", "40%", "from a win probability of 40%"),
        ("{expected_value: 900}", "900", "from an expected value of 900"),
        ("{p_win: 0.4, expected_value: 0}", "40%", "below either it is refused"),
    ],
)
def test_each_threshold_is_said(go_at, value, sentence):
    page = page_of(f"{{go_at: {go_at}}}", "economics: {margin: 5, other_costs: 1}\n")
    assert page.figures[2].value == value
    assert any(sentence in one for one in page.how)


def test_points_are_said_only_where_there_are_criteria():
    criteria = "criteria: [{id: c, label: {en: a, fr: b}, when: {need: true}, points: 7}]\n"
    told = " ".join(page_of("{go_at: {p_win: 0.4, points: 5}}", criteria).how)
    assert "from 5 of at best 7 points" in told
    assert "refuse nothing" in " ".join(page_of("{go_at: {p_win: 0.4}}", criteria).how)
    assert "points" not in " ".join(page_of("{go_at: {p_win: 0.4}}").how)


def test_a_policy_without_rules_has_no_groups():
    page = page_of("{go_at: {p_win: 0.4}}")
    assert (page.knockouts, page.criteria, page.grades) == ((), (), ())
    assert (page.lowest, page.highest) == (0.0, 0.0)
    assert not page.has_costs
    assert not page.has_validity


def test_grades_and_tests_are_said(machines):
    page = policy_page(machines, "fr")
    assert [one.grade for one in page.grades] == ["A", "B", "C"]
    assert page.grades[0].points == "+30"
    assert any("40\N{NO-BREAK SPACE}heures au plus" in one for one in page.how)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_plain_data(machines, language):
    data = policy_page(machines, language).to_data()
    assert json.loads(json.dumps(data))["fingerprint"] == machines.fingerprint
