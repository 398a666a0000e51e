"""A recalibration in sentences: every code in both languages, with its numbers."""

import pytest

from features.texts import LANGUAGES
from reports.recalibration import Recalibration, RecalibrationCode
from reports.recalibration_words import SENTENCES, recalibration_sentence
from tests.unit.reports.monitoring_reports import report

FOUND = report()


def done(code, **changes):
    plain = {
        "model": "shop", "champion": "1", "code": code, "verdict": "recalibrate",
        "shift": FOUND.intercept_shift, "refit": FOUND.refit, "until": "2025-12-31",
        "version": "2",
    }  # fmt: skip
    return Recalibration(**{**plain, **changes})


def test_every_code_has_its_words():
    assert set(SENTENCES) == set(RecalibrationCode)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", RecalibrationCode)
def test_nothing_is_left_open_and_only_what_was_done_is_called_done(code, language):
    told = recalibration_sentence(done(code)).in_(language)
    assert "{" not in told
    start = {"en": "not recalibrated", "fr": "non recalé"}[language]
    assert told.startswith(start) is (code is not RecalibrationCode.RECALIBRATED)


def test_the_numbers_are_told():
    told = recalibration_sentence(done(RecalibrationCode.RECALIBRATED))
    for number in ("−0.94", "0.07", "1,597", "Dec 31, 2025", "0.4388", "0.3601", "version 2"):
        assert number in told.en, number
    assert "−0,94" in told.fr
    would = recalibration_sentence(done(RecalibrationCode.RECALIBRATED, dry_run=True))
    assert "nothing was written" in would.en
    assert "rien n'a été écrit" in would.fr


def test_before_anything_is_known_nothing_is_made_up():
    bare = done(RecalibrationCode.NOT_CALLED_FOR, shift=None, refit=None, until=None, version=None)
    assert "{" not in recalibration_sentence(bare).en


def test_what_was_asked_for_and_refused_ends_with_1():
    assert {code: done(code).exit_code for code in RecalibrationCode} == {
        RecalibrationCode.RECALIBRATED: 0,
        RecalibrationCode.NOT_CALLED_FOR: 0,
        RecalibrationCode.NO_BETTER: 1,
        RecalibrationCode.ROLLED_BACK: 1,
    }
