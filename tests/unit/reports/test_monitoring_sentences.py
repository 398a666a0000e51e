"""Each verdict, trigger and reason has its sentence in both languages, with numbers."""

import re
from typing import get_args

import pytest

from reports.monitoring import RefreshReason, Trigger, Verdict
from reports.monitoring_sentences import (
    drift_sentences,
    passed_sentence,
    recalibration_sentences,
    refresh_sentences,
    trigger_sentences,
    verdict_sentence,
)
from reports.monitoring_words import KINDS, VERDICTS, WORDS, period
from tests.unit.reports.monitoring_reports import EMPTY, report

BARE_SPACE = re.compile(r" [:;?!%»]")


def told(found):
    passed = passed_sentence(found)
    return [
        verdict_sentence(found),
        *trigger_sentences(found),
        *refresh_sentences(found),
        *recalibration_sentences(found),
        *drift_sentences(found),
        *([passed] if passed else []),
    ]


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_every_verdict_is_a_sentence_with_its_numbers(verdict):
    text = verdict_sentence(report(verdict=verdict))
    assert "1,597" in text.en
    assert "1\N{NARROW NO-BREAK SPACE}597" in text.fr


@pytest.mark.parametrize("trigger", get_args(Trigger))
def test_every_trigger_is_told(trigger):
    found = report(triggers=(trigger,), charts=(report().charts[0],
                   report().charts[0].model_copy(update={"odds_ratio": 2.0})))  # fmt: skip
    (text,) = trigger_sentences(found)
    assert ("163" in text.en) == trigger.startswith("cusum")
    assert ("0,52" in text.fr) == (trigger == "slope")


def test_every_reason_for_a_refresh_is_told():
    assert len(refresh_sentences(report())) == len(get_args(RefreshReason))


def test_while_it_is_too_early_no_alarm_is_told():
    assert trigger_sentences(EMPTY) == ()
    assert verdict_sentence(EMPTY).en == (
        "0 deals count as closed since Sep 30, 2024, and 50 are needed. Until then nothing is "
        "concluded."
    )


def test_a_recalibration_says_what_it_does_to_an_even_deal_and_out_of_sample():
    shift, refit, slope = recalibration_sentences(report())
    assert "−0.94 (± 0.07, 1,597 deals): a deal at 50% would be at 28%" in shift.en
    assert "de 0,4388 à 0,3601" in refit.fr
    assert "0.52 (0.41 to 0.63)" in slope.en


def test_what_moved_is_told_with_what_chance_would_do():
    (text,) = drift_sentences(report())
    assert text.fr == (
        "Effectif : autres réponses (PSI 0,123, par hasard jusqu'à 0,046), autre part de vides "
        "(10 % → 35 %), réponses jamais vues (0 % → 2 %)"
    ).replace(" :", "\xa0:").replace(" %", "\xa0%")


def test_french_signs_do_not_break_off():
    texts = [*told(report()), *told(EMPTY), *WORDS.values(), *VERDICTS.values(), *KINDS.values()]
    for text in texts:
        assert not BARE_SPACE.search(text.in_("fr")), text.fr
        assert text.en
    assert period("2025-03").en == "Mar 2025"
