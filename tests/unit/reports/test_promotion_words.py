"""A verdict in sentences: every code in both languages, with its numbers."""

import pytest

from features.texts import LANGUAGES
from reports.promotion import Check, CheckCode, GateReport, HoldoutSummary, Rule, Verdict
from reports.promotion_words import (
    CHECKS,
    RULES,
    VERDICTS,
    check_sentence,
    promotion_lines,
    verdict_sentence,
)


def check(code=CheckCode.BETTER_THAN_BASE_RATE, *, ok=True, **changes):
    figures = {"figure": 0.997, "limit": 0.99, "low": -0.01, "high": 0.02} | changes
    return Check(code=code, ok=ok, **figures)


def report(verdict=Verdict.PROMOTED, **changes):
    holdout = HoldoutSummary(
        kind="time", deals=1_200, won=400, groups=900, n_splits=1, since="2025-01-01",
        until="2025-03-31", fingerprint="f",
    )  # fmt: skip
    figures = {
        "model": "shop", "challenger": "2", "champion": "1", "rule": Rule.CHANGE,
        "checks": (check(),), "holdout": holdout, "attempts": 3,
    }  # fmt: skip
    return GateReport(verdict=verdict, **(figures | changes))


def test_every_code_has_its_words():
    assert set(VERDICTS) == set(Verdict)
    assert set(RULES) == set(Rule)
    assert set(CHECKS) == set(CheckCode)


@pytest.mark.parametrize("code", CheckCode)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_check_is_written_with_its_figure(code, language):
    told = check_sentence(check(code, figure=123.0, limit=45.0), language)
    assert "{" not in told
    digits = "".join(sign for sign in told if sign.isdigit())
    assert "123" in digits


@pytest.mark.parametrize("verdict", Verdict)
def test_only_a_champion_is_not_called_not_promoted(verdict):
    english, french = (verdict_sentence(report(verdict), name) for name in LANGUAGES)
    assert english.startswith("not promoted") is not verdict.is_champion
    assert french.startswith("non promu") is not verdict.is_champion


def test_the_sentence_names_what_decided():
    failed = check(CheckCode.NOT_WORSE_ON_AVERAGE, ok=False, figure=0.0123, limit=0.0)
    told = verdict_sentence(report(Verdict.WORSE_THAN_CHAMPION, checks=(check(), failed)), "en")
    assert "0.0123" in told
    promoted = verdict_sentence(report(), "fr")
    assert promoted.startswith("promu\N{NO-BREAK SPACE}: meilleur que le taux de base")
    assert "99,7\N{NO-BREAK SPACE}%" in promoted


def test_the_lines_say_the_deals_the_checks_and_the_attempts():
    told = list(promotion_lines(report(earlier=True), "en"))
    text = "\n".join(told)
    assert "1,200 held-out deals, 400 won, closed Jan 1, 2025 to Mar 31, 2025" in text
    assert "judged 3 candidates" in text
    assert "98.3%" in text
    assert "given before" in text
    assert any(line.startswith("  ok") for line in told)
    short = report(Verdict.ALREADY_CHAMPION, checks=(), holdout=None)
    assert list(promotion_lines(short, "en")) == ["it is the champion already"]


def test_what_failed_and_what_is_answered_for_are_told_apart():
    failed = check(CheckCode.AUC_BELIEVABLE, ok=False, figure=0.95)
    answered = failed.model_copy(update={"acknowledged": True})
    lines = list(promotion_lines(report(checks=(failed, answered)), "en"))
    assert [line.split("  ")[1] for line in lines if line.startswith("  ")] == [
        "NOT OK",
        "answered for",
    ]


def test_a_report_survives_being_written_down():
    one = report(figures={"difference": -0.01})
    assert GateReport.model_validate_json(one.model_dump_json()) == one
    assert one.to_data()["verdict"] == "promoted"


def test_who_sits_meanwhile_is_told_with_numbers_and_a_refusal_names_what_speaks_against_it():
    few = check(CheckCode.HELD_OUT_DEALS, ok=False, figure=42.0, limit=100.0)
    worse = check(CheckCode.NOT_WORSE_THAN_BASE_RATE, ok=False, figure=0.97, limit=0.95)
    sits = report(Verdict.PROVISIONAL, rule=Rule.FIRST, checks=(few,), closed_deals=1_234)
    english, french = (verdict_sentence(sits, name) for name in LANGUAGES)
    assert "1,234 closed deals" in english
    assert "42 held-out deals, 100 needed" in english
    assert "1\N{NARROW NO-BREAK SPACE}234 affaires closes" in french
    refused = report(Verdict.NOT_BETTER_THAN_BASE_RATE, rule=Rule.FIRST, checks=(few, worse))
    assert "97%" in verdict_sentence(refused, "en")
    assert "42" not in verdict_sentence(refused, "en")


def test_a_seat_that_is_free_although_somebody_sits_is_told_so():
    sits = report(Verdict.PROVISIONAL, rule=Rule.FIRST, checks=())
    assert any("the seat is free" in line for line in promotion_lines(sits, "en"))
    empty = report(Verdict.PROVISIONAL, rule=Rule.FIRST, checks=(), champion=None)
    assert any("no champion yet" in line for line in promotion_lines(empty, "en"))
