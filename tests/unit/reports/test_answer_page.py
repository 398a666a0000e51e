"""The answer as a sales person reads it: what to do, why, money, chances, what to find out."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from rich.console import Console

from features import Deal, parse_policy
from features.texts import LANGUAGES
from models.decision import Reason, Recommendation
from models.evidence import Band
from models.qualifier import Qualifier
from models.reason_codes import ReasonCode
from models.reasons import reasons_for
from reports.answer_html import render_answer
from reports.answer_lines import answer_lines
from reports.answer_page import MOST_LINES, answer_page
from reports.answer_reasons import reason_text
from reports.answer_why import why_in_words
from tests.unit.reports.test_answer import MONEY, POLICY, trained

MARKUP = "[bold]{ brackets [/nonsense]"
HOSTILE = "<script>alert('won')</script> & \"{{ 7 * 7 }}\""
REFUSED = {"fit": -6.0, "budget": False, "sector": "b"}


@pytest.fixture(scope="module")
def counting():
    return trained(POLICY.replace("p_win: 0.5,", "expected_value: 1000,") + MONEY)


def decided(qualifier, expired=(), **facts):
    deal = Deal(as_of=date(2026, 1, 5), id="D1", facts=facts, expired=expired)
    return qualifier.decide([deal])[0]


def page_of(qualifier, language="en", *, expired=(), told=None, **facts):
    decision = decided(qualifier, expired, **facts)
    return answer_page(decision, qualifier.policy, language, **(told or {}))


def lines(page, key):
    return [
        line.text.replace("\xa0", " ").replace("\u202f", " ")
        for section in page.sections
        if section.key == key
        for line in section.lines
    ]


def printed(page, width=100):
    paper = io.StringIO()
    console = Console(file=paper, width=width, highlight=False)
    for line in answer_lines(page):
        console.print(line)
    return paper.getvalue()


def test_the_first_lines_say_what_to_do_and_the_one_reason_that_decides(counting):
    whys: dict[str, tuple[dict[str, Any], str]] = {
        "go": ({"fit": 2.0, "budget": True, "sector": "a"}, "The expected value, €"),
        "conditional_go": ({"fit": 2.0, "budget": False, "sector": "a"},
                           "To be agreed before it is a go: Prepayment"),
        "find_out": ({"budget": True}, "Not yet known whether: Bad fit. Find out: Fit"),
        "no_go": (REFUSED, "Knockout: Bad fit"),
    }  # fmt: skip
    for recommendation, (facts, why) in whys.items():
        page = page_of(counting, **facts)
        assert page.recommendation == recommendation
        assert page.why.startswith(why)
        top = printed(page).splitlines()
        assert top[0].startswith(f"{page.verdict}  D1  Shop, as of 5\xa0January 2026")
        assert top[1].startswith(why)


def test_without_a_reason_of_its_own_the_threshold_that_is_reached_is_told(counting):
    policy = counting.policy

    def why(qualifier, language="en", **go_at):
        block = policy.decision
        asks = block.go_at.model_copy(update={"expected_value": None, "points": None} | go_at)
        told = replace(policy, decision=block.model_copy(update={"go_at": asks}))
        other = replace(qualifier, policy=told)
        decision = decided(other, fit=2.0, budget=True, sector="a")
        assert decision.recommendation is Recommendation.GO
        return why_in_words(decision, told, language).replace("\xa0", " ").replace("\u202f", " ")

    alone = Qualifier(policy)
    assert why(alone, p_win=0.5, points=5.0) == "10 points reach the 5 that the policy asks for"
    assert why(alone, "fr", p_win=0.5, points=5.0) == "10 points : la politique en demande 5"
    assert why(alone, p_win=0.5) == "No knockout applies, and enough is known"
    assert why(counting, p_win=0.5).endswith("%, reaches the 50% that the policy asks for")
    both = why(counting, p_win=0.5, expected_value=0.0)
    assert "and the expected value, €10,875, reach what the policy asks for" in both


def test_where_nothing_says_what_is_open_the_points_do(counting):
    alone = Qualifier(replace(counting.policy, knockouts=()))
    page = page_of(alone, budget=True, sector="a")
    assert page.recommendation == "find_out"
    assert page.why == "Between 0 and 10\xa0points, and the policy asks for 5"
    bare = replace(alone.policy, criteria=(), decision=alone.policy.decision)
    assert page_of(Qualifier(bare), "fr").why  # nothing to complete, and still a sentence


def test_the_parts_come_in_the_order_in_which_they_are_read(counting):
    page = page_of(counting, budget=True)
    assert [one.key for one in page.sections] == [
        "money", "chances", "knockouts", "points", "questions",
    ]  # fmt: skip
    assert lines(page, "chances")[0].startswith("A win probability of ")
    assert ". Grade " in lines(page, "chances")[0]
    assert lines(page, "chances")[1].startswith("Of 50 comparable past deals, ")
    assert lines(page, "points") == ["0 of 10 points, and between −2.5 and 10 once all is known"]
    assert lines(page, "questions") == ["Fit: Fits? (1.5 hours, €20)", "Sector"]


def test_knockouts_are_told_where_they_matter_and_counted_where_not(counting):
    assert lines(page_of(counting, **REFUSED), "knockouts") == [
        "Knockout: Bad fit", "Only under a condition: Prepayment (No budget)",
    ]  # fmt: skip
    fine = {"fit": 1.0, "budget": True, "sector": "a"}
    assert lines(page_of(counting, **fine), "knockouts") == ["None of the 2 applies"]
    some = lines(page_of(counting, "fr", **fine | {"budget": False}), "knockouts")
    assert some[1] == "Un autre ne s'applique pas"
    one = replace(counting.policy, knockouts=counting.policy.knockouts[:1])
    only = lines(page_of(Qualifier(one), **fine), "knockouts")
    assert only == ["The only one does not apply"]
    tones = [line.tone for section in page_of(counting, **REFUSED).sections
             if section.key == "knockouts" for line in section.lines]  # fmt: skip
    assert tones == ["bad", "warn"]


def test_points_say_why_not_more(counting):
    assert lines(page_of(counting, **REFUSED), "points") == [
        "−2.5 of 10 points", "It fits: 10 points less than at best (0 of 10)",
        "Sector b: −2.5 points",
    ]  # fmt: skip


def test_an_expired_answer_is_asked_again_with_why(counting):
    (fit, _) = lines(page_of(counting, expired=("fit",), budget=True), "questions")
    assert fit.startswith("Fit: Fits? (1.5 hours, €20). The answer on record does not count")


def test_questions_and_flips_can_be_given(counting):
    told = {
        "questions": ["Ask for the fit"],
        "flips": ["A budget would make it a go"],
        "name": "X",
    }
    page = page_of(counting, told=told, budget=True)
    assert lines(page, "questions") == ["Ask for the fit"]
    assert lines(page, "flips") == ["A budget would make it a go"]
    assert page.deal == "X"
    assert lines(page_of(counting, told={"questions": []}, budget=True), "questions") == []


def test_a_long_section_is_cut_and_says_by_how_much(counting):
    many = [f"Question {n}" for n in range(9)]
    page = page_of(counting, told={"questions": many}, budget=True)
    section = page.sections[-1]
    assert len(section.lines) == MOST_LINES
    assert section.more == "and 4 more"
    six = page_of(counting, told={"questions": many[:6]}, budget=True).sections[-1]
    assert (len(six.lines), six.more) == (6, None)


def test_what_is_close_is_among_the_warnings(counting):
    decision = decided(counting, fit=0.3, budget=True, sector="a")
    near = replace(decision.estimate, p_win=0.46, band=Band(1.0, 40, 18))
    worth = replace(decision.worth, expected_value=1_200.0, lowest=1_200.0, highest=1_200.0)
    reasons = reasons_for({}, knockouts=decision.knockouts, scorecard=decision.scorecard,
                          estimate=near, worth=worth,
                          go_at=counting.policy.decision.go_at)  # fmt: skip
    close = replace(decision, estimate=near, worth=worth, reasons=reasons)
    for language in LANGUAGES:
        page = answer_page(close, counting.policy, language)
        warned = {section.key: [line.text for line in section.lines if line.tone == "warn"]
                  for section in page.sections}  # fmt: skip
        assert len(warned["money"]) == 2  # cost and what it brings
        assert len(warned["chances"]) == 1


def test_a_deal_drawn_for_exploration_says_so_first(counting):
    decision = decided(counting, fit=2.0, budget=True, sector="a")
    drawn = Reason(code=ReasonCode.EXPLORATION, about="never", contribution=0.0, unit="verdict",
                   figures={"share": 0.05})  # fmt: skip
    told = replace(decision, reasons=(drawn, *decision.reasons))
    page = answer_page(told, counting.policy, "fr")
    assert page.why.startswith("Tirée pour l'exploration\xa0: 5\xa0% des affaires refusées")
    assert reason_text(drawn, told, counting.policy, "en").startswith("Drawn for exploration: 5%")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("facts", [REFUSED, {}, {"fit": 2.0, "budget": True, "sector": "a"}])
def test_the_terminal_and_the_page_hold_all_that_is_told(counting, language, facts):
    page = page_of(counting, language, **facts)
    text = printed(page, width=1000)
    html = render_answer(page)
    plain = html.replace("&#39;", "'").replace("&#34;", '"')
    told = [page.verdict, page.deal, page.about, page.why, page.foot]
    told += [s.title for s in page.sections] + [x.text for s in page.sections for x in s.lines]
    assert [one for one in told if one not in text] == []
    assert [one for one in told if one not in plain] == []


def test_people_s_texts_stay_as_they_are():
    text = POLICY.replace("{en: Bad fit,", f"{{en: '{MARKUP}',")
    qualifier = Qualifier(parse_policy(text.encode()))
    assert MARKUP in printed(page_of(qualifier, **REFUSED), width=300)
    hostile = page_of(qualifier, told={"name": HOSTILE}, **REFUSED)
    html = render_answer(hostile)
    assert "<script>" not in html
    assert "{{ 7 * 7 }}" in html


def test_the_page_loads_nothing_and_says_its_language(counting):
    html = render_answer(page_of(counting, "fr", **REFUSED))
    assert '<html lang="fr">' in html
    assert not any(
        mark in html for mark in ("http:", "https:", "src=", "url(", "@import", "<link")
    )
    assert html.count("<h1") == 1
    assert len(html.encode()) < 20_000
